"""A transfer of suspected crime step by step: what each step writes, starts and ends, and what it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.db import transaction as database
from django.utils.translation import override

from cases.actions.evidence import void_evidence
from cases.actions.money import enter_money
from cases.actions.progress import close_case
from cases.actions.strands import decide_strand, file_strand, investigate
from cases.models import Custody, Strand
from core.refusals import AlreadyDone, BadInput, FourEyes, Refused, Stale, StillOpen, WrongState
from core.states import move
from deadlines.models import Deadline
from departments.models import Post, Route
from documents.models import IssuedDocument
from referrals import crime_panels
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_supervise,
)
from referrals.actions.crime_handover import hand_over, record_receipt
from referrals.actions.crime_police import check_filing, decide_filing
from referrals.actions.crime_proposal import (
    assign_officers,
    discard_transfer,
    propose_transfer,
    set_threshold,
)
from referrals.actions.crime_remedies import (
    hand_over_property,
    note_duty_crime,
    resume_administrative,
)
from referrals.actions.crime_report import Attachments, decide_transfer, report_transfer
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import send_follow_up
from referrals.actions.papers import send_back_paper
from referrals.actions.sending import send_dispatch
from referrals.crime_hint import hint
from referrals.models import CrimeStep, CrimeThreshold, CriminalTransfer
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.crime import all_attachments, answer_of_supervision, bring_transfer, on_paper, step
from tests.factories.follow_ups import bring_follow_up, decide_here, write_here

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def clocks(transfer):
    """{code: (state, late)} of every clock on a transfer."""
    rows = Deadline.objects.filter(target_kind="crime", target_id=transfer.pk).order_by("pk")
    return {row.rule_code: (row.status, row.late) for row in rows}


def refuses(act, match, kind=BadInput, field=None, **values):
    """The action refuses with a sentence, beside `field`, and nothing is changed."""
    with pytest.raises(kind, match=match) as refusal, database.atomic():
        act(**values)
    if field is not None:
        assert refusal.value.field == field


# --- the proposal -------------------------------------------------------------------------------------------------
def test_a_proposal_takes_the_amount_of_the_ledger_and_refuses_what_cannot_be(
    crime_case, insurance_handler, police_handler, county, now, told
):
    right = {
        "case": crime_case, "found_on": now.date(), "facts": "骗取基金。", "persons": list(crime_case.subjects.all()),
        "threshold": CrimeThreshold.objects.get(), "by": insurance_handler, "at": now,
    }  # fmt: skip
    stranger = make_subject(county, at=now, name="别的医院")
    refuses(propose_transfer, "发现日期", field="found_on", **right | {"found_on": now.date() + DAY})
    refuses(propose_transfer, "不能为空", field="facts", **right | {"facts": " "})
    refuses(propose_transfer, "不能为空", field="crime", **right | {"threshold": None})
    refuses(propose_transfer, "不能为空", field="article", **right | {"threshold": None, "crime": "诈骗罪"})
    refuses(propose_transfer, "当事人", field="persons", **right | {"persons": [stranger]})
    refuses(propose_transfer, "写明", field="persons", **right | {"persons": []})
    refuses(propose_transfer, "路径", **right | {"by": police_handler})
    with database.atomic():
        Route.objects.filter(kind="criminal").delete()
        refuses(propose_transfer, "路径", **right)
        database.set_rollback(True)
    enter_money(case=crime_case, kind="verified", amount="61000", happened_on=now.date(), by=insurance_handler, at=now)
    transfer = propose_transfer(**right)
    assert (transfer.amount, transfer.amount_verified, transfer.status) == (Decimal("61000.00"), True, "proposed")
    assert transfer.procuratorate.name == "青禾县人民检察院"
    assert told("crime.waits") == ["何志远", "宋明哲", "梁国栋"]
    refuses(propose_transfer, "正在办理", AlreadyDone, **right)
    crime_case.refresh_from_db()
    refuses(discard_transfer, "理由|原因", transfer=transfer, reason=" ", by=insurance_handler, at=now)
    discard_transfer(transfer=transfer, reason="事实不清", by=insurance_handler, at=now)
    again = propose_transfer(**right | {"persons": [], "others": "王某"})  # the matter may come up again
    assert again.persons.count() == 0
    with pytest.raises(IntegrityError), database.atomic():  # the record is kept
        CrimeStep.objects.filter(transfer=transfer).update(text="改")


def test_two_different_officers_with_certificates_are_named_and_may_be_replaced(
    crime, insurance_handler, insurance_handler_2, insurance_section_head, insurance_registrar, now, told
):
    transfer, pair = crime("proposed"), [insurance_handler, insurance_handler_2]
    common = {"transfer": transfer, "by": insurance_section_head, "at": now}
    refuses(assign_officers, "两名以上", field="officers", officers=pair[:1] * 2, **common)
    refuses(assign_officers, "执法证：曾小禾", field="officers", officers=[insurance_handler, insurance_registrar], **common)
    assign_officers(officers=pair, **common)
    assert [(o.user, o.certificate) for o in transfer.officers.all()] == [
        (insurance_handler, "439926-0101"), (insurance_handler_2, "439926-0102"),
    ]  # fmt: skip
    assert {"赵一鸣", "陈晓岚"} <= set(told("crime.waits"))
    Post.objects.filter(user=insurance_section_head).update(certificate="439926-0103")
    assign_officers(officers=[insurance_handler_2, insurance_section_head], **common)  # again, by the leader
    assert transfer.officers.count() == 2
    assert transfer.steps.filter(kind="assigned").count() == 2
    sentences = crime_panels.officers_in_hand(insurance_handler_2.post)
    assert len(sentences) == 1 and "另行指定" in sentences[0]
    assert crime_panels.officers_in_hand(insurance_handler.post) == []


# --- report and decision -------------------------------------------------------------------------------------------
def test_the_report_demands_every_attachment_or_the_reason_why_there_is_none(
    crime, crime_case, insurance_handler, insurance_head, now
):
    transfer, evidence = crime("verifying"), list(crime_case.evidence.order_by("pk"))
    common = {"transfer": transfer, "by": insurance_handler, "at": now}

    def given(**more):
        return {"report": "建议移送。", "attachments": all_attachments(crime_case, **more), **common}

    refuses(report_transfer, "不能为空", field="report", **given() | {"report": " "})
    refuses(report_transfer, "调查报告", field="report_files", **given(report=[]))
    refuses(report_transfer, "物品清单", field="items", **given(items=()))
    refuses(report_transfer, "检验报告", field="expert_files", **given(no_expert=" "))
    refuses(report_transfer, "其他有关", field="other_files", **given(no_other=""))
    refuses(report_transfer, "重复", field="other_files", **given(other=evidence[:1]))
    foreign = make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")]).evidence.get()
    refuses(report_transfer, "不在本案|本案", field="expert_files", **given(expert=[foreign]))
    report_transfer(**given(items=(), no_items="没有涉案物品", other=evidence[1:2]))
    assert {(row.kind, bool(row.evidence)) for row in transfer.attachments.all()} == {
        ("report", True), ("expert", False), ("other", True), ("items", False),
    }  # fmt: skip
    assert clocks(transfer) == {"criminal_decision": ("running", False)}
    clock = Deadline.objects.get(rule_code="criminal_decision")
    assert (clock.person, clock.amount, clock.unit) == (insurance_head, 3, "day")
    empty = {"transfer": transfer, "approved": True, "reason": "", "by": insurance_head, "at": now}
    refuses(decide_transfer, "理由|原因", field="reason", **empty)
    late = clock.due_at + HOUR
    decide_transfer(transfer=transfer, approved=False, reason="不构成犯罪。", by=insurance_head, at=late)
    assert (transfer.status, transfer.decision, transfer.dispatch) == ("declined", "不构成犯罪。", None)
    assert clocks(transfer) == {"criminal_decision": ("met", True)}  # late, for ever
    form = IssuedDocument.objects.get(kind="crime_approval")
    assert "不批准移送" in str(form.context) and "不构成犯罪" in str(form.context)


def test_the_head_who_verified_does_not_decide_and_approval_signs_the_letter(
    crime, insurance_handler, insurance_head, insurance_registrar, insurance_deputy_head, now, told
):
    transfer = crime("reported")
    with database.atomic():
        CriminalTransfer.objects.filter(pk=transfer.pk).update(proposed_by=insurance_head)
        mine = CriminalTransfer.objects.get(pk=transfer.pk)
        refuses(decide_transfer, "不能作", FourEyes, transfer=mine, approved=True, reason="同意", by=insurance_head, at=now)
        database.set_rollback(True)
    decide_transfer(transfer=transfer, approved=True, reason="达到追诉标准。", by=insurance_head, at=now)
    dispatch = transfer.dispatch
    assert (dispatch.status, dispatch.approved_by, dispatch.drafted_by) == ("approved", insurance_head, insurance_handler)
    assert clocks(transfer) == {"criminal_decision": ("met", False), "criminal_transfer": ("running", False)}
    clock = Deadline.objects.get(rule_code="criminal_transfer")
    assert clock.due_at == now + 24 * HOUR  # from the decision, to the minute
    # the ordinary way out is closed to it
    refuses(send_dispatch, "移送事项页面", WrongState, dispatch=dispatch, by=insurance_registrar, at=now)
    refuses(send_back_paper, "移送事项页面", WrongState, paper=dispatch, reason="改", by=insurance_deputy_head, at=now)
    piece = dispatch.manifest.first().evidence
    with database.atomic():
        void_evidence(evidence=piece, reason="误传", by=insurance_handler, at=now)
        refuses(hand_over, "已作废", transfer=transfer, by=insurance_registrar, at=now)
        database.set_rollback(True)


# --- hand-over and receipt -------------------------------------------------------------------------------------------
def test_handing_over_sends_letter_list_and_copy_and_suspends_the_own_investigation(
    crime, crime_case, insurance, insurance_handler, insurance_deputy_head, insurance_registrar, insurance_head, police,
    now, told,
):  # fmt: skip
    strand = Strand.objects.get(case=crime_case, department=insurance)
    file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=insurance_deputy_head, at=now)
    investigate(strand=strand, by=insurance_handler, at=now)
    transfer = crime("approved")
    hand_over(transfer=transfer, by=insurance_registrar, at=now + 25 * HOUR)  # an hour late, and stays so
    assert clocks(transfer)["criminal_transfer"] == ("met", True)
    strand.refresh_from_db()
    assert (strand.status, transfer.strand_suspended) == ("suspended", True)
    referral = transfer.referral
    assert (referral.kind, referral.status, referral.receiver) == ("criminal", "sent", police)
    assert referral.document.kind == "crime_letter" and "抄送" not in referral.document.title
    assert referral.document.context["copies"] == ["青禾县人民检察院"]
    assert {a["title"] for a in referral.document.context["annexes"]} == {"涉案物品清单", "移送材料清单"}
    assert transfer.steps.get(kind="copied").text == "青禾县人民检察院"
    assert Custody.objects.filter(cause_kind="referral", cause_id=referral.pk, kind="handed_over").count() == 1
    assert told("referral.to_sign") == ["苏映雪", "雷震川"]
    # a fine does not replace the transfer
    sentences = crime_panels.instead_of_transfer(strand)
    assert len(sentences) == 1 and "代替移送" in sentences[0]
    move(strand, "investigating", at=now)
    decision = {
        "strand": strand, "disposition": "penalty", "basis": "条例第四十条", "findings": "属实", "by": insurance_deputy_head,
        "decision_number": "青医保罚决〔2026〕1号", "at": now + 26 * HOUR,
    }  # fmt: skip
    refuses(decide_strand, "代替移送", field="known", **decision)
    move(strand, "suspended", at=now)
    assert len(crime_panels.open_transfers(crime_case)) == 1
    crime_case.refresh_from_db()
    refuses(close_case, "未办结|尚未", StillOpen, case=crime_case, reason="结", by=insurance_deputy_head, at=now + 26 * HOUR)
    # refused by the police: taken back to administrative handling, the strand runs on
    at = now + 26 * HOUR
    bring_transfer(transfer, "refused", at=at)
    assert Custody.objects.filter(cause_kind="crime", to_department=insurance).count() == 1  # the file came back
    resume_administrative(transfer=transfer, reason="不予立案", by=insurance_head, at=at)
    strand.refresh_from_db()
    assert (strand.status, transfer.status, transfer.referral.status) == ("investigating", "resumed", "closed")
    assert clocks(transfer)["police_reconsideration"] == ("cancelled", False)
    decide_strand(**decision | {"at": at})
    assert strand.disposition == "penalty"


def test_the_receipt_on_paper_needs_number_moment_name_and_scan(crime_on_paper, insurance_registrar, now, told):
    transfer = crime_on_paper("sent")
    common = {"transfer": transfer, "by": insurance_registrar}
    at = now + 3 * HOUR
    refuses(record_receipt, "文号", field="number", paper=on_paper(now + HOUR, number=" "), at=at, **common)
    refuses(record_receipt, "之前", field="happened_at", paper=on_paper(now - DAY), at=at, **common)
    refuses(record_receipt, "之前", field="happened_at", paper=on_paper(now + 9 * HOUR), at=at, **common)
    refuses(record_receipt, r"\w", field="signed_name", paper=on_paper(now + HOUR, signed_name=" "), at=at, **common)
    record_receipt(paper=on_paper(now + HOUR), at=at, **common)
    taken = transfer.steps.get(kind="received")
    assert (taken.happened_at, taken.at, taken.signed_name, bool(taken.sha256)) == (now + HOUR, at, "秦卫东", True)
    clock = Deadline.objects.get(rule_code="police_decision")
    assert (clock.started_at, clock.department) == (now + HOUR, transfer.police)  # from the receipt, not from the entry
    refuses(decide_filing, "未使用本系统", field="upload", filed=True, reason="立案", at=at, **common)
    assert "曾小禾" in told("crime.waits")  # the registrar enters what the police decide


# --- the police side --------------------------------------------------------------------------------------------------
def test_missing_material_is_asked_for_once_and_is_no_ground_to_refuse(
    crime, crime_case, insurance_handler, police_section_head, police_handler, now, told
):
    transfer = crime("received")
    common = {"transfer": transfer, "by": police_section_head}
    refuses(draft_incomplete, "理由|原因", field="missing", missing=" ", at=now, **common)
    write_here(draft_incomplete, missing="缺原件", at=now + 25 * HOUR, **common)
    assert clocks(transfer) | {"criminal_decision": 0, "criminal_transfer": 0} == {
        "criminal_decision": 0, "criminal_transfer": 0, "police_decision": ("running", False),
        "police_notice": ("met", True), "criminal_correction": ("running", False),
    }  # fmt: skip
    evidence = list(crime_case.evidence.order_by("pk"))
    mine = {"transfer": transfer, "by": insurance_handler, "at": now + 26 * HOUR}
    refuses(draft_correction, "选择", field="files", lines=[], **mine)
    refuses(draft_correction, "已移送", field="files", lines=[Line(evidence=evidence[0])], **mine)
    foreign = make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")]).evidence.get()
    refuses(draft_correction, "本案", field="files", lines=[Line(evidence=foreign)], **mine)
    decide = {"filed": False, "reason": "材料不全", "at": now + 26 * HOUR, **common}
    refuses(draft_filing, "不得以材料不全", Refused, **decide)
    with database.atomic():  # once the limit of the completion has passed the merits may be decided either way
        late = Deadline.objects.get(rule_code="criminal_correction").due_at
        decide_here(**decide | {"at": late})
        assert transfer.status == "refused"
        assert clocks(transfer)["criminal_correction"][0] == "cancelled"
        database.set_rollback(True)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    write_here(draft_correction, lines=[Line(evidence=evidence[1])], **mine | {"transfer": transfer})
    assert (transfer.status, clocks(transfer)["criminal_correction"]) == ("received", ("met", False))
    assert IssuedDocument.objects.get(kind="crime_completion").department == transfer.department
    again = {"missing": "又缺", "at": now + 27 * HOUR, **common, "transfer": transfer}
    refuses(draft_incomplete, "一次告知", field="missing", **again)


def test_a_file_of_another_jurisdiction_is_forwarded_and_its_body_decides_on_paper(
    crime, police, police_section_head, insurance_registrar, insurance_section_head, now
):
    transfer = crime("received")
    common = {"transfer": transfer, "by": police_section_head, "at": now + HOUR}
    refuses(draft_forward, "其他", field="to", to="县公安局", reason="管辖", **common)
    refuses(draft_forward, "理由|原因", field="reason", to="云溪县公安局", reason="", **common)
    write_here(draft_forward, to="云溪县公安局", reason="犯罪地在云溪县", **common)
    found = clocks(transfer)
    assert (found["police_forward"], found["police_decision"][0]) == (("met", False), "cancelled")
    assert IssuedDocument.objects.get(kind="crime_forward").department == police
    receipt = on_paper(now + 2 * HOUR)
    record_receipt(transfer=transfer, paper=receipt, by=insurance_registrar, at=now + 2 * HOUR)
    paper = on_paper(now + 2 * HOUR, number="云公不立〔2026〕1号")
    decide_filing(
        transfer=transfer, filed=False, reason="事实显著轻微", paper=paper, by=insurance_registrar, at=now + 3 * HOUR
    )
    assert transfer.steps.get(kind="refused").number == "云公不立〔2026〕1号"
    write_here(draft_reconsider, transfer=transfer, reason="应立案", by=insurance_section_head, at=now + 4 * HOUR)
    letter = IssuedDocument.objects.get(kind="crime_reconsider")
    assert letter.context["recipients"] == ["云溪县公安局"]  # the body that decided, not the first one


# --- remedies ---------------------------------------------------------------------------------------------------------
def test_reconsideration_lapses_and_supervision_may_be_late_with_a_reason(
    crime, insurance_handler, insurance_registrar, police_section_head, now
):
    transfer = crime("refused")
    due = Deadline.objects.get(rule_code="police_reconsideration").due_at
    common = {"transfer": transfer, "by": insurance_handler}
    refuses(draft_reconsider, "理由|原因", field="reason", reason=" ", at=now, **common)
    refuses(draft_reconsider, "时限已过.*第九条", field="reason", reason="应立案", at=due, **common)
    with database.atomic():  # signed in time, and not sent in time: the right is gone all the same
        letter = bring_follow_up(draft_reconsider(reason="应立案", at=now, **common), "approved", at=now)
        refuses(send_follow_up, "时限已过", field="reason", letter=letter, by=insurance_registrar, at=due)
        database.set_rollback(True)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    common["transfer"] = transfer
    with database.atomic():
        theirs, transfer.procuratorate = transfer.procuratorate, None
        type(theirs).objects.filter(pk=theirs.pk).update(active=False)
        refuses(draft_supervise, "检察机关", field="reason", reason="应立案", at=now, **common)
        type(theirs).objects.filter(pk=theirs.pk).update(active=True)  # entered in the directory since
        assert draft_supervise(reason="应立案", at=now, **common).status == "draft"
        assert transfer.procuratorate == theirs
        database.set_rollback(True)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    common["transfer"] = transfer
    letter = bring_follow_up(draft_supervise(reason="应立案", at=due, **common), "approved", at=due)
    refuses(send_follow_up, r"\w", field="late_reason", letter=letter, by=insurance_registrar, at=due)
    send_follow_up(letter=letter, late_reason="补充证据", by=insurance_registrar, at=due + HOUR)
    transfer.refresh_from_db()
    assert clocks(transfer)["police_reconsideration"] == ("met", True)
    answer_of_supervision(transfer, filed=False, at=due + 2 * HOUR)
    assert transfer.status == "not_ordered"
    refuses(draft_supervise, r"\w", WrongState, reason="再请", at=due + 3 * HOUR, **common)
    assert "supervision_request" not in clocks(transfer)


def test_upheld_on_reconsideration_then_supervised_into_filing_and_property_without_items(
    crime, crime_case, insurance_handler, insurance_head, police_section_head, now, told
):
    transfer = crime("verifying")
    attachments = Attachments(
        report=[crime_case.evidence.first()], no_items="没有物品", no_expert="无需", no_other="没有"
    )
    report_transfer(transfer=transfer, report="建议", attachments=attachments, by=insurance_handler, at=now)
    bring_transfer(transfer, "reconsidering", at=now)
    assert clocks(transfer)["police_reply"] == ("running", False)
    common = {"transfer": transfer, "by": police_section_head, "at": now + HOUR}
    write_here(draft_reconsidered, filed=False, reason="维持", **common)
    assert clocks(transfer)["supervision_request"] == ("running", False)
    step(transfer, "supervising", at=now + HOUR)
    answer_of_supervision(transfer, filed=True, at=now + 2 * HOUR)
    assert (transfer.status, clocks(transfer)["property_handover"]) == ("filed", ("running", False))
    done = {"transfer": transfer, "by": insurance_handler, "at": now + 3 * HOUR}
    refuses(hand_over_property, "没有物品", field="none_reason", taken_by="秦卫东", **done)
    refuses(hand_over_property, "理由|原因", field="taken_by", taken_by=" ", none_reason="没有物品", **done)
    hand_over_property(taken_by="秦卫东", none_reason="本案没有涉案物品", **done)
    assert clocks(transfer)["property_handover"] == ("met", False)
    assert "本案没有涉案物品" in str(IssuedDocument.objects.get(kind="crime_property").context)
    deadline = Deadline.objects.get(rule_code="property_handover")
    assert {user.name for user in crime_panels.told_when_late(deadline, "overdue", now)} == {"陈晓岚", "赵一鸣"}
    escalated = {user.name for user in crime_panels.told_when_late(deadline, "escalated", now)}
    assert {"宋明哲", "梁国栋"} <= escalated


def test_a_duty_crime_is_noted_for_the_own_department_only(crime, insurance_head, police_section_head, now):
    transfer = crime("received")
    common = {"transfer": transfer, "by": insurance_head, "at": now}
    refuses(note_duty_crime, "理由|原因", field="number", number=" ", sent_on=now.date(), **common)
    refuses(note_duty_crime, r"\w", field="sent_on", number="1号", sent_on=now.date() + DAY, **common)
    note_duty_crime(number="青医保函〔2026〕9号", sent_on=now.date(), **common)
    kinds = set(CrimeStep.objects.visible_to(police_section_head).values_list("kind", flat=True))
    assert "duty" not in kinds and "received" in kinds
    assert CrimeStep.objects.visible_to(insurance_head).filter(kind="duty").exists()


# --- amounts ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "tone", "words"),
    [
        ("2999.99", "g", "未达到"), ("3000", "y", "数额较大"), ("10000", "r", "数额较大"), ("29999", "r", "数额较大"),
        ("30000", "y", "数额巨大"), ("100000", "r", "数额巨大"), ("500000", "r", "数额特别巨大"),
    ],
)  # fmt: skip
def test_the_hint_says_where_an_amount_stands_and_on_which_basis(amount, tone, words, db):
    threshold = CrimeThreshold.objects.get()
    with override("zh-hans"):
        shown = hint(Decimal(amount), threshold)
    assert (shown.tone, shown.basis) == (tone, threshold.basis)
    assert words in shown.sentence
    assert hint(Decimal(amount), None) is None


def test_amounts_are_refused_out_of_order_twice_or_stale(system_admin, now):
    row = CrimeThreshold.objects.get()
    right = {
        "threshold": row, "version": row.version, "crime": "诈骗罪", "article": "第二百六十六条", "basis": "本省规定",
        "large_from": Decimal(5000), "large_to": Decimal(5000), "huge_from": Decimal(50000), "huge_to": Decimal(50000),
        "enormous_from": Decimal(500000), "by": system_admin, "at": now,
    }  # fmt: skip
    refuses(set_threshold, "递增", field="large_to", **right | {"huge_from": Decimal(4000)})
    refuses(set_threshold, "不能为空", field="basis", **right | {"basis": " "})
    refuses(set_threshold, "已在列表", field="crime", **right | {"threshold": None})
    set_threshold(**right)
    refuses(set_threshold, r"\w", Stale, **right)
    with connection.cursor() as cursor:
        cursor.execute("SELECT large_from, version FROM referrals_crimethreshold")
        assert cursor.fetchone() == (Decimal("5000.00"), row.version + 1)


def test_filing_is_decided_on_while_the_police_examine_only(now):
    with pytest.raises(WrongState):
        check_filing(CriminalTransfer(status="proposed"), True, at=now)
