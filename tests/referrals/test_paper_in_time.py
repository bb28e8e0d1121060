"""What came or went on paper in time is in time, on whichever day our registrar writes it down."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import BadInput
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import ClockRule, Deadline
from referrals.actions.assist_letters import record_answer
from referrals.actions.bodies import record_said
from referrals.actions.comparison_results import receive_comparison, record_paper_result
from referrals.actions.crime_police import decide_filing
from referrals.actions.receipt import prove_delivery
from referrals.actions.serving import prove_service
from referrals.models import Completion
from tests.factories.assist import make_assist
from tests.factories.cases import pdf
from tests.factories.comparisons import make_comparison
from tests.factories.crime import on_paper as police_paper
from tests.factories.follow_ups import ask_completion, supply_completion
from tests.factories.informing import make_invitation
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


def test_what_was_missing_by_a_paper_in_time_makes_nobody_late(on_paper, insurance_registrar):  # noqa: F811
    """The clock stops on the day of the paper, not on the day our registrar writes it down."""
    referral = on_paper("received")
    reply = clock(referral, "transfer_reply")
    at = when_overdue(reply)
    until = timezone.localdate(at) + 9 * DAY
    said(referral, "missing", by=insurance_registrar, at=at, dated_on=reply.due_on - DAY, until=until)
    reply.refresh_from_db()
    assert (reply.status, reply.late, timezone.localdate(reply.paused_at)) == ("paused", False, reply.due_on - DAY)


def test_what_was_missing_by_a_paper_too_late_stays_late(on_paper, insurance_registrar):  # noqa: F811
    referral = on_paper("received")
    reply = clock(referral, "transfer_reply")
    at = when_overdue(reply)
    until = timezone.localdate(at) + 9 * DAY
    said(referral, "missing", by=insurance_registrar, at=at, dated_on=reply.due_on + DAY, until=until)
    reply.refresh_from_db()
    assert (reply.status, reply.late) == ("paused", True)


@pytest.mark.parametrize(("kind", "after", "late"), [("accepted", 0, False), ("accepted", 1, True), ("returned", 0, False)])
def test_an_invitation_is_answered_on_the_day_of_the_paper(
    kind, after, late, case, police, insurance_handler, insurance_section_head, insurance_deputy_head,
    insurance_registrar, now,
):  # fmt: skip
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    referral = make_invitation(case, [police], by=insurance_handler, at=now).referrals.get()
    prove(referral, timezone.localdate(now), by=insurance_registrar, at=now)
    asked = clock(referral, "early_involvement")
    at = when_overdue(asked)
    said(referral, kind, by=insurance_registrar, at=at, dated_on=asked.due_on + after * DAY)
    asked.refresh_from_db()
    assert (asked.status, asked.late) == ("met", late)


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


@pytest.mark.parametrize(("after", "late"), [(0, False), (1, True)])
def test_a_result_on_paper_is_judged_by_the_day_it_came(
    after, late, police, insurance_handler, insurance_section_head, insurance_registrar, police_registrar, now
):
    thing = make_comparison(police, by=insurance_handler, at=now, status="received")
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    thing.receiver.refresh_from_db()
    due = clock(thing, "comparison")
    at = when_overdue(due)
    day = due.due_on + after * DAY
    record_paper_result(
        comparison=thing, hits=[], received_on=day, upload=scan(), by=insurance_registrar, at=max(at, at + after * DAY)
    )
    due.refresh_from_db()
    thing.refresh_from_db()
    assert (due.status, due.late) == ("met", late)
    assert timezone.localdate(due.ended_at) == timezone.localdate(thing.answered_at) == day


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


def supplied(referral, *, by, at):
    """What was missing is sent two days after it was asked for, on a Wednesday; its letter and the reply's clock."""
    completion = Completion.objects.get(referral=referral)
    supply_completion(completion=completion, lines=[], note="说明附后", by=by, at=at)
    referral.refresh_from_db()
    return referral.follow_ups.get(kind="supply"), clock(referral, "transfer_reply")


def test_the_clock_of_a_body_on_paper_runs_again_from_the_day_it_was_served(
    on_paper, insurance_handler, insurance_registrar, now  # noqa: F811
):
    referral = on_paper("received")
    first = referral.limit_on  # 16 December 2026
    record_said(
        referral=referral, kind="missing", person="孔检察官", dated_on=now.date(), text="缺清单",
        until=now.date() + 5 * DAY, upload=scan(), by=insurance_registrar, at=now,
    )  # fmt: skip
    letter, reply = supplied(referral, by=insurance_handler, at=now + 2 * DAY)
    assert (reply.status, reply.due_on, referral.limit_on) == ("paused", first, first)
    sweep(at=now + 60 * DAY)  # however long nobody proves it
    reply.refresh_from_db()
    assert (reply.status, reply.late) == ("paused", False)
    given = {"received_by_name": "收发室", "method": "专人送达", "by": insurance_registrar, "at": now + 61 * DAY}
    with pytest.raises(BadInput), transaction.atomic():
        prove_service(letter=letter, delivered_on=(now + DAY).date(), upload=scan(), **given)  # before it was sent
    prove_service(letter=letter, delivered_on=(now + 4 * DAY).date(), upload=scan(), **given)
    reply.refresh_from_db()
    referral.refresh_from_db()
    # asked for on Monday the 16th, served on Friday the 20th: four whole days stood, neither two nor sixty
    assert (reply.status, reply.due_on, referral.limit_on) == ("running", first + 4 * DAY, first + 4 * DAY)
    resumed = reply.changes.get(kind="resume")
    assert timezone.localdate(resumed.at) == (now + 4 * DAY).date()


def test_a_proof_after_the_answer_leaves_the_clock_as_it_ended(
    on_paper, insurance_handler, insurance_registrar, now  # noqa: F811
):
    referral = on_paper("received")
    record_said(
        referral=referral, kind="missing", person="孔检察官", dated_on=now.date(), text="缺清单",
        until=now.date() + 5 * DAY, upload=scan(), by=insurance_registrar, at=now,
    )  # fmt: skip
    letter, reply = supplied(referral, by=insurance_handler, at=now + DAY)
    said(referral, "returned", by=insurance_registrar, at=now + 3 * DAY)
    prove_service(
        letter=letter, delivered_on=(now + DAY).date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now + 4 * DAY,
    )  # fmt: skip
    reply.refresh_from_db()
    assert (reply.status, reply.late, reply.due_on) == ("cancelled", False, referral.limit_on)


def test_the_clock_of_who_works_here_runs_again_when_it_is_sent(letter, insurance_handler, health_handler, now):
    referral = letter("received")
    first = referral.limit_on
    ask_completion(
        referral=referral, missing="缺清单", due_on=now.date() + 5 * DAY, by=health_handler, at=now
    )
    _letter, reply = supplied(referral, by=insurance_handler, at=now + 2 * DAY)
    assert (reply.status, reply.due_on, referral.limit_on) == ("running", first + 2 * DAY, first + 2 * DAY)
