"""Every allowed (post, side, state, action) of a transfer, by name. What is not in the table is refused.

The rules are what pages and API ask before they call an action (403), so that equality with the table says both:
what is named is allowed, and nothing else is.
"""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from deadlines.models import Deadline
from departments.actions.structure import allow_links
from referrals import offers
from referrals.actions.bodies import record_said
from referrals.actions.completion import ask_completion, supply_completion
from referrals.actions.extensions import ask_extension
from referrals.actions.handling import assign_referral
from referrals.actions.receipt import prove_delivery
from referrals.actions.supervision import supervise
from referrals.actions.withdrawal import ask_withdrawal
from referrals.models import Referral
from tests.factories.cases import PDF
from tests.factories.referrals import make_dispatch

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)

# fixture of the cast -> (side, post)
PEOPLE = {
    "insurance_handler": ("sender", "handler who wrote it"),
    "insurance_handler_2": ("sender", "another handler"),
    "insurance_section_head": ("sender", "section head"),
    "insurance_registrar": ("sender", "registrar"),
    "insurance_legal": ("sender", "legal reviewer"),
    "health_handler": ("receiver", "handler it is assigned to"),
    "health_handler_2": ("receiver", "another handler"),
    "health_section_head": ("receiver", "section head"),
    "health_registrar": ("receiver", "registrar"),
    "office_coordinator": ("office", "coordinator"),
    "county_leader": ("office", "observer"),
    "market_handler": ("nobody", "handler of another department"),
    "system_admin": ("nobody", "administrator"),
}
OVER: dict[str, set[str]] = {}
ALLOWED = {
    "sent": {
        "insurance_handler": {"chase", "withdraw"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "withdraw"},
        "insurance_registrar": {"deliver"},
        "health_registrar": {"sign"},
    },
    "received": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "ask_withdrawal"},
        "health_handler": {"accept", "accept_in_part", "ask_completion", "forward", "return"},
        "health_section_head": {"assign", "ask_completion", "forward", "return"},
    },
    "completion asked": {
        "insurance_handler": {"supply", "ask_withdrawal"},
        "insurance_handler_2": {"supply"},
        "insurance_section_head": {"supply", "ask_withdrawal"},
        "health_handler": {"accept", "accept_in_part", "drop_completion", "forward", "return"},
        "health_section_head": {"assign", "drop_completion", "forward", "return"},
    },
    "completion supplied": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "ask_withdrawal"},
        "health_handler": {"take_completion", "accept", "accept_in_part", "forward", "return"},
        "health_section_head": {"assign", "forward", "return"},
        "health_registrar": {"take_completion"},
    },
    "accepted": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "ask_withdrawal"},
        "health_handler": {"reply", "extend"},
        "health_section_head": {"assign", "extend"},
    },
    "extension asked": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"decide", "chase", "ask_withdrawal"},
        "health_handler": {"reply"},
        "health_section_head": {"assign"},
    },
    "withdrawal asked": {
        "insurance_handler": {"chase"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase"},
        "health_handler": {"reply", "extend"},
        "health_section_head": {"decide_withdrawal", "assign", "extend"},
    },
    "overdue": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "ask_withdrawal"},
        "health_handler": {"reply", "extend"},
        "health_section_head": {"assign", "extend"},
        "office_coordinator": {"supervise"},
    },
    "supervised": {
        "insurance_handler": {"chase", "ask_withdrawal"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "ask_withdrawal"},
        "health_handler": {"reply_supervision", "reply", "extend"},
        "health_section_head": {"reply_supervision", "assign", "extend"},
    },
    "answered": {
        person: {"close", "redo"} for person in ("insurance_handler", "insurance_handler_2", "insurance_section_head")
    },
    "returned": {
        "insurance_handler": {"send_elsewhere", "close"},
        "insurance_handler_2": {"close"},
        "insurance_section_head": {"send_elsewhere", "close"},
    },
    "closed": OVER,
    "withdrawn": OVER,
    "forwarded": OVER,
    "on paper, sent": {
        "insurance_handler": {"chase", "withdraw"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase", "withdraw"},
        "insurance_registrar": {"deliver", "issue_link"},
    },
    "on paper, received": {
        "insurance_handler": {"chase"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase"},
        "insurance_registrar": {"record_said", "issue_link"},
    },
    "on paper, accepted": {
        "insurance_handler": {"chase"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase"},
        "insurance_registrar": {"record_said", "issue_link"},
    },
    "on paper, completion asked": {
        "insurance_handler": {"supply"},
        "insurance_handler_2": {"supply"},
        "insurance_section_head": {"supply"},
        "insurance_registrar": {"record_said", "issue_link"},
    },
    "on paper, completion supplied": {
        "insurance_handler": {"chase"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"chase"},
        "insurance_registrar": {"take_completion", "record_said", "issue_link"},
    },
    "on paper, extension asked": {
        "insurance_handler": {"chase"},
        "insurance_handler_2": {"chase"},
        "insurance_section_head": {"decide", "chase"},
        "insurance_registrar": {"record_said", "issue_link"},
    },
    "on paper, answered": {
        person: {"close", "redo"} for person in ("insurance_handler", "insurance_handler_2", "insurance_section_head")
    },
}


@pytest.fixture
def now():
    """What is overdue is asked of the clock on the wall."""
    return timezone.now()


@pytest.fixture
def situation(request, letter, now):
    """`situation("completion asked")`: a transfer in that state, brought there by the actions."""
    cast = request.getfixturevalue

    def on_paper(status):
        body, registrar = cast("procuratorate"), cast("insurance_registrar")
        allow_links(department=body, allowed=True, by=cast("office_coordinator"), at=now)
        dispatch = make_dispatch(cast("case"), [body], by=cast("insurance_handler"), at=now, status="sent")
        referral = dispatch.referrals.get()
        if status == "sent":
            return referral
        today = timezone.localdate(now)
        prove_delivery(
            referral=referral, delivered_on=today, received_by_name="收发室", method="专人送达",
            upload=SimpleUploadedFile("回证.pdf", PDF), by=registrar, at=now,
        )  # fmt: skip
        if status != "received":
            asks = {"completion asked": "missing", "completion supplied": "missing", "extension asked": "longer"}
            record_said(
                referral=referral, kind=asks.get(status, status), person="孔某", dated_on=today, text="属实",
                until=today + 60 * DAY if status in asks else None,
                upload=SimpleUploadedFile("函.pdf", PDF), by=registrar, at=now,
            )  # fmt: skip
        if status == "completion supplied":
            asked = referral.completions.get()
            supply_completion(completion=asked, lines=[], note="补", by=cast("insurance_handler"), at=now)
        return referral

    def made(name):
        if name.startswith("on paper"):
            return on_paper(name.split(", ")[1])
        first = name.split()[0]
        status = {"completion": "received", "extension": "accepted", "withdrawal": "accepted"}.get(first, name)
        status = {"overdue": "accepted", "supervised": "accepted", "forwarded": "received"}.get(name, status)
        referral = letter(status)
        handler, head = cast("health_handler"), cast("health_section_head")
        if status == "received" and name != "forwarded":
            assign_referral(referral=referral, person=handler, by=head, at=now)
        day = timezone.localdate(now)
        if first == "completion":
            asked = ask_completion(referral=referral, missing="缺清单", due_on=day + 3 * DAY, by=handler, at=now)
            if name == "completion supplied":
                supply_completion(completion=asked, lines=[], note="补", by=cast("insurance_handler"), at=now)
        elif first == "extension":
            ask_extension(referral=referral, new_on=referral.limit_on + DAY, reason="忙", by=handler, at=now)
        elif first == "withdrawal":
            ask_withdrawal(referral=referral, reason="重复", by=cast("insurance_handler"), at=now)
        elif name in ("overdue", "supervised"):
            Deadline.objects.open().of("referral", referral.pk).update(due_at=now - DAY, due_on=day - DAY)
            if name == "supervised":
                supervise(
                    referral=referral, demand="说明", reply_on=day + DAY, by=cast("office_coordinator"), at=now
                )
        elif name == "forwarded":
            from referrals.actions.forwarding import draft_forward
            from tests.factories.referrals import bring_paper

            paper = draft_forward(
                referral=referral, receiver=cast("market"), reason="属其职责", limit_on=day + 9 * DAY, by=handler, at=now
            )
            bring_paper(paper, "sent", at=now)
        return referral

    return made


@pytest.mark.parametrize("state", ALLOWED)
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(state, situation, request):
    pk = situation(state).pk
    found = {}
    for name in PEOPLE:
        user = request.getfixturevalue(name)
        seen = Referral.objects.visible_to(user).filter(pk=pk).for_list().first()
        codes = {offer.code for offer in offers.of_referral(user, seen)} if seen is not None else set()
        if codes:
            found[name] = codes
    assert found == ALLOWED[state]


def test_the_table_names_every_state_and_every_step():
    from referrals.enums import ReferralStatus
    from referrals.offers import _REFERRAL

    assert set(ReferralStatus.values) <= set(ALLOWED)
    named = set().union(*(codes for people in ALLOWED.values() for codes in people.values()))
    # a link that stands (test_bodies.py); invitations to early involvement, which have a table of their own
    rare = {"end_link", "join", "decline"}
    assert {row[0] for row in _REFERRAL} | {"decide", "send_elsewhere"} == named | rare
