"""A letter at its receiver: signed for, assigned, accepted or returned, answered, closed, redone, withdrawn."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from cases.models import Case, CaseUserPermission, Custody, GrantRecord, Strand
from core.refusals import AlreadyDone, BadInput, MovedOn, Refused, Stale, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from documents.models import IssuedDocument
from referrals import offers
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.receipt import check_manifest, prove_delivery, report_mismatch, sign_for
from referrals.actions.reminders import chase_referral
from referrals.actions.replies import draft_reply, edit_reply, send_reply
from referrals.models import Chase, Extension, Referral, Reply
from referrals.refusals import HashMismatch
from tests.factories.cases import PDF
from tests.factories.referrals import acting, answer, bring_referral, make_dispatch, make_reply

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STATES = ("sent", "received", "accepted", "returned", "answered", "closed", "withdrawn")


def clocks(referral):
    """(code, state) of every clock on a letter."""
    rows = Deadline.objects.filter(target_kind="referral", target_id=referral.pk).order_by("pk")
    return [(row.rule_code, row.status) for row in rows]


def scan(content=PDF):
    return SimpleUploadedFile("送达回证.pdf", content)


# --- every step refuses every state it does not start from -------------------------------------------------------
STEPS = {
    "sign_for": ({"sent"}, lambda r, by, at: sign_for(referral=r, by=by, at=at)),
    "deliver": (
        {"sent"},
        lambda r, by, at: prove_delivery(
            referral=r, delivered_on=at.date(), received_by_name="收发室", method="专人送达", upload=scan(), by=by, at=at
        ),
    ),
    "assign": (
        {"received", "accepted"},
        lambda r, by, at: assign_referral(referral=r, person=acting(r.receiver, Role.SECTION_HEAD), by=by, at=at),
    ),
    "accept": ({"received"}, lambda r, by, at: accept_referral(referral=r, by=r.handler or by, at=at)),
    "return": (
        {"received"},
        lambda r, by, at: return_referral(referral=r, category="other", reason="材料不齐", by=by, at=at),
    ),
    "reply": ({"accepted"}, lambda r, by, at: draft_reply(referral=r, text="属实", by=by, at=at)),
    "close": ({"answered", "returned"}, lambda r, by, at: close_referral(referral=r, by=by, at=at)),
    "redo": (
        {"answered"},
        lambda r, by, at: redo_referral(referral=r, reason="未答全", limit_on=at.date() + 30 * DAY, by=by, at=at),
    ),
    "withdraw": ({"sent"}, lambda r, by, at: withdraw_referral(referral=r, reason="错发", by=by, at=at)),
    "chase": ({"sent", "received", "accepted"}, lambda r, by, at: chase_referral(referral=r, by=by, at=at)),
    "extend": (
        {"accepted"},
        lambda r, by, at: ask_extension(referral=r, new_on=r.limit_on + 5 * DAY, reason="需补调病历", by=by, at=at),
    ),
}


@pytest.mark.parametrize("status", STATES)
def test_a_letter_refuses_every_step_its_state_does_not_allow(status, letter, health_handler, now):
    referral = letter(status)
    if status == "received":  # nobody assigned yet: acceptance is somebody's own
        Referral.objects.filter(pk=referral.pk).update(handler=health_handler)
        referral.refresh_from_db()
    for name, (allowed, act) in STEPS.items():
        if status not in allowed:
            with pytest.raises(Refused), transaction.atomic():
                act(referral, referral.handler or health_handler, now)
            referral.refresh_from_db()
            assert referral.status == status, name


# --- receipt -----------------------------------------------------------------------------------------------------
def test_signing_for_verifies_every_hash_and_puts_both_sides_on_record(
    letter, health_registrar, now, told, verbs
):
    referral = letter("sent")
    assert [matches for _item, matches in check_manifest(referral)] == [True, True]
    sign_for(referral=referral, by=health_registrar, at=now)
    assert (referral.status, referral.received_by, referral.received_at) == ("received", health_registrar, now)
    rows = Custody.objects.filter(cause_kind="referral", cause_id=referral.pk)
    assert sorted(rows.values_list("kind", "department__function")) == sorted(
        2 * [("handed_over", "insurance"), ("received", "health"), ("verified", "health")]
    )
    assert clocks(referral) == [("transfer_sign", "met"), ("transfer_reply", "running")]
    assert verbs(referral) == ["transfer.sent", "referral.received"]
    assert (told("referral.was_received"), told("referral.to_assign")) == (["陈晓岚"], ["彭立群", "邓汉章"])


def test_a_file_that_does_not_match_is_not_signed_for_but_reported(
    letter, health_registrar, now, told, verbs
):
    referral = letter("sent")
    piece = referral.dispatch.manifest.first().evidence
    default_storage.delete(piece.file.name)
    with pytest.raises(HashMismatch) as refusal:
        sign_for(referral=referral, by=health_registrar, at=now)
    assert refusal.value.evidence == [piece]
    report_mismatch(referral=referral, evidence=refusal.value.evidence, by=health_registrar, at=now)
    referral.refresh_from_db()
    assert referral.status == "sent"
    assert Custody.objects.filter(kind="mismatch").values_list("evidence", flat=True).get() == piece.pk
    assert verbs(referral) == ["transfer.sent", "referral.mismatch"]
    assert told("referral.mismatch") == ["曾小禾", "陈晓岚"]


def test_the_second_of_two_who_sign_for_it_loses_with_a_sentence(letter, health_registrar, now):
    referral = letter("sent")
    stale = Referral.objects.get(pk=referral.pk)
    sign_for(referral=referral, by=health_registrar, at=now)
    with pytest.raises(MovedOn, match=r"\w"):
        sign_for(referral=stale, by=health_registrar, at=now)


def test_receipt_of_a_support_notice_starts_the_clock_of_the_opinion_until_the_stated_date(support):
    referral = support("received")
    assert clocks(referral) == [("transfer_sign", "met"), ("written_opinion", "running")]
    clock = Deadline.objects.open().of("referral", referral.pk).get()
    assert (clock.due_on, clock.department, clock.to_department) == (
        referral.limit_on, referral.receiver, referral.sender,
    )  # fmt: skip


def test_a_support_notice_taken_in_after_its_limit_is_owed_at_once(support, health_registrar, now):
    referral = support("sent", days=2)
    sign_for(referral=referral, by=health_registrar, at=now + 7 * DAY)
    clock = Deadline.objects.open().of("referral", referral.pk).get()
    assert clock.due_on == (now + 7 * DAY).date()


def test_proof_of_delivery_counts_as_receipt_on_its_day(support, insurance_registrar, now, verbs, told):
    referral = support("sent")
    later = now + 3 * DAY
    proof = prove_delivery(
        referral=referral, delivered_on=(now + DAY).date(), received_by_name="收发室李某", method="专人送达",
        upload=scan(), by=insurance_registrar, at=later,
    )  # fmt: skip
    assert (referral.status, referral.received_at.date()) == ("received", proof.delivered_on)
    assert default_storage.exists(proof.file.name)
    clock = Deadline.objects.open().of("referral", referral.pk).get()
    assert (clock.rule_code, clock.started_on, clock.due_on) == ("written_opinion", proof.delivered_on, referral.limit_on)
    assert verbs(referral) == ["support.sent", "referral.delivered"]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(proof).objects.filter(pk=proof.pk).update(method="x")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delivered_on": dt.date(2026, 11, 15)}, "delivered_on"),
        ({"delivered_on": dt.date(2026, 11, 17)}, "delivered_on"),
        ({"received_by_name": " "}, "received_by_name"),
        ({"method": ""}, "method"),
        ({"upload": scan(b"not a scan")}, "upload"),
    ],
)
def test_proof_of_delivery_refuses_what_proves_nothing(changes, field, letter, insurance_registrar, now):
    referral = letter("sent")
    given = {
        "delivered_on": now.date(), "received_by_name": "收发室", "method": "挂号邮寄", "upload": scan(),
    } | changes  # fmt: skip
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        prove_delivery(referral=referral, by=insurance_registrar, at=now, **given)
    assert refusal.value.field == field
    referral.refresh_from_db()
    assert referral.status == "sent"


def test_a_proof_larger_than_the_limit_is_refused(letter, insurance_registrar, now, monkeypatch):
    monkeypatch.setattr("referrals.actions.proof.LARGEST", 10)
    with pytest.raises(BadInput, match="20"):
        prove_delivery(
            referral=letter("sent"), delivered_on=now.date(), received_by_name="收发室", method="专人送达",
            upload=scan(), by=insurance_registrar, at=now,
        )  # fmt: skip


# --- assignment, acceptance, return --------------------------------------------------------------------------------
def test_a_leader_assigns_a_named_person_who_accepts_and_joins_the_case(
    letter, health_section_head, health_handler, now, told, verbs
):
    referral = letter("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    assert (referral.handler, referral.status, told("referral.to_accept")) == (health_handler, "received", ["周敏仪"])
    assert Deadline.objects.open().of("referral", referral.pk).get().person == health_handler
    accept_referral(referral=referral, by=health_handler, at=now)
    strand = Strand.objects.get(department=referral.receiver)
    assert (referral.status, strand.handler) == ("accepted", health_handler)
    assert CaseUserPermission.objects.filter(user=health_handler, permission__codename="work_case").exists()
    assert (referral.receipt.kind, referral.receipt.department) == ("referral_receipt", referral.receiver)
    assert verbs(referral) == ["transfer.sent", "referral.received", "referral.assigned", "referral.accepted"]
    assert told("referral.was_accepted") == ["陈晓岚"]


def test_supporting_another_department_opens_no_strand_of_ones_own(support, health_handler):
    referral = support("accepted")
    assert not Strand.objects.filter(department=referral.receiver).exists()
    assert GrantRecord.objects.filter(user=health_handler, cause="assigned", cause_id=referral.pk).exists()


def test_a_running_letter_is_handed_to_a_colleague_with_access_and_clock(
    letter, health_section_head, health_handler, health_handler_2, now
):
    referral = letter("accepted")
    assign_referral(referral=referral, person=health_handler_2, by=health_section_head, at=now)
    assert referral.handler == health_handler_2
    assert Deadline.objects.open().of("referral", referral.pk).get().person == health_handler_2
    named = GrantRecord.objects.filter(cause_kind="referral", cause_id=referral.pk, ended_at=None, user__isnull=False)
    assert [grant.user for grant in named] == [health_handler_2]


def test_who_takes_over_is_named_and_who_hands_over_is_not_any_more(
    support, health_section_head, health_handler_2, health_handler, now
):
    referral = support("accepted")
    assign_referral(referral=referral, person=health_handler_2, by=health_section_head, at=now)
    named = GrantRecord.objects.filter(cause_kind="referral", cause_id=referral.pk, user__isnull=False)
    assert sorted((grant.user.name, grant.ended_at is None) for grant in named) == [("周敏仪", False), ("胡亦凡", True)]


@pytest.mark.parametrize("who", ["outsider of the department", "the same person"])
def test_assignment_refuses_the_wrong_person(
    who, letter, health_section_head, health_handler, insurance_handler, now
):
    referral = letter("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    person = health_handler if who == "the same person" else insurance_handler
    with pytest.raises(BadInput) as refusal:
        assign_referral(referral=referral, person=person, by=health_section_head, at=now)
    assert refusal.value.field == "person"


def test_the_second_of_two_who_assign_loses(
    letter, health_section_head, health_handler, health_handler_2, now
):
    referral = letter("received")
    stale = Referral.objects.get(pk=referral.pk)
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    with pytest.raises(MovedOn):
        assign_referral(referral=stale, person=health_handler_2, by=health_section_head, at=now)


def test_only_the_assigned_person_accepts(letter, health_section_head, health_handler, health_handler_2, now):
    referral = letter("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    with pytest.raises(Refused):
        accept_referral(referral=referral, by=health_handler_2, at=now)
    assert Referral.objects.get(pk=referral.pk).status == "received"


def test_a_letter_for_a_department_already_at_work_joins_its_strand(
    letter, receiver, health_handler, health_section_head, now
):
    first = letter("accepted")
    second = letter("received", kind="bulletin")
    assign_referral(referral=second, person=health_handler, by=health_section_head, at=now)
    accept_referral(referral=second, by=health_handler, at=now)
    assert Strand.objects.filter(case=first.case, department=receiver).count() == 1


def test_a_return_ends_access_and_clocks_and_says_why(letter, health_handler, now, told, verbs):
    referral = letter("returned")
    assert (referral.return_category, referral.return_reason) == ("competence", "不属本局职责")
    assert clocks(referral) == [("transfer_sign", "met"), ("transfer_reply", "cancelled")]
    assert not GrantRecord.objects.filter(department=referral.receiver, ended_at=None).exists()
    assert not Case.objects.visible_to(health_handler).exists()
    assert Referral.objects.visible_to(health_handler).get() == referral
    assert told("referral.was_returned") == ["何志远", "陈晓岚"]
    assert referral.receipt.context["fields"][-1] == ["理由", "不属本局职责"]
    paper = str(referral.return_letter.context)
    for said in ("退回", referral.number, "不属本局职责", "所附材料"):
        assert said in paper, said
    assert IssuedDocument.objects.visible_to(health_handler).filter(pk=referral.return_letter_id).exists()
    assert verbs(referral)[-1] == "referral.returned"


@pytest.mark.parametrize(("changes", "field"), [({"category": "nonsense"}, "category"), ({"reason": " "}, "reason")])
def test_a_return_needs_a_category_and_a_reason(changes, field, letter, health_section_head, now):
    referral = letter("received")
    with pytest.raises(BadInput) as refusal:
        given = {"category": "other", "reason": "因"} | changes
        return_referral(referral=referral, by=health_section_head, at=now, **given)
    assert refusal.value.field == field


# --- the reply -------------------------------------------------------------------------------------------------------
def test_an_answer_is_drafted_signed_numbered_and_answers_the_letter(letter, now, told, verbs):
    referral = letter("accepted")
    reply = answer(referral, at=now)
    assert (referral.status, reply.status, reply.document.number) == ("answered", "sent", "青卫健函〔2026〕1号")
    assert (reply.document.kind, reply.document.target_kind) == ("answer", "reply")
    assert clocks(referral) == [("transfer_sign", "met"), ("transfer_reply", "met")]
    assert verbs(referral)[-1] == "referral.answered"
    assert told("referral.was_answered") == ["曾小禾", "陈晓岚"]


def test_an_opinion_answers_every_question_and_is_issued_as_a_document(support, now, verbs):
    referral = support("accepted")
    reply = answer(referral, at=now)
    assert reply.document.kind == "opinion"
    headings = [para["heading"] for para in reply.document.context["body"] if para["heading"]]
    assert headings == ["一、入院指征是否成立", "二、医师执业资质是否相符", "三、综合意见"]
    assert clocks(referral) == [("transfer_sign", "met"), ("written_opinion", "met")]
    assert verbs(referral)[-1] == "opinion.issued"
    assert str(reply) == "书面意见 青医保函〔2026〕1号" or reply.kind == "opinion"


def test_an_opinion_with_an_unanswered_question_stays_a_draft(support, now, health_handler):
    referral = support("accepted")
    first = referral.dispatch.questions.first()
    with pytest.raises(BadInput) as refusal:
        make_reply(referral, at=now, status="submitted", answers={first.pk: "成立"})
    assert refusal.value.field == "answers"


def test_a_late_opinion_needs_a_reason_and_stays_late(support, now):
    referral = support("accepted", days=2)
    reply = make_reply(referral, at=now, status="approved")
    registrar, late = acting(referral.receiver, Role.REGISTRAR), now + 7 * DAY
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        send_reply(reply=reply, by=registrar, at=late)
    assert refusal.value.field == "late_reason"
    reply.refresh_from_db()
    send_reply(reply=reply, late_reason="专家出差", by=registrar, at=late)
    clock = Deadline.objects.filter(target_kind="referral", rule_code="written_opinion").get()
    assert (clock.late, clock.late_reason) == (True, "专家出差")


@pytest.mark.parametrize(
    ("changes", "field"), [({"text": " "}, "text"), ({"answers": {0: "答非所问"}}, "answers")]
)
def test_a_reply_refuses_what_cannot_be_right(changes, field, letter, now):
    with pytest.raises(BadInput) as refusal:
        make_reply(letter("accepted"), at=now, **changes)
    assert refusal.value.field == field
    assert not Reply.objects.exists()


def test_one_reply_at_a_time(letter, now):
    referral = letter("accepted")
    make_reply(referral, at=now)
    with pytest.raises(WrongState):
        make_reply(referral, at=now)


def test_a_reply_is_edited_only_as_a_draft_and_only_at_its_version(support, health_handler, now):
    reply = make_reply(support("accepted"), at=now)
    edited = edit_reply(reply=reply, version=1, text="改", by=health_handler, at=now)
    assert (edited.text, edited.version, edited.answers.count()) == ("改", 2, 0)
    with pytest.raises(Stale):
        edit_reply(reply=reply, version=1, text="再改", by=health_handler, at=now)
    Reply.objects.filter(pk=reply.pk).update(**{"status": "discarded"})
    with pytest.raises(WrongState):
        edit_reply(reply=reply, version=2, text="再改", by=health_handler, at=now)


def test_a_reply_is_not_sent_before_it_is_signed(letter, health_registrar, now):
    reply = make_reply(letter("accepted"), at=now, status="submitted")
    with pytest.raises(WrongState), transaction.atomic():
        send_reply(reply=reply, by=health_registrar, at=now)
    assert Referral.objects.get().status == "accepted"


# --- the sender's end ------------------------------------------------------------------------------------------------
def test_the_sender_closes_what_was_answered(letter, insurance_handler, now, told):
    referral = letter("answered")
    close_referral(referral=referral, remark="已入卷", by=insurance_handler, at=now)
    assert (referral.status, referral.over, told("referral.was_closed")) == ("closed", True, ["周敏仪"])


def test_a_bulletin_that_asks_nothing_is_closed_once_it_was_received(
    case, receiver, insurance_handler, now, told
):
    dispatch = make_dispatch(
        case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="sent", limit_on=None
    )
    referral = bring_referral(dispatch.referrals.get(), "received", at=now)
    close_referral(referral=referral, by=insurance_handler, at=now)
    assert (referral.status, told("referral.was_closed")) == ("closed", ["罗采薇"])


def test_a_redo_goes_back_to_the_same_person_with_a_new_clock_and_another_reply(
    letter, insurance_handler, now, told
):
    referral = letter("answered")
    until = now.date() + 40 * DAY
    redo_referral(referral=referral, reason="未说明医师资质", limit_on=until, by=insurance_handler, at=now)
    assert (referral.status, referral.redo_count, referral.limit_on, referral.answered_at) == ("accepted", 1, until, None)
    assert clocks(referral)[-1] == ("transfer_reply", "running")
    assert told("referral.to_redo") == ["周敏仪"]
    assert answer(referral, at=now).document.number == "青卫健函〔2026〕2号"


def test_a_redo_of_an_opinion_runs_the_opinions_clock(support, insurance_handler, now):
    referral = support("answered")
    redo_referral(referral=referral, reason="补充", limit_on=now.date() + 9 * DAY, by=insurance_handler, at=now)
    assert clocks(referral)[-1] == ("written_opinion", "running")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": ""}, "reason"), ({"limit_on": None}, "limit_on"), ({"limit_on": dt.date(2026, 11, 16)}, "limit_on")],
)
def test_a_redo_needs_a_reason_and_a_future_limit(changes, field, letter, insurance_handler, now):
    given = {"reason": "因", "limit_on": now.date() + DAY} | changes
    with pytest.raises(BadInput) as refusal:
        redo_referral(referral=letter("answered"), by=insurance_handler, at=now, **given)
    assert refusal.value.field == field


def test_a_withdrawal_ends_access_and_clocks_and_voids_the_letter(letter, health_registrar, now, told):
    referral = letter("withdrawn")
    assert clocks(referral) == [("transfer_sign", "cancelled"), ("transfer_reply", "cancelled")]
    assert not GrantRecord.objects.filter(department=referral.receiver, ended_at=None).exists()
    assert IssuedDocument.objects.get(pk=referral.document_id).is_void
    assert not Referral.objects.visible_to(health_registrar).exists()
    assert told("referral.was_withdrawn") == ["彭立群", "罗采薇"]


def test_a_letter_on_paper_is_withdrawn_without_access_to_end(case, procuratorate, insurance_handler, now, told):
    dispatch = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent")
    referral = dispatch.referrals.get()
    withdraw_referral(referral=referral, reason="错发", by=insurance_handler, at=now)
    assert (referral.status, told("referral.was_withdrawn")) == ("withdrawn", ["曾小禾"])


# --- reminders and extensions ----------------------------------------------------------------------------------------
def test_chasing_is_counted_and_done_once_a_working_day(letter, insurance_handler, now, told):
    referral = letter("sent")
    assert chase_referral(referral=referral, by=insurance_handler, at=now).number == 1
    assert told("referral.was_chased") == ["彭立群", "罗采薇", "蒋思远", "邓汉章"]
    with pytest.raises(AlreadyDone):
        chase_referral(referral=referral, by=insurance_handler, at=now + dt.timedelta(hours=3))
    with time_machine.travel(now, tick=False):
        assert "chase" not in {offer.code for offer in offers.of_referral(insurance_handler, referral)}
    with time_machine.travel(now + DAY, tick=False):
        assert "chase" in {offer.code for offer in offers.of_referral(insurance_handler, referral)}
    assert chase_referral(referral=referral, by=insurance_handler, at=now + DAY).number == 2


def test_a_reminder_on_saturday_counts_for_monday(letter, insurance_handler, now):
    referral = letter("accepted")
    saturday = now + 5 * DAY
    assert chase_referral(referral=referral, by=insurance_handler, at=saturday).on == dt.date(2026, 11, 23)
    with pytest.raises(AlreadyDone):
        chase_referral(referral=referral, by=insurance_handler, at=saturday + 2 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chase.objects.update(number=7)


def test_an_extension_is_agreed_and_the_old_date_kept(
    letter, health_handler, insurance_section_head, now, told
):
    referral = letter("accepted")
    old, new = referral.limit_on, referral.limit_on + 10 * DAY
    extension = ask_extension(referral=referral, new_on=new, reason="需补调病历", by=health_handler, at=now)
    assert told("extension.to_decide") == ["何志远", "陈晓岚"]
    decide_extension(extension=extension, agreed=True, by=insurance_section_head, at=now)
    referral.refresh_from_db()
    clock = Deadline.objects.open().of("referral", referral.pk).get()
    assert (extension.status, extension.old_on, referral.limit_on) == ("agreed", old, new)
    assert (clock.first_due_on, clock.due_on) == (old, new)
    assert told("extension.was_agreed") == ["周敏仪"]


def test_an_extension_refused_needs_a_reason_and_moves_nothing(
    letter, health_handler, insurance_section_head, now
):
    referral = letter("accepted")
    old = referral.limit_on
    extension = ask_extension(referral=referral, new_on=old + DAY, reason="忙", by=health_handler, at=now)
    with pytest.raises(BadInput) as refusal:
        decide_extension(extension=extension, agreed=False, by=insurance_section_head, at=now)
    assert refusal.value.field == "remark"
    decide_extension(extension=extension, agreed=False, remark="事项紧急", by=insurance_section_head, at=now)
    referral.refresh_from_db()
    assert (extension.status, referral.limit_on) == ("refused", old)
    stale = Extension.objects.get(pk=extension.pk)
    with pytest.raises(WrongState):
        decide_extension(extension=stale, agreed=True, by=insurance_section_head, at=now)


def test_an_extension_agreed_after_the_answer_is_refused(letter, health_handler, insurance_section_head, now):
    referral = letter("accepted")
    extension = ask_extension(referral=referral, new_on=referral.limit_on + DAY, reason="忙", by=health_handler, at=now)
    answer(referral, at=now)
    with pytest.raises(MovedOn), transaction.atomic():
        decide_extension(extension=extension, agreed=True, by=insurance_section_head, at=now)


@pytest.mark.parametrize(("days", "reason", "field"), [(0, "忙", "new_on"), (3, " ", "reason")])
def test_asking_for_an_extension_needs_a_later_date_and_a_reason(
    days, reason, field, letter, health_handler, now
):
    referral = letter("accepted")
    with pytest.raises(BadInput) as refusal:
        ask_extension(referral=referral, new_on=referral.limit_on + days * DAY, reason=reason, by=health_handler, at=now)
    assert refusal.value.field == field


def test_one_request_for_an_extension_at_a_time(letter, health_handler, now):
    referral = letter("accepted")
    ask_extension(referral=referral, new_on=referral.limit_on + DAY, reason="忙", by=health_handler, at=now)
    with pytest.raises(WrongState):
        ask_extension(referral=referral, new_on=referral.limit_on + 2 * DAY, reason="忙", by=health_handler, at=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_registrars_at_two_desks_one_signs(letter, health_registrar, now):
    """Two real connections: the second waits for the case's lock, then finds the letter signed for."""
    referral = letter("sent")
    outcomes = []

    def sign():
        try:
            sign_for(referral=Referral.objects.get(pk=referral.pk), by=health_registrar, at=now)
            outcomes.append("signed")
        except Refused as refusal:
            outcomes.append(str(refusal) and "refused")
        finally:
            connection.close()

    desks = [threading.Thread(target=sign) for _ in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(outcomes) == ["refused", "signed"]
    assert Custody.objects.filter(kind="received", cause_kind="referral").count() == 2


def test_a_letter_whose_clock_was_cancelled_is_signed_for_all_the_same(letter, health_registrar, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    referral = letter("sent")
    cancel_clock(deadline=open_clock(referral, "transfer_sign"), by=None, at=now, reason="补录")
    sign_for(referral=referral, by=health_registrar, at=now)
    assert referral.status == "received"


def test_signing_rules_are_a_dictionary_of_everybody_signed_in(db, insurance_handler):
    from django.contrib.auth.models import AnonymousUser

    from referrals.models import SigningRule

    assert SigningRule.objects.visible_to(insurance_handler).count() == 23
    assert list(SigningRule.objects.visible_to(AnonymousUser())) == []
