"""What came or went on paper in time is in time, on whichever day our registrar writes it down."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from core.refusals import BadInput
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import ClockRule, Deadline
from referrals.actions.assist_letters import record_answer
from referrals.actions.comparison_results import receive_comparison
from referrals.actions.crime_police import decide_filing
from referrals.actions.receipt import prove_delivery
from tests.factories.assist import make_assist
from tests.factories.cases import pdf
from tests.factories.comparisons import make_comparison
from tests.factories.crime import on_paper as police_paper
from tests.referrals.test_bodies import on_paper, said, scan, seat  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def clock(thing, code):
    return Deadline.objects.get(target_kind=thing.kind_code, target_id=thing.pk, rule_code=code)


def when_overdue(*clocks):
    """A working moment after the last of these clocks was swept as overdue."""
    later = max(each.due_at for each in clocks) + dt.timedelta(hours=34)
    sweep(at=later)
    for each in clocks:
        each.refresh_from_db()
        assert each.late
    return later


def prove(referral, day, *, by, at):
    return prove_delivery(
        referral=referral,
        delivered_on=day,
        received_by_name="收发室",
        method="专人送达",
        upload=scan(),
        by=by,
        at=at,
    )


@pytest.mark.parametrize(("after", "late"), [(0, False), (1, True)])
def test_a_letter_served_in_time_was_served_in_time(after, late, on_paper, insurance_registrar):  # noqa: F811
    referral = on_paper("sent")
    signing = clock(referral, "transfer_sign")
    at = when_overdue(signing)
    prove(referral, signing.due_on + after * DAY, by=insurance_registrar, at=at)
    signing.refresh_from_db()
    assert (signing.status, signing.late, signing.ended_at) == ("met", late, referral.received_at)


def test_an_answer_is_judged_by_the_day_on_their_paper(on_paper, insurance_registrar):  # noqa: F811
    referral = on_paper("accepted")
    reply = clock(referral, "transfer_reply")
    at = when_overdue(reply)
    said(referral, "answered", by=insurance_registrar, at=at, dated_on=reply.due_on)
    reply.refresh_from_db()
    assert (reply.status, reply.late, reply.late_reason) == ("met", False, "")


def test_the_reason_is_asked_of_a_paper_dated_too_late_only(on_paper, insurance_registrar, seat):  # noqa: F811
    ClockRule.objects.filter(code="transfer_reply").update(asks_reason=True)
    referral = on_paper("accepted")
    reply = clock(referral, "transfer_reply")
    at = when_overdue(reply)
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        said(referral, "answered", by=insurance_registrar, at=at, dated_on=reply.due_on + DAY)
    assert refusal.value.field == "late_reason"
    referral.refresh_from_db()
    said(referral, "answered", by=insurance_registrar, at=at, dated_on=reply.due_on)
    reply.refresh_from_db()
    assert not reply.late


def test_the_page_says_when_the_reason_is_wanted(on_paper, insurance_registrar, seat, now):  # noqa: F811
    ClockRule.objects.filter(code="transfer_reply").update(asks_reason=True)
    referral = on_paper("accepted")
    Deadline.objects.filter(target_kind="referral", rule_code="transfer_reply").update(due_at=now)
    page = seat(insurance_registrar).get(reverse("referrals:referral_record_said", args=[referral.pk]))
    assert "仅在对方文书落款日期晚于时限时填写" in page.content.decode()


def test_a_list_served_in_time_too(police, insurance_handler, insurance_section_head, insurance_registrar,
                                   police_handler, police_registrar, now):  # fmt: skip
    thing = make_comparison(police, by=insurance_handler, at=now, status="sent")
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    thing.receiver.refresh_from_db()
    signing = clock(thing, "transfer_sign")
    at = when_overdue(signing)
    receive_comparison(
        comparison=thing, delivered_on=signing.due_on, upload=scan(), by=insurance_registrar, at=at
    )
    signing.refresh_from_db()
    assert (signing.status, signing.late) == ("met", False)


def test_the_police_decided_in_time_on_paper(crime_on_paper, insurance_registrar):
    transfer = crime_on_paper("received")
    decision = clock(transfer, "police_decision")
    at = when_overdue(decision)
    decide_filing(
        transfer=transfer, filed=True, reason="有犯罪事实", paper=police_paper(decision.due_at - dt.timedelta(hours=8)),
        by=insurance_registrar, at=at,
    )  # fmt: skip
    decision.refresh_from_db()
    assert (decision.status, decision.late) == ("met", False)


def test_another_place_answered_in_time_by_its_letter(case, insurance_handler, insurance_registrar, now):
    letter = make_assist(case, by=insurance_handler, at=now, stage="delivered")
    due = clock(letter, "assist_letter")
    at = when_overdue(due)
    record_answer(
        letter=letter, answer_number="柳函1号", answer_on=due.due_on, text="属实", upload=pdf("复.pdf"),
        by=insurance_registrar, at=at,
    )  # fmt: skip
    due.refresh_from_db()
    assert (due.status, due.late) == ("met", False)
