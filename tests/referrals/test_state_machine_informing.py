"""Every allowed (post, side, state, action) of bulletins and of early involvement, by name; all else is refused."""

import pytest

from tests.referrals.machine import (
    ASK_COMPLETION,
    CHASE,
    CLOSE,
    CLOSE_OR_REDO,
    COMPLETING,
    ON_ITS_WAY,
    OVER,
    SENT,
    SERVED,
    SUPERVISE,
    WAITING,
    both,
    health_legal,  # noqa: F401
    offered,  # noqa: F401
    spelled,
)
from tests.referrals.situations import now, situation  # noqa: F401
from tests.referrals.test_state_machine_support import ANY, DECIDE, RECEIVED

pytestmark = pytest.mark.django_db

JOIN = {"health_handler": {"join", "decline"}, "health_leaders": {"assign", "decline"}}
LET = {"insurance_handler": {"ask_withdrawal"}, "insurance_leaders": {"ask_withdrawal"}}
ALLOWED = {
    # a bulletin is not sent to another department in the first one's place
    "bulletin that asks": ANY | {"returned": CLOSE, "on paper, returned": CLOSE},
    # nothing is owed: no limit that could be extended or missed, and the sender may close it once it was signed for
    "bulletin": {
        "sent": SENT,
        "sent, overdue": both(SENT, SUPERVISE),
        "sent, overdue, supervised": both(SENT, {"health_leaders": {"reply_supervision"}}),
        "received": both(RECEIVED, CLOSE),
        "received, withdrawal asked": both(
            CHASE, CLOSE, DECIDE, ASK_COMPLETION, {"health_leaders": {"decide_withdrawal"}}
        ),
        "received, completion asked": both(
            COMPLETING,
            CLOSE,
            DECIDE,
            {"health_handler": {"drop_completion"}, "health_leaders": {"drop_completion"}},
        ),
        "received, completion asked, supplied": both(
            WAITING,
            CLOSE,
            DECIDE,
            {"health_handler": {"take_completion"}, "health_registrar": {"take_completion"}},
        ),
        "accepted": both(WAITING, {"health_handler": {"reply"}, "health_leaders": {"assign"}}),
        "accepted, reply drafted": both(WAITING, {"health_leaders": {"assign"}}),
        "accepted, withdrawal asked": both(
            CHASE, {"health_handler": {"reply"}, "health_leaders": {"assign", "decide_withdrawal"}}
        ),
        "answered": CLOSE_OR_REDO,
        "returned": CLOSE,
        "closed": OVER,
        "withdrawn": OVER,
        "on paper, sent": both(ON_ITS_WAY, {"insurance_registrar": {"issue_link"}}),
        "on paper, sent, overdue": both(ON_ITS_WAY, SUPERVISE, {"insurance_registrar": {"issue_link"}}),
        "on paper, sent, overdue, supervised": both(
            ON_ITS_WAY, {"insurance_registrar": {"issue_link", "reply_supervision"}}
        ),
        "on paper, received": both(SERVED, CLOSE),
        "on paper, received, completion asked": both(
            COMPLETING, CLOSE, {"insurance_registrar": {"record_said", "issue_link"}}
        ),
        "on paper, accepted": SERVED,
        "on paper, answered": CLOSE_OR_REDO,
        "on paper, returned": CLOSE,
        "on paper, withdrawn": OVER,
    },
    # joined or declined; who has joined owes the team, not a letter of answer
    "early": {
        "sent": SENT,
        "sent, overdue": both(SENT, SUPERVISE),
        "sent, overdue, supervised": both(SENT, {"health_leaders": {"reply_supervision"}}),
        "received": both(WAITING, JOIN),
        "received, withdrawal asked": both(CHASE, JOIN, {"health_leaders": {"decide_withdrawal"}}),
        "received, overdue": both(WAITING, JOIN, SUPERVISE),
        "received, overdue, supervised": both(
            WAITING, JOIN, {"health_handler": {"reply_supervision"}, "health_leaders": {"reply_supervision"}}
        ),
        "accepted": both(LET, {"health_leaders": {"assign"}}),
        "accepted, withdrawal asked": {"health_leaders": {"assign", "decide_withdrawal"}},
        "returned": CLOSE,
        "withdrawn": OVER,
        "on paper, sent": both(ON_ITS_WAY, {"insurance_registrar": {"issue_link"}}),
        "on paper, sent, overdue": both(ON_ITS_WAY, SUPERVISE, {"insurance_registrar": {"issue_link"}}),
        "on paper, received": SERVED,
        "on paper, received, overdue": both(SERVED, SUPERVISE),
        "on paper, received, overdue, supervised": both(
            SERVED, {"insurance_registrar": {"reply_supervision"}}
        ),
        # it has joined: its registrar there has nothing more to say, but for a withdrawal it is asked to agree to
        "on paper, accepted": LET,
        "on paper, accepted, withdrawal asked": {"insurance_registrar": {"record_said", "issue_link"}},
        "on paper, returned": CLOSE,
        "on paper, withdrawn": OVER,
    },
}


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind in ALLOWED for state in ALLOWED[kind]])
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(kind, state, situation, offered):  # noqa: F811
    assert offered(situation(kind, state)) == spelled(ALLOWED[kind][state])
