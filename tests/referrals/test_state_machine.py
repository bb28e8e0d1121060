"""Every allowed (post, side, state, action) of a transfer, by name. What is not in the table is refused.

The rules are what pages and API ask before they call an action (403), so that equality with the table says both:
what is named is allowed, and nothing else is. The other kinds, papers, comparisons, tasks and teams stand in the
test_state_machine_*.py beside this; transfers of suspected crime in test_crime_states.py. Who may not take a step
in any state is refused by the actions too: test_life.py, test_papers.py, test_above.py, test_assist.py.
"""

import pytest

from referrals.enums import ReferralStatus
from referrals.offers import _REFERRAL
from tests.referrals import test_state_machine_informing as informing
from tests.referrals import test_state_machine_support as support
from tests.referrals.machine import (
    ASK_COMPLETION,
    CHASE,
    CLOSE_OR_REDO,
    COMPLETING,
    ELSEWHERE,
    ON_ITS_WAY,
    OVER,
    SENT,
    SERVED,
    SUPERVISE,
    WAITING,
    WORKED,
    both,
    health_legal,  # noqa: F401
    offered,  # noqa: F401
    spelled,
)
from tests.referrals.situations import now, situation  # noqa: F401

pytestmark = pytest.mark.django_db

DECIDE = {  # the receiver, before it has decided on the letter
    "health_handler": {"accept", "accept_in_part", "forward", "return"},
    "health_leaders": {"assign", "forward", "return"},
}
RECEIVED = both(WAITING, DECIDE, ASK_COMPLETION)

ALLOWED = {
    "sent": SENT,
    "sent, overdue": both(SENT, SUPERVISE),
    "sent, overdue, supervised": both(SENT, {"health_leaders": {"reply_supervision"}}),
    "received": RECEIVED,
    "received, withdrawal asked": both(
        CHASE, DECIDE, ASK_COMPLETION, {"health_leaders": {"decide_withdrawal"}}
    ),
    "received, completion asked": both(
        COMPLETING, DECIDE, {"health_handler": {"drop_completion"}, "health_leaders": {"drop_completion"}}
    ),
    "received, completion drafted": both(WAITING, DECIDE),
    "received, completion asked, supply drafted": both(
        {"insurance_handler": {"ask_withdrawal"}, "insurance_leaders": {"ask_withdrawal"}},
        DECIDE,
        {"health_handler": {"drop_completion"}, "health_leaders": {"drop_completion"}},
    ),
    "received, completion asked, supplied": both(
        WAITING, DECIDE, {"health_handler": {"take_completion"}, "health_registrar": {"take_completion"}}
    ),
    "received, completion asked, supplied, taken in": RECEIVED,
    "received, forward drafted": both(
        WAITING,
        ASK_COMPLETION,
        {"health_handler": {"accept", "accept_in_part", "return"}, "health_leaders": {"assign", "return"}},
    ),
    "accepted": both(WAITING, WORKED),
    "accepted, reply drafted": both(
        WAITING, {"health_handler": {"extend"}, "health_leaders": {"assign", "extend"}}
    ),
    "accepted, extension asked": both(
        WAITING,
        {"insurance_leaders": {"decide"}, "health_handler": {"reply"}, "health_leaders": {"assign"}},
    ),
    "accepted, withdrawal asked": both(CHASE, WORKED, {"health_leaders": {"decide_withdrawal"}}),
    "accepted, overdue": both(WAITING, WORKED, SUPERVISE),
    "accepted, overdue, supervision drafted": both(WAITING, WORKED),
    "accepted, overdue, supervised": both(
        WAITING, WORKED, {"health_handler": {"reply_supervision"}, "health_leaders": {"reply_supervision"}}
    ),
    "answered": CLOSE_OR_REDO,
    # what was asked for while it was worked waits for nobody any more
    "accepted, extension asked, withdrawal asked, answered": CLOSE_OR_REDO,
    "answered, to be redone": both(WAITING, WORKED),
    "returned": ELSEWHERE,
    "closed": OVER,
    "withdrawn": OVER,
    "forwarded": OVER,
    "on paper, sent": both(ON_ITS_WAY, {"insurance_registrar": {"issue_link"}}),
    "on paper, sent, link issued": both(ON_ITS_WAY, {"insurance_registrar": {"issue_link", "end_link"}}),
    "on paper, sent, overdue": both(ON_ITS_WAY, SUPERVISE, {"insurance_registrar": {"issue_link"}}),
    "on paper, received": SERVED,
    "on paper, received, link issued": both(SERVED, {"insurance_registrar": {"end_link"}}),
    "on paper, received, completion asked": both(
        COMPLETING, {"insurance_registrar": {"record_said", "issue_link"}}
    ),
    "on paper, received, completion asked, supplied": SERVED,  # until its service is proved
    "on paper, received, completion asked, supplied, served": both(
        SERVED, {"insurance_registrar": {"take_completion"}}
    ),
    "on paper, accepted": SERVED,
    "on paper, accepted, extension asked": both(SERVED, {"insurance_leaders": {"decide"}}),
    "on paper, accepted, overdue": both(SERVED, SUPERVISE),
    "on paper, accepted, overdue, supervised": both(SERVED, {"insurance_registrar": {"reply_supervision"}}),
    "on paper, answered": CLOSE_OR_REDO,
    "on paper, accepted, extension asked, withdrawal asked, answered": CLOSE_OR_REDO,
    "on paper, answered, to be redone": SERVED,
    "on paper, returned": ELSEWHERE,
    "on paper, closed": OVER,
    "on paper, withdrawn": OVER,
}


@pytest.mark.parametrize("state", ALLOWED)
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(state, situation, offered):  # noqa: F811
    assert offered(situation("transfer", state)) == spelled(ALLOWED[state])


def test_the_tables_name_every_state_and_every_step():
    tables = [ALLOWED, support.ALLOWED, *informing.ALLOWED.values()]
    assert set(ReferralStatus.values) == {state.split(", ")[0] for state in ALLOWED} - {"on paper"}
    named = {
        code for table in tables for people in table.values() for codes in people.values() for code in codes
    }
    assert {row[0] for row in _REFERRAL} | {"decide", "send_elsewhere"} == named
