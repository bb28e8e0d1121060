"""Letters in every situation the state machine knows, brought there by the actions of the house.

`situation("support", "received, completion asked, supplied")`: a status, then what happened in it, in order.
`"on paper, …"`: the same at a body without an account (the police for an invitation, else the procuratorate).
"""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from deadlines.models import Deadline
from departments.actions.structure import allow_links
from departments.models import Department
from referrals.actions.bodies import record_said
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.completion import take_completion
from referrals.actions.extensions import ask_extension
from referrals.actions.follow_ups import draft_completion, draft_supervision, draft_supply
from referrals.actions.forwarding import draft_forward
from referrals.actions.handling import assign_referral
from referrals.actions.links import issue_link
from referrals.actions.receipt import prove_delivery
from referrals.actions.withdrawal import ask_withdrawal
from tests.factories.cases import PDF
from tests.factories.follow_ups import ask_completion, serve_supply, supervise, supply_completion
from tests.factories.informing import make_bulletin, make_invitation
from tests.factories.referrals import (
    answer,
    bring_paper,
    bring_referral,
    make_dispatch,
    make_need,
    make_reply,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """What is overdue is asked of the clock on the wall."""
    return timezone.now()


def make_paper(kind, case, body, *, by, at, status="draft"):
    """A dispatch of that kind to `body`; "bulletin that asks" wants feedback by a date."""
    given = {"by": by, "at": at, "status": status}
    if kind == "support":
        return make_need(case, body, **given)
    if kind == "early":
        return make_invitation(case, [body], **given)
    if kind == "bulletin":
        return make_bulletin(case, [body], **given)
    if kind == "bulletin that asks":
        return make_bulletin(case, [body], limit_on=timezone.localdate(at) + 9 * DAY, **given)
    return make_dispatch(case, [body], kind=kind, **given)


def _scan(name):
    return SimpleUploadedFile(name, PDF)


class Way:
    """The way of one letter; `cast(name)` is a person or a department."""

    def __init__(self, cast, now, letter):
        self.cast, self.now, self.letter = cast, now, letter
        self.day, self.author = timezone.localdate(now), cast("insurance_handler")

    def here(self, status):
        """To a status at a receiver who works here."""
        bring_referral(self.letter, status, at=self.now)
        if status == "received":
            handler, head = self.cast("health_handler"), self.cast("health_section_head")
            assign_referral(referral=self.letter, person=handler, by=head, at=self.now)

    def on_paper(self, status):
        """To a status by what the registrar writes down."""
        if status == "withdrawn":
            withdraw_referral(referral=self.letter, reason="错发", by=self.author, at=self.now)
        elif status != "sent":
            prove_delivery(
                referral=self.letter, delivered_on=self.day, received_by_name="收发室", method="专人送达",
                upload=_scan("回证.pdf"), by=self.cast("insurance_registrar"), at=self.now,
            )  # fmt: skip
            if status != "received":
                self.said("answered" if status == "closed" else status)
            if status == "closed":
                close_referral(referral=self.letter, by=self.author, at=self.now)

    def said(self, kind, until=None):
        record_said(
            referral=self.letter, kind=kind, person="孔某", dated_on=self.day, text="属实", until=until,
            category="other" if kind == "returned" else "", upload=_scan("函.pdf"),
            by=self.cast("insurance_registrar"), at=self.now,
        )  # fmt: skip

    def happens(self, event):
        """One thing more."""
        letter, now, day = self.letter, self.now, self.day
        letter.refresh_from_db()
        here, worker = letter.receiver.has_account, letter.handler
        match event:
            case "completion drafted":
                draft_completion(referral=letter, missing="缺清单", due_on=day + 3 * DAY, by=worker, at=now)
            case "supply drafted":
                draft_supply(completion=letter.completions.get(), lines=[], note="补", by=self.author, at=now)
            case "supervision drafted":
                coordinator = self.cast("office_coordinator")
                draft_supervision(referral=letter, demand="说明", reply_on=day + DAY, by=coordinator, at=now)
            case "completion asked" if here:
                ask_completion(referral=letter, missing="缺清单", due_on=day + 3 * DAY, by=worker, at=now)
            case "completion asked":
                self.said("missing", until=day + 3 * DAY)
            case "supplied":
                asked = letter.completions.get()
                supply_completion(completion=asked, lines=[], note="补", by=self.author, at=now)
            case "served":
                serve_supply(letter.completions.get(), by=self.cast("insurance_registrar"), at=now)
            case "taken in":
                take_completion(completion=letter.completions.get(), by=worker, at=now)
            case "extension asked" if here:
                ask_extension(referral=letter, new_on=letter.limit_on + DAY, reason="忙", by=worker, at=now)
            case "extension asked":
                self.said("longer", until=letter.limit_on + DAY)
            case "withdrawal asked":
                ask_withdrawal(referral=letter, reason="重复", by=self.author, at=now)
            case "reply drafted":
                make_reply(letter, at=now)
            case "answered" if here:
                answer(letter, at=now)
            case "answered":
                self.said("answered")
            case "to be redone":
                redo_referral(referral=letter, reason="不清", limit_on=day + 9 * DAY, by=self.author, at=now)
            case "link issued":
                issue_link(referral=letter, days=5, by=self.cast("insurance_registrar"), at=now)
            case "forward drafted" | "forward sent":
                paper = draft_forward(
                    referral=letter,
                    receiver=self.cast("market"),
                    reason="职责",
                    limit_on=day + 9 * DAY,
                    by=worker,
                    at=now,
                )
                if event == "forward sent":
                    bring_paper(paper, "sent", at=now)
            case "overdue":
                late = Deadline.objects.open().of("referral", letter.pk)
                assert late.update(due_at=now - DAY, due_on=day - DAY)
            case "supervised":
                coordinator = self.cast("office_coordinator")
                supervise(referral=letter, demand="说明", reply_on=day + DAY, by=coordinator, at=now)
            case _:
                raise AssertionError(event)
        letter.refresh_from_db()


@pytest.fixture
def situation(request, case, receiver, now):
    cast = request.getfixturevalue

    def made(kind, state):
        state = "received, forward sent" if state == "forwarded" else state
        status, *events = state.removeprefix("on paper, ").split(", ")
        body = receiver
        if on_paper := state.startswith("on paper"):
            body = cast("police" if kind == "early" else "procuratorate")
            Department.objects.filter(pk=body.pk).update(has_account=False)
            body.refresh_from_db()
            allow_links(department=body, allowed=True, by=cast("office_coordinator"), at=now)
        paper = make_paper(kind, case, body, by=cast("insurance_handler"), at=now, status="sent")
        way = Way(cast, now, paper.referrals.get())
        (way.on_paper if on_paper else way.here)(status)
        for event in events:
            way.happens(event)
        return way.letter

    return made
