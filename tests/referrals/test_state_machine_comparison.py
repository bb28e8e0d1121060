"""Every allowed (post, side, state, action) of a data comparison, by name; what is not in the table is refused.

Asked of the police who work here, asked of the police on paper, and sent by the police without being asked.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from departments.models import Department
from referrals import offers
from referrals.actions import comparison_ends as ends
from referrals.actions import comparison_results as results
from referrals.actions import comparisons
from referrals.enums import ComparisonStatus
from referrals.models import Comparison
from referrals.offers import _COMPARISON
from tests.factories.cases import PDF
from tests.factories.comparisons import HITS, make_comparison
from tests.referrals.machine import (  # noqa: F401
    HEALTH,
    INSURANCE,
    NOBODY,
    OFFICE,
    POLICE,
    both,
    health_legal,
    offered,
    police_handler_2,
    police_head,
    police_legal,
    spelled,
)

pytestmark = pytest.mark.django_db
PEOPLE = INSURANCE | POLICE | HEALTH | OFFICE | NOBODY


def writers(side, *codes):
    """Handlers and leaders of one side."""
    return {name: set(codes) for name in (f"{side}_handler", f"{side}_handler_2", f"{side}_leaders")}


def readers(side):
    """Who opens the list on one side: those who work, and the registrar."""
    return writers(side, "download") | {f"{side}_registrar": {"download"}}


def written(side):
    """The states before the list leaves the house, and those in which it is destroyed."""
    return {
        "draft": both(readers(side), writers(side, "submit", "edit", "discard")),
        "submitted": both(readers(side), {f"{side}_leaders": {"approve", "send_back"}}),
        "submitted, drafted by the section head": both(
            readers(side),
            {f"{side}_deputy_head": {"approve", "send_back"}, f"{side}_head": {"approve", "send_back"}},
        ),
        "approved": both(readers(side), {f"{side}_registrar": {"send", "send_back"}}),
        "discarded": {},
        "closed": {},
        "withdrawn": {},
        "expired": {},
    }


def back(side):
    """Who takes a list back before there is a result: its drafter, and the leaders of the house."""
    return {f"{side}_handler": {"withdraw"}, f"{side}_leaders": {"withdraw"}}


OURS, BOTH = readers("insurance"), both(readers("insurance"), readers("police"))
ALLOWED = {
    "asked": written("insurance") | {
        "sent": both(OURS, back("insurance"), {"police_registrar": {"receive"}}),
        "received": both(BOTH, back("insurance"), writers("police", "prepare", "return")),
        "prepared": both(BOTH, back("insurance"), {"police_leaders": {"answer", "send_back_result"}}),
        "returned": {},
        "prepared, by the section head": both(
            BOTH, back("insurance"),
            {"police_deputy_head": {"answer", "send_back_result"}, "police_head": {"answer", "send_back_result"}},
        ),
        "answered": both(BOTH, writers("insurance", "close", "leads")),
        "answered, no hit": both(BOTH, writers("insurance", "close")),
    },
    # the police have no account: the sender's registrar serves the list and enters the paper that comes back
    "on paper": written("insurance") | {
        "sent": both(OURS, back("insurance"), {"insurance_registrar": {"receive"}}),
        "received": both(OURS, back("insurance"), {"insurance_registrar": {"record_result", "return"}}),
        "answered": both(OURS, writers("insurance", "close", "leads")),
        "answered, no hit": both(OURS, writers("insurance", "close")),
    },
    # it brings its findings along: who signed for it works with them, who sent it is done
    "unasked": written("police") | {
        "sent": both(readers("police"), back("police"), {"insurance_registrar": {"receive"}}),
        "answered": both(BOTH, writers("insurance", "close", "leads")),
    },
}  # fmt: skip


def _scan():
    return SimpleUploadedFile("函.pdf", PDF)


@pytest.fixture
def comparison(request, now):
    """`comparison("on paper", "received")`; everybody is there before, so that each post acts in its place."""
    cast = {name: request.getfixturevalue(name) for name in (*PEOPLE, "insurance", "police")}

    def made(way, state):
        status, *more = state.split(", ")
        ours, theirs = ("police", "insurance") if way == "unasked" else ("insurance", "police")
        by = cast[f"{ours}_section_head" if "drafted by the section head" in more else f"{ours}_handler"]
        hits = [] if "no hit" in more else HITS
        if way == "on paper":
            Department.objects.filter(pk=cast["police"].pk).update(has_account=False)
            cast["police"].refresh_from_db()
        to = status
        if status == "discarded":
            to = "draft"
        elif status in ("withdrawn", "expired"):
            to = "sent"
        elif status == "returned" or "by the section head" in more:
            to = "received"
        elif way == "on paper" and status in ("received", "answered", "closed"):
            to = "sent"
        elif way == "unasked" and status == "closed":
            to = "answered"
        thing = make_comparison(cast[theirs], by=by, at=now, status=to, hits=hits, unasked=way == "unasked")
        if status == "discarded":
            comparisons.discard_comparison(comparison=thing, reason="重复", by=by, at=now)
        elif status == "withdrawn":
            ends.withdraw_comparison(comparison=thing, reason="错发", by=by, at=now)
        elif status == "returned":
            ends.return_comparison(comparison=thing, reason="名单有误", by=cast["police_handler"], at=now)
        elif status == "expired":
            ends.expire_comparison(comparison=thing, at=now)
        elif "by the section head" in more:
            results.prepare_result(comparison=thing, hits=hits, by=cast["police_section_head"], at=now)
        elif way == "on paper" and to != status:
            _on_paper(thing, status, hits, cast)
        elif way == "unasked" and status == "closed":
            results.close_comparison(comparison=thing, by=cast["insurance_handler"], at=now)
        return Comparison.objects.get(pk=thing.pk)

    def _on_paper(thing, status, hits, cast):
        given = {"comparison": thing, "by": cast["insurance_registrar"], "at": now}
        results.receive_comparison(delivered_on=now.date(), upload=_scan(), **given)
        if status != "received":
            results.record_paper_result(hits=hits, received_on=now.date(), upload=_scan(), **given)
        if status == "closed":
            results.close_comparison(comparison=thing, by=cast["insurance_handler"], at=now)

    return made


@pytest.mark.parametrize(("way", "state"), [(way, state) for way in ALLOWED for state in ALLOWED[way]])
def test_every_step_is_for_whom_the_table_names_and_for_nobody_else(way, state, comparison, offered):  # noqa: F811
    thing = comparison(way, state)
    assert thing.status == state.split(", ")[0]
    assert offered(thing, PEOPLE, offers.of_comparison) == spelled(ALLOWED[way][state])


def test_the_table_names_every_state_and_every_step():
    assert {state.split(", ")[0] for state in ALLOWED["asked"]} == set(ComparisonStatus.values)
    tables = [people for states in ALLOWED.values() for people in states.values()]
    assert {code for people in tables for codes in people.values() for code in codes} == {
        row[0] for row in _COMPARISON
    }
