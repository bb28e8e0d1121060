"""Every allowed (post, side, state, action) of a joint team of early involvement, by name; all else is refused."""

import pytest

from referrals.enums import TeamStatus
from referrals.models import TeamMember
from referrals.offers_informing import _TEAM, of_team
from tests.factories.informing import make_team
from tests.referrals.machine import health_legal, offered, spelled  # noqa: F401

pytestmark = pytest.mark.django_db

ALLOWED = {
    # only the department that leads has somebody on it yet
    "forming": {"insurance_handler": {"members"}, "insurance_leaders": {"members", "dissolve"}},
    # what was found comes from members; a department's view also from its leaders; the opinion from who leads
    "working": {
        "insurance_handler": {"share", "view", "members"},
        "insurance_leaders": {"view", "conclude", "members", "dissolve"},
        "health_handler": {"share", "view", "members"},
        "health_leaders": {"view", "members"},
    },
    # as above, and a body that works on paper is on it: who leads enters what its papers say
    "working, one on paper": {
        "insurance_handler": {"share", "view", "members"},
        "insurance_registrar": {"paper_share", "paper_view", "paper_members"},
        "insurance_leaders": {"view", "conclude", "members", "dissolve"},
        "health_handler": {"share", "view", "members"},
        "health_leaders": {"view", "members"},
    },
    "concluded": {},
    "dissolved": {},
}


@pytest.mark.parametrize("state", ALLOWED)
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(
    state, case, receiver, procuratorate, offered, now  # noqa: F811
):
    status, paper, _body = state.partition(", ")
    team = make_team(case, receiver, by=case.handler, at=now, status=status)
    if paper:
        TeamMember.objects.create(team=team, department=procuratorate, name="孔同志", joined_by=case.handler, joined_at=now)
    assert offered(team, of=of_team) == spelled(ALLOWED[state])


def test_the_table_names_every_state_and_every_step():
    assert {state.partition(",")[0] for state in ALLOWED} == set(TeamStatus.values)
    named = {code for people in ALLOWED.values() for codes in people.values() for code in codes}
    assert named == {row[0] for row in _TEAM}
