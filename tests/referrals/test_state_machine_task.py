"""Every allowed (post, side, state, action) of a task from above or beside, by name; all else is refused.

The office has registered it and medical insurance is in charge; or a department has registered it itself.
"""

import pytest

from core.dates import local_date
from referrals.enums_above import TaskStatus
from referrals.models import Task
from referrals.offers_above import _TASK, of_task
from tests.factories.above import make_letter, make_task
from tests.referrals.machine import health_legal, offered, spelled  # noqa: F401

pytestmark = pytest.mark.django_db

OVERSEES = {"assign", "link", "file", "chase", "withdraw"}
OFFICE = {"office_coordinator": OVERSEES}
FILES = {"insurance_registrar": {"file"}}
LEADS = {"insurance_leaders": {"assign", "link", "file"}}
REPORTED = FILES | {"insurance_handler": {"file"}, "insurance_leaders": {"file"}}
ALLOWED = {
    "registered": OFFICE,
    "assigned": OFFICE | FILES | {
        "insurance_handler": {"accept", "hand_back", "link", "file"},
        "insurance_leaders": {"assign", "hand_back", "link", "file"},
    },
    "accepted": OFFICE | FILES | LEADS | {
        "insurance_handler": {"answer", "open_case", "link", "delay", "file"},
    },
    "accepted, report drafted": OFFICE | FILES | LEADS | {
        "insurance_handler": {"open_case", "link", "delay", "file"},
    },
    # the body's answer is recorded by who takes letters in, who works the task, and who oversees it
    "accepted, later date asked": LEADS | {
        "office_coordinator": OVERSEES | {"extension"},
        "insurance_registrar": {"extension", "file"},
        "insurance_handler": {"extension", "answer", "open_case", "link", "file"},
    },
    "reported": REPORTED | {"office_coordinator": {"close", "redo", "file"}},
    # taken up by the higher level: leaders say whether the case came back; it is not reported again
    "reported, our handling suspended": REPORTED | {
        "office_coordinator": {"close", "file"}, "insurance_leaders": {"conclude", "file"},
    },
    "closed": {},
    "withdrawn": {},
    "registered, by the department": OFFICE | {"insurance_registrar": OVERSEES, "insurance_leaders": OVERSEES},
    "assigned, by the department": OFFICE | {
        "insurance_registrar": OVERSEES,
        "insurance_leaders": OVERSEES | {"hand_back"},
        "insurance_handler": {"accept", "hand_back", "link", "file"},
    },
    "reported, by the department": {
        "office_coordinator": {"close", "redo", "file"},
        "insurance_registrar": {"close", "redo", "file"},
        "insurance_leaders": {"close", "redo", "file"},
        "insurance_handler": {"file"},
    },
}  # fmt: skip


@pytest.fixture
def task(request, case, receiver, sender, now):
    def made(state):
        status, *more = state.split(", ")
        by = request.getfixturevalue(
            "insurance_registrar" if "by the department" in more else "office_coordinator"
        )
        kind = "raised" if "our handling suspended" in more else "assigned"
        made = make_task(by=by, at=now, status=status, department=sender, cases=[case], kind=kind)
        if "report drafted" in more:
            make_letter(made, at=now)
        if "later date asked" in more:
            make_letter(made, at=now, purpose="delay", status="sent")
            assert local_date(now) < made.extensions.get().new_on
        return Task.objects.get(pk=made.pk)

    return made


@pytest.mark.parametrize("state", ALLOWED)
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(state, task, offered):  # noqa: F811
    made = task(state)
    assert made.status == state.split(", ")[0]
    assert offered(made, of=of_task) == spelled(ALLOWED[state])


def test_the_table_names_every_state_and_every_step():
    assert {state.split(", ")[0] for state in ALLOWED} == set(TaskStatus.values)
    named = {code for people in ALLOWED.values() for codes in people.values() for code in codes}
    assert named == {row[0] for row in _TASK} | {"extension"}
