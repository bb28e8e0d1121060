"""Every allowed (post, side, state, action) of bulletins, technical support and early involvement, by name.

What is not in the table is refused. Transfers stand in test_state_machine.py, transfers of suspected crime in
test_crime_states.py, comparisons in test_comparisons.py, tasks and assists in test_above.py and test_assist.py.
"""

import datetime as dt

import pytest
from django.utils import timezone

from referrals import offers
from referrals.actions.handling import assign_referral
from referrals.models import Referral
from tests.factories.informing import make_bulletin, make_invitation
from tests.factories.referrals import bring_referral, make_need
from tests.referrals.test_state_machine import PEOPLE

pytestmark = pytest.mark.django_db

SENT = {
    "insurance_handler": {"chase", "withdraw"},
    "insurance_handler_2": {"chase"},
    "insurance_section_head": {"chase", "withdraw"},
    "insurance_registrar": {"deliver"},
    "health_registrar": {"sign"},
}
WAITING = {  # the sender, once the letter is there
    "insurance_handler": {"chase", "ask_withdrawal"},
    "insurance_handler_2": {"chase"},
    "insurance_section_head": {"chase", "ask_withdrawal"},
}
RECEIVED = WAITING | {
    "health_handler": {"accept", "accept_in_part", "ask_completion", "return"},
    "health_section_head": {"assign", "ask_completion", "return"},
}
ACCEPTED = WAITING | {
    "health_handler": {"reply", "extend"},
    "health_section_head": {"assign", "extend"},
}
BACK = {person: {"close"} for person in WAITING}
ANSWERED = {person: {"close", "redo"} for person in WAITING}
USUAL = {
    "sent": SENT, "received": RECEIVED, "accepted": ACCEPTED, "returned": BACK, "answered": ANSWERED,
    "closed": {}, "withdrawn": {},
}  # fmt: skip
ALLOWED = {
    "support": USUAL,
    "bulletin that asks for feedback": USUAL,
    # nothing is owed: no limit that could be extended, and the sender may close it once it was signed for
    "bulletin": USUAL | {
        "received": RECEIVED | {person: codes | {"close"} for person, codes in WAITING.items()},
        "accepted": WAITING | {"health_handler": {"reply"}, "health_section_head": {"assign"}},
    },
    # joined or declined; who has joined owes the team, not a letter of answer
    "early": {
        "sent": SENT,
        "received": WAITING | {
            "health_handler": {"join", "decline"},
            "health_section_head": {"assign", "decline"},
        },
        "accepted": {
            "insurance_handler": {"ask_withdrawal"},
            "insurance_section_head": {"ask_withdrawal"},
            "health_section_head": {"assign"},
        },
        "returned": BACK,
        "withdrawn": {},
    },
}  # fmt: skip


@pytest.fixture
def now():
    """What is overdue is asked of the clock on the wall."""
    return timezone.now()


@pytest.fixture
def sent(case, receiver, insurance_handler, now):
    """`sent("support")`: a letter of that kind, just sent."""
    limit_on = timezone.localdate(now) + dt.timedelta(days=9)
    given = {"by": insurance_handler, "at": now, "status": "sent"}
    make = {
        "support": lambda: make_need(case, receiver, **given),
        "bulletin": lambda: make_bulletin(case, [receiver], **given),
        "bulletin that asks for feedback": lambda: make_bulletin(case, [receiver], limit_on=limit_on, **given),
        "early": lambda: make_invitation(case, [receiver], **given),
    }
    return lambda kind: make[kind]().referrals.get()


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind in ALLOWED for state in ALLOWED[kind]])
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(
    kind, state, sent, health_handler, health_section_head, request, now
):
    referral = bring_referral(sent(kind), state, at=now)
    if state == "received":
        assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    found = {}
    for name in PEOPLE:
        user = request.getfixturevalue(name)
        seen = Referral.objects.visible_to(user).filter(pk=referral.pk).for_list().first()
        codes = {offer.code for offer in offers.of_referral(user, seen)} if seen is not None else set()
        if codes:
            found[name] = codes
    assert found == ALLOWED[kind][state]
