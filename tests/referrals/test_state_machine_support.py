"""Every allowed (post, side, state, action) of a request for technical support, by name; all else is refused.

As a transfer, but nobody forwards it: who is asked answers, or returns it.
"""

import pytest

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

DECIDE = {
    "health_handler": {"accept", "accept_in_part", "return"},
    "health_leaders": {"assign", "return"},
}
RECEIVED = both(WAITING, DECIDE, ASK_COMPLETION)
# what may happen to any letter that asks for an answer by a date
ANY = {
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
    "received, completion asked, supplied": both(
        WAITING, DECIDE, {"health_handler": {"take_completion"}, "health_registrar": {"take_completion"}}
    ),
    "received, completion asked, supplied, taken in": RECEIVED,
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
    "accepted, overdue, supervised": both(
        WAITING, WORKED, {"health_handler": {"reply_supervision"}, "health_leaders": {"reply_supervision"}}
    ),
    "answered": CLOSE_OR_REDO,
    # what was asked for while it was worked waits for nobody any more
    "accepted, extension asked, withdrawal asked, answered": CLOSE_OR_REDO,
    "answered, to be redone": both(WAITING, WORKED),
    "closed": OVER,
    "withdrawn": OVER,
    "on paper, sent": both(ON_ITS_WAY, {"insurance_registrar": {"issue_link"}}),
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
    "on paper, closed": OVER,
    "on paper, withdrawn": OVER,
}
ALLOWED = ANY | {"returned": ELSEWHERE, "on paper, returned": ELSEWHERE}


@pytest.mark.parametrize("state", ALLOWED)
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(state, situation, offered):  # noqa: F811
    assert offered(situation("support", state)) == spelled(ALLOWED[state])
