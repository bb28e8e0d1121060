"""A sanction from its proposal to its end, and every refusal on the way."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.dates import local_date
from core.refusals import BadInput, FourEyes, MovedOn, Stale, WrongState
from departments.enums import Role
from journal.models import Event, Notification
from sanctions import reading
from sanctions.actions import determining, hearing, proposing
from sanctions.actions import measures as tasks
from sanctions.actions.bulk_sending import send_out
from sanctions.models import Bar, Hearing, ListEntry, MeasureTask, Sanction
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf

DAY = dt.timedelta(days=1)


def handler(department):
    return made.somebody(department, Role.HANDLER)


def test_a_sanction_goes_all_the_way(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now, printed=True)
    assert sanction.status == "in_force"
    assert {task.department for task in sanction.tasks.all()} == set(members)
    assert sanction.proposal_document.kind == "sanction_proposal"
    assert sanction.determination_document.kind == "sanction_determination"

    task = made.fed_back(sanction, health, "health-grading", at=now, printed=True)
    assert task.status == "fed_back"
    row = task.applied.get()
    assert (row.status, row.since, row.until) == ("executed", local_date(now), dt.date(2027, 11, 16))
    assert task.decision_document.kind == "sanction_measures"
    assert task.feedback_document.kind == "sanction_feedback"
    told = Notification.objects.filter(verb="sanction.was_fed_back")
    assert told.exists()


def test_a_cancellation_bars_for_three_years(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    made.decided(sanction, insurance, "cancel-designation", at=now)
    bar = Bar.objects.get()
    assert (bar.since, bar.until, bar.status) == (dt.date(2026, 11, 16), dt.date(2029, 11, 16), "in_force")
    assert (bar.amount, bar.unit, bar.ground) == (3, "year", "cancellation")
    assert bar.subject == sanction.subject


# -- the proposal ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"strand": None}, "strand"),
        ({"facts": "  "}, "facts"),
        ({"basis": ""}, "basis"),
        ({"decided_on": dt.date(2026, 11, 17)}, "decided_on"),
        ({"decided_on": dt.date(1999, 1, 1)}, "decided_on"),
        ({"major_loss": True}, "criteria_reason"),
        ({"ground": "judgment", "decision_number": "（2026）青刑初1号", "decision_authority": "法院"}, "effective_on"),
        ({"ground": "judgment", "decision_number": "", "decision_authority": "法院", "effective_on": dt.date(2026, 11, 16)},
         "decision_number"),
        ({"ground": "judgment", "decision_number": "1", "decision_authority": "", "effective_on": dt.date(2026, 11, 16)},
         "decision_authority"),
        ({"ground": "judgment", "decision_number": "1", "decision_authority": "法院", "effective_on": dt.date(2026, 11, 17)},
         "effective_on"),
        ({"codes": ()}, "measures"),
        ({"codes": ("staff-promotion",)}, "measures"),
        ({"codes": ("permanent-blacklist",)}, "measures"),
        ({"codes": ("serious-breach",)}, "measures"),
    ],
)  # fmt: skip
def test_a_proposal_that_cannot_be_right_is_refused(insurance, now, wrong, field):
    case = made.decided_case(insurance, at=now)
    with pytest.raises(BadInput) as refused:
        made.proposed(insurance, at=now, case=case, **wrong)
    assert field in refused.value.faults
    assert not Sanction.objects.exists()


def test_a_strand_without_a_decision_is_no_ground(insurance, insurance_handler, now):
    from tests.factories.cases import make_case

    case = make_case(by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refused:
        made.proposed(insurance, at=now, case=case)
    assert refused.value.field == "strand"


def test_a_paper_of_another_case_is_no_document(insurance, now):
    other = made.reviewed(insurance, at=now)
    case = made.decided_case(insurance, at=now, number="青医保罚〔2026〕2号")
    with pytest.raises(BadInput) as refused:
        made.proposed(insurance, at=now, case=case, document=other.proposal_document)
    assert refused.value.field == "document"
    again = made.proposed(insurance, at=now, case=case)
    assert again.document is None


def test_a_subject_of_another_case_or_sanctioned_already_is_refused(insurance, now):
    case = made.decided_case(insurance, at=now)
    with pytest.raises(BadInput) as refused:
        made.proposed(
            insurance, at=now, case=case, subject=make_subject(insurance.region, name="别的医院", at=now)
        )
    assert refused.value.field == "subject"
    made.proposed(insurance, at=now, case=case)
    with pytest.raises(BadInput) as twice:
        made.proposed(insurance, at=now, case=case)
    assert twice.value.field == "subject"


def test_a_closed_case_is_reopened_first(insurance, now):
    case = made.decided_case(insurance, at=now)
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_at=now)
    with pytest.raises(WrongState):
        made.proposed(insurance, at=now, case=case)


def test_a_county_without_the_department_that_determines_says_so(insurance, now):
    case = made.decided_case(insurance, at=now)
    type(insurance).objects.filter(pk=insurance.pk).update(active=False)
    with pytest.raises(BadInput, match=r"\w"):
        made.proposed(insurance, at=now, case=case)


def test_a_judgment_needs_no_strand(insurance, now):
    case = made.decided_case(insurance, at=now)
    sanction = made.proposed(
        insurance, at=now, case=case, codes=("permanent-blacklist",), **made.judged(at=now)
    )
    assert (sanction.strand, sanction.convicting) == (None, True)


def test_serious_needs_harm_and_both_aggravations(insurance, now):
    case = made.decided_case(insurance, at=now)
    given = {"major_loss": True, "especially_serious": True, "criteria_reason": "损失逾百万元。"}
    with pytest.raises(BadInput):
        made.proposed(insurance, at=now, case=case, codes=("serious-breach",), **given)
    sanction = made.proposed(
        insurance, at=now, case=case, codes=("serious-breach",), especially_bad=True, **given
    )
    assert sanction.serious


def edit(sanction, *, at, by=None, **more):
    given = made.ground(sanction.case, at=at) | {"facts": "改正后的事实。"} | more
    return proposing.edit_proposal(
        sanction=sanction, measures=[made.measure("health-grading")], by=by or sanction.proposed_by, at=at,
        **({"expected_version": sanction.version} | given),
    )  # fmt: skip


def test_a_proposal_sent_back_is_changed_by_its_author_and_reviewed(insurance, insurance_section_head, now):
    sanction = made.proposed(insurance, at=now)
    with pytest.raises(BadInput):
        proposing.send_back(sanction=sanction, reason=" ", by=insurance_section_head, at=now)
    with pytest.raises(FourEyes):
        proposing.send_back(sanction=sanction, reason="补充", by=sanction.proposed_by, at=now)
    proposing.send_back(sanction=sanction, reason="补充依据", by=insurance_section_head, at=now)
    with pytest.raises(WrongState):
        proposing.review_proposal(sanction=sanction, by=insurance_section_head, at=now)
    with pytest.raises(Stale):
        edit(sanction, at=now, expected_version=1)
    with pytest.raises(FourEyes):
        edit(sanction, at=now, by=insurance_section_head)
    edit(sanction, at=now)
    assert (sanction.facts, sanction.returned_at, sanction.reason) == ("改正后的事实。", None, "")
    assert [each.code for each in sanction.measures.all()] == ["health-grading"]
    with pytest.raises(FourEyes):
        proposing.review_proposal(sanction=sanction, by=sanction.proposed_by, at=now)
    proposing.review_proposal(sanction=sanction, by=insurance_section_head, at=now)
    with pytest.raises(WrongState):
        edit(sanction, at=now)


def test_what_is_longer_than_is_kept_is_refused(insurance, insurance_section_head, now):
    sanction = made.proposed(insurance, at=now)
    with pytest.raises(BadInput) as long:
        proposing.send_back(sanction=sanction, reason="长" * 4001, by=insurance_section_head, at=now)
    assert long.value.field == "reason"


def test_a_proposal_is_withdrawn_with_a_reason(insurance, now):
    sanction = made.heard(insurance, at=now)
    with pytest.raises(BadInput):
        proposing.withdraw_sanction(sanction=sanction, reason="", by=sanction.proposed_by, at=now)
    proposing.withdraw_sanction(sanction=sanction, reason="事实有误", by=sanction.proposed_by, at=now)
    assert (sanction.status, sanction.reason, sanction.ended_at) == ("withdrawn", "事实有误", now)
    with pytest.raises(WrongState):
        proposing.withdraw_sanction(sanction=sanction, reason="事实有误", by=sanction.proposed_by, at=now)


# -- the hearing -------------------------------------------------------------------------------------------------
def test_nobody_is_sanctioned_unheard(insurance, insurance_deputy_head, now):
    sanction = made.reviewed(insurance, at=now)
    with pytest.raises(WrongState, match=r"\w"):
        determining.determine(sanction=sanction, findings="认定", by=insurance_deputy_head, at=now)
    sanction.refresh_from_db()
    assert (sanction.status, sanction.determination_document) == ("proposed", None)


def test_a_notice_waits_for_the_review_and_leaves_five_days(insurance, now):
    sanction = made.proposed(insurance, at=now)
    given = {"sanction": sanction, "intended": "拟认定失信。", "by": handler(insurance), "at": now}
    with pytest.raises(WrongState):
        hearing.draft_notice(days=5, **given)
    with pytest.raises(BadInput) as short:
        hearing.draft_notice(days=4, **given)
    assert short.value.field == "days"
    with pytest.raises(BadInput):
        hearing.draft_notice(days=5, **(given | {"intended": ""}))


def test_who_wrote_the_notice_does_not_sign_it_and_there_is_one(insurance, now):
    sanction = made.reviewed(insurance, at=now)
    notice = made.hear(sanction, at=now, until="drafted")
    with pytest.raises(FourEyes):
        hearing.sign_notice(hearing=notice, by=notice.drafted_by, at=now)
    with pytest.raises(
        WrongState
    ):  # stands: AlreadyDone is no WrongState, another notice only once this one is gone
        hearing.serve_notice(
            hearing=notice, served_on=local_date(now), served_how="直接送达", by=notice.drafted_by, at=now
        )
    from core.refusals import AlreadyDone

    with pytest.raises(AlreadyDone):
        made.hear(sanction, at=now, until="drafted")
    with pytest.raises(BadInput):
        hearing.discard_notice(hearing=notice, reason="", by=notice.drafted_by, at=now)
    hearing.discard_notice(hearing=notice, reason="写错", by=notice.drafted_by, at=now)
    assert made.hear(sanction, at=now, until="signed").document.kind == "sanction_notice"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"served_on": dt.date(2026, 11, 15)}, "served_on"),
        ({"served_on": dt.date(2026, 11, 17)}, "served_on"),
        ({"served_on": dt.date(1990, 1, 1)}, "served_on"),
        ({"served_how": ""}, "served_how"),
    ],
)
def test_a_service_is_recorded_by_its_day(insurance, now, given, field):
    notice = made.hear(made.reviewed(insurance, at=now), at=now, until="signed")
    full = {"served_on": local_date(now), "served_how": "邮寄"} | given
    with pytest.raises(BadInput) as refused:
        hearing.serve_notice(hearing=notice, by=handler(insurance), at=now, **full)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "shouted"}, "outcome"),
        ({"outcome": "silent"}, "outcome"),
        ({"outcome": "statement", "said": "请求从轻"}, "said_on"),
        ({"outcome": "statement", "said_on": dt.date(2026, 11, 16)}, "said"),
        ({"outcome": "statement", "said": "请求从轻", "said_on": dt.date(2026, 11, 15)}, "said_on"),
        ({"outcome": "statement", "said": "请求从轻", "said_on": dt.date(2026, 11, 17)}, "said_on"),
        ({"outcome": "waived", "said_on": dt.date(2026, 11, 16)}, "scan"),
        ({"outcome": "silent", "final": True}, "final"),
    ],
)
def test_what_the_subject_did_is_recorded_truly(insurance, now, given, field):
    notice = made.hear(made.reviewed(insurance, at=now), at=now, until="served")
    assert notice.due_on == dt.date(2026, 11, 23)  # five working days from Monday
    with pytest.raises(BadInput) as refused:
        hearing.record_statement(hearing=notice, by=handler(insurance), at=now, **given)
    assert field in refused.value.faults


def test_silence_counts_once_the_time_is_over(insurance, now):
    sanction = made.reviewed(insurance, at=now)
    notice = made.hear(sanction, at=now, until="served")
    with pytest.raises(BadInput):
        hearing.record_statement(
            hearing=notice, outcome="silent", said="有话", by=handler(insurance), at=now + 10 * DAY
        )
    with pytest.raises(BadInput):
        hearing.record_statement(hearing=notice, outcome="silent", by=handler(insurance), at=now + 7 * DAY)
    hearing.record_statement(hearing=notice, outcome="silent", by=handler(insurance), at=now + 8 * DAY)
    with pytest.raises(BadInput):
        hearing.answer_statement(hearing=notice, answer="", by=handler(insurance), at=now + 8 * DAY)
    hearing.answer_statement(hearing=notice, answer="期满未提出。", by=handler(insurance), at=now + 8 * DAY)
    sanction.refresh_from_db()
    assert sanction.status == "heard"


def test_who_may_still_speak_is_waited_for(members, insurance, insurance_deputy_head, now):
    sanction = made.reviewed(insurance, at=now)
    notice = made.hear(sanction, at=now, until="served")
    given = {"outcome": "statement", "said": "请求从轻。", "said_on": local_date(now)}
    hearing.record_statement(hearing=notice, by=handler(insurance), at=now, **given)
    hearing.answer_statement(hearing=notice, answer="不予采纳。", by=handler(insurance), at=now)
    sanction = made.fresh(sanction)
    act = {"sanction": sanction, "findings": "认定失信。", "by": insurance_deputy_head}
    with pytest.raises(WrongState) as waits:
        determining.determine(at=now + 7 * DAY, **act)  # its last day
    assert "2026-11-23" in str(waits.value)
    with time_machine.travel(now, tick=False):
        assert "2026" in reading.next_of(sanction, notice, [])[1]
    with time_machine.travel(now + 8 * DAY, tick=False):
        assert "2026" not in reading.next_of(sanction, notice, [])[1]
    determining.determine(at=now + 8 * DAY, **act)
    assert made.fresh(sanction).status == "decided"


def test_a_departments_own_hearing_waits_too(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, insurance, "suspend-designation", at=now)
    own = made.heard_row(sanction, task, at=now)
    Hearing.objects.filter(pk=own.pk).update(final=False)
    given = {"task": task, "by": made.somebody(insurance, Role.DEPUTY_HEAD)}
    with pytest.raises(WrongState):
        tasks.decide_measures(at=now + 7 * DAY, decision_number="决1", decided_on=local_date(now), **given)
    tasks.decide_measures(at=now + 8 * DAY, decision_number="决1", decided_on=local_date(now), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=own.pk).update(final=True, outcome="silent", said="", said_on=None)


def test_a_waiver_is_kept_with_its_scan(insurance, now):
    notice = made.hear(made.reviewed(insurance, at=now), at=now, outcome="waived")
    assert (notice.outcome, notice.name, notice.status) == ("waived", "放弃陈述申辩书.pdf", "answered")


def test_a_hearing_ends_with_its_sanction(insurance, now):
    sanction = made.reviewed(insurance, at=now)
    notice = made.hear(sanction, at=now, until="served")
    proposing.withdraw_sanction(sanction=sanction, reason="事实有误", by=sanction.proposed_by, at=now)
    with pytest.raises(WrongState):
        hearing.record_statement(
            hearing=notice,
            outcome="statement",
            said="有话",
            said_on=local_date(now),
            by=handler(insurance),
            at=now,
        )


# -- the determination -------------------------------------------------------------------------------------------
def test_who_proposed_or_reviewed_does_not_determine(insurance, now):
    sanction = made.heard(insurance, at=now)
    for by in (sanction.proposed_by, sanction.reviewed_by):
        with pytest.raises(FourEyes):
            determining.determine(sanction=sanction, findings="认定", by=by, at=now)
        with pytest.raises(FourEyes):
            determining.not_determine(sanction=sanction, reason="证据不足", by=by, at=now)


def test_a_determination_has_findings_and_is_made_once(members, insurance, insurance_deputy_head, now):
    sanction = made.heard(insurance, at=now)
    with pytest.raises(BadInput):
        determining.determine(sanction=sanction, findings=" ", by=insurance_deputy_head, at=now)
    determining.determine(sanction=sanction, findings="认定失信。", by=insurance_deputy_head, at=now)
    with pytest.raises((WrongState, MovedOn)):
        determining.determine(sanction=sanction, findings="认定失信。", by=insurance_deputy_head, at=now)
    assert sanction.tasks.count() == 0
    assert send_out(now) == 1
    assert send_out(now) == 0
    assert sanction.tasks.count() == 6


def test_a_decision_taken_up_again_meanwhile_is_no_ground(insurance, insurance_deputy_head, now):
    from cases.actions.strands.deciding import redo

    sanction = made.heard(insurance, at=now)
    redo(strand=sanction.strand, reason="复议", by=insurance_deputy_head, at=now)
    sanction = made.fresh(sanction)
    with pytest.raises(WrongState):
        determining.determine(sanction=sanction, findings="认定", by=insurance_deputy_head, at=now)


def test_the_authority_may_not_determine_it(insurance, insurance_deputy_head, now):
    sanction = made.heard(insurance, at=now)
    with pytest.raises(BadInput):
        determining.not_determine(sanction=sanction, reason="", by=insurance_deputy_head, at=now)
    determining.not_determine(sanction=sanction, reason="证据不足", by=insurance_deputy_head, at=now)
    assert (sanction.status, sanction.reason) == ("not_determined", "证据不足")
    assert (
        Notification.objects.filter(
            verb="sanction.was_not_determined", recipient=sanction.proposed_by
        ).count()
        == 1
    )


def test_only_departments_with_a_measure_for_such_a_subject_are_asked(
    members, insurance, health, market, now
):
    from cases.enums import SubjectKind

    shop = make_subject(insurance.region, name="青禾大药房", kind=SubjectKind.PHARMACY, at=now)
    case = made.decided_case(insurance, at=now, subject=shop)
    sanction = made.in_force(insurance, at=now, case=case, codes=("market-quality",))
    asked = {task.department for task in sanction.tasks.all()}
    assert market in asked
    assert health not in asked  # it has no measure against a pharmacy
    assert not sanction.tasks.filter(coordinates=True).exists()


def test_the_reform_department_coordinates_serious_ones(members, insurance, reform, now):
    serious = {
        "major_loss": True,
        "especially_serious": True,
        "especially_bad": True,
        "criteria_reason": "损失逾百万元。",
    }
    sanction = made.in_force(insurance, at=now, codes=("serious-breach",), **serious)
    assert sanction.tasks.get(coordinates=True).department == reform
    made.decided(sanction, reform, "serious-breach", at=now)
    entry = ListEntry.objects.get()
    assert (entry.kind, entry.status, entry.amount, entry.unit) == ("serious", "proposed", 3, "year")


# -- the tasks ---------------------------------------------------------------------------------------------------
def test_a_task_is_taken_in_by_somebody_of_the_department(
    members, insurance, health, health_handler, insurance_handler, now
):
    sanction = made.in_force(insurance, at=now)
    task = made.task_of(sanction, health)
    with pytest.raises(BadInput) as foreign:
        tasks.acknowledge(task=task, person=insurance_handler, by=health_handler, at=now)
    assert foreign.value.field == "person"
    other = made.somebody(health, Role.SECTION_HEAD)
    tasks.acknowledge(task=task, person=health_handler, by=other, at=now)
    assert (task.status, task.person) == ("acknowledged", health_handler)
    assert Notification.objects.filter(verb="sanction.task_is_yours", recipient=health_handler).count() == 1
    with pytest.raises(WrongState):
        tasks.acknowledge(task=task, by=health_handler, at=now)
    with pytest.raises(BadInput):
        tasks.reassign_task(task=task, person=insurance_handler, by=other, at=now)
    tasks.reassign_task(task=task, person=other, by=other, at=now)
    assert task.person == other
    tasks.reassign_task(task=task, person=health_handler, by=other, at=now)
    assert Notification.objects.filter(verb="sanction.task_is_yours", recipient=health_handler).count() == 2


@pytest.mark.parametrize(
    ("code", "more", "field"),
    [
        ("suspend-designation", {}, "measure"),  # another department's
        ("staff-promotion", {}, "measure"),  # not for an institution
        ("health-grading", {"amount": None, "unit": ""}, "amount"),
        ("health-grading", {"amount": 12, "unit": ""}, "amount"),
        ("health-grading", {"amount": 3000, "unit": "year"}, "amount"),
        ("health-grading", {"amount": 12, "unit": "month", "until": dt.date(2027, 1, 1)}, "until"),
        ("health-grading", {"amount": None, "unit": "", "until": dt.date(2026, 11, 15)}, "until"),
        ("health-grading", {"since": dt.date(2026, 11, 15)}, "since"),
        ("health-grading", {"since": dt.date(2099, 1, 1)}, "since"),
    ],
)
def test_a_measure_that_cannot_be_right_is_refused(members, insurance, health, now, code, more, field):
    sanction = made.in_force(insurance, at=now)
    made.taken_in(sanction, health, at=now)
    with pytest.raises(BadInput) as refused:
        made.drafted(sanction, health, code, at=now, **more)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("code", "wrong", "right", "field"),
    [
        ("suspend-designation", {"amount": 5, "unit": "month"}, {"amount": 6, "unit": "month"}, "amount"),
        ("suspend-designation", {"amount": 13, "unit": "month"}, {"amount": 1, "unit": "year"}, "amount"),
        ("suspend-designation", {"amount": 180, "unit": "day"}, {"amount": 181, "unit": "day"}, "amount"),
        ("suspend-designation", {"until": dt.date(2027, 5, 15)}, {"until": dt.date(2027, 5, 16)}, "until"),
        ("suspend-designation", {"until": dt.date(2027, 11, 17)}, {"until": dt.date(2027, 11, 16)}, "until"),
        ("insured-settlement", {"amount": 2, "unit": "month"}, {"amount": 3, "unit": "month"}, "amount"),
        ("insured-settlement", {"amount": 2, "unit": "year"}, {"amount": 12, "unit": "month"}, "amount"),
    ],
)
def test_a_term_the_law_does_not_allow_is_refused(members, insurance, now, code, wrong, right, field):
    from cases.enums import SubjectKind

    kind = SubjectKind.INSURED if code.startswith("insured") else SubjectKind.INSTITUTION
    subject = make_subject(insurance.region, name="某某", kind=kind, at=now)
    sanction = made.in_force(
        insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject), codes=(code,)
    )
    made.taken_in(sanction, insurance, at=now)
    none = {"amount": None, "unit": ""}
    with pytest.raises(BadInput) as refused:
        made.drafted(sanction, insurance, code, at=now, **(none | wrong))
    assert set(refused.value.faults) == {field} and "《医疗保障基金使用监督管理条例》第" in str(refused.value)
    task = made.drafted(sanction, insurance, code, at=now, **(none | right))
    assert task.applied.count() == 1


def test_a_term_that_gets_too_short_by_the_day_of_the_decision_is_refused(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(
        sanction, insurance, "suspend-designation", at=now, amount=None, unit="", until=dt.date(2027, 5, 16)
    )
    made.heard_row(sanction, task, at=now)
    with pytest.raises(BadInput) as refused:
        tasks.decide_measures(task=task, by=made.somebody(insurance, Role.DEPUTY_HEAD), at=now + DAY)
    assert set(refused.value.faults) == {"until"}


def test_a_measure_switched_off_twice_or_against_somebody_else_is_refused(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    made.drafted(sanction, health, "health-grading", at=now)
    with pytest.raises(BadInput) as twice:
        made.drafted(sanction, health, "health-grading", at=now)
    assert twice.value.field == "measure"
    other = make_subject(insurance.region, name="别的医院", at=now)
    with pytest.raises(BadInput) as foreign:
        made.drafted(sanction, health, "health-honours", at=now, subject=other)
    assert foreign.value.field == "subject"
    made.measure("health-honours").__class__.objects.filter(code="health-honours").update(active=False)
    with pytest.raises(BadInput) as off:
        made.drafted(sanction, health, "health-honours", at=now)
    assert off.value.field == "measure"


@pytest.mark.parametrize("code", ["permanent-blacklist", "cancel-designation"])
def test_what_follows_from_a_measure_has_its_ground_and_no_term_of_its_own(members, insurance, now, code):
    sanction = made.in_force(insurance, at=now)
    with pytest.raises(BadInput):
        made.drafted(sanction, insurance, code, at=now, amount=3, unit="year")


def test_serious_measures_need_a_serious_determination(members, insurance, reform, now):
    sanction = made.in_force(insurance, at=now)
    with pytest.raises(BadInput) as refused:
        made.drafted(sanction, reform, "serious-breach", at=now)
    assert refused.value.field == "measure"


def test_a_responsible_person_is_barred_for_five_years(members, insurance, now):
    from cases.enums import SubjectKind

    hospital = make_subject(insurance.region, at=now)
    boss = make_subject(insurance.region, name="王院长", kind=SubjectKind.PRACTITIONER, at=now)
    case = made.decided_case(insurance, at=now, subjects=[hospital, boss], subject=hospital)
    sanction = made.in_force(
        insurance, at=now, case=case, subject=hospital, codes=("responsible-person-bar",)
    )
    with pytest.raises(BadInput) as body:
        made.drafted(sanction, insurance, "responsible-person-bar", at=now)
    assert body.value.field == "subject"
    for wrong in ({"amount": 4, "unit": "year"}, {"amount": None, "unit": ""}):
        with pytest.raises(BadInput) as term:
            made.drafted(sanction, insurance, "responsible-person-bar", at=now, subject=boss, **wrong)
        assert term.value.field == "amount"
    made.decided(
        sanction, insurance, "responsible-person-bar", at=now, subject=boss, amount=60, unit="month"
    )  # the same
    bar = Bar.objects.get()
    assert (bar.subject, bar.because_of, bar.ground) == (boss, hospital, "responsible_person")
    assert (bar.since, bar.until) == (dt.date(2026, 11, 16), dt.date(2031, 11, 16))
    assert (bar.amount, bar.unit) == (5, "year")


def test_a_department_hears_the_subject_where_the_law_asks_for_it(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, insurance, "suspend-designation", at=now)
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    with pytest.raises(WrongState):
        tasks.decide_measures(task=task, by=deputy, at=now)
    made.hear(sanction, task=task, at=now)
    tasks.decide_measures(task=task, by=deputy, at=now)
    assert Hearing.objects.filter(task=task, status="answered").count() == 1
    assert task.applied.get().until == dt.date(2027, 5, 16)


def test_who_drafted_does_not_decide_and_nothing_is_not_decided(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.taken_in(sanction, health, at=now)
    deputy = made.somebody(health, Role.DEPUTY_HEAD)
    with pytest.raises(BadInput):
        tasks.decide_measures(task=task, by=deputy, at=now)
    made.drafted(sanction, health, "health-grading", at=now)
    task.refresh_from_db()
    with pytest.raises(FourEyes):
        tasks.decide_measures(task=task, by=task.drafted_by, at=now)
    with pytest.raises(FourEyes):
        tasks.refuse_measures(task=task, reason="不适用", by=task.drafted_by, at=now)
    with pytest.raises(BadInput):
        tasks.refuse_measures(task=task, reason=" ", by=deputy, at=now)
    tasks.refuse_measures(task=task, reason="该院未参加评级", by=deputy, at=now)
    assert (task.status, task.reason) == ("refused", "该院未参加评级")
    assert task.applied.get().status == "dropped"
    assert Notification.objects.filter(verb="sanction.was_refused").exists()


def test_a_drafted_measure_is_taken_out(members, insurance, health, health_handler, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-grading", at=now)
    row = task.applied.select_related("task").get()
    tasks.drop_measure(applied=row, by=health_handler, at=now)
    assert row.status == "dropped"
    assert (
        made.drafted(sanction, health, "health-grading", at=now).applied.filter(status="draft").count() == 1
    )


def test_no_measure_begins_before_it_is_decided(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-grading", at=now)
    tasks.decide_measures(task=task, by=made.somebody(health, Role.DEPUTY_HEAD), at=now + 3 * DAY)
    row = task.applied.get()
    assert (row.since, row.until) == (dt.date(2026, 11, 19), dt.date(2027, 11, 19))


def test_a_last_day_that_passed_before_the_decision_is_refused(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(
        sanction, health, "health-grading", at=now, amount=None, unit="", until=dt.date(2026, 11, 17)
    )
    with pytest.raises(BadInput) as late:
        tasks.decide_measures(task=task, by=made.somebody(health, Role.DEPUTY_HEAD), at=now + 3 * DAY)
    assert late.value.field == "until"


def test_a_decision_issued_elsewhere_is_taken_by_its_number(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-grading", at=now)
    deputy = made.somebody(health, Role.DEPUTY_HEAD)
    tasks.decide_measures(task=task, decision_number=" 青卫健决〔2026〕7号 ", decided_on=local_date(now), by=deputy, at=now)
    assert (task.decision_number, task.decision_document) == ("青卫健决〔2026〕7号", None)
    assert task.applied.get().decision_number == "青卫健决〔2026〕7号"


def test_a_bar_begins_on_the_day_of_the_cancellation_issued_elsewhere(members, insurance, now):
    cancelled = local_date(now) - 14 * DAY
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",), decided_on=cancelled)
    task = made.drafted(sanction, insurance, "cancel-designation", "agreement-terms", at=now)
    made.heard_row(sanction, task, at=now)
    later = made.measure("suspend-designation")
    worker, deputy = handler(insurance), made.somebody(insurance, Role.DEPUTY_HEAD)
    tasks.add_measure(
        task=task, measure=made.measure("periodic-report"), since=local_date(now) - 3 * DAY, amount=1, unit="year",
        by=worker, at=now,
    )  # fmt: skip
    with pytest.raises(BadInput):
        tasks.add_measure(
            task=task, measure=later, since=cancelled - DAY, amount=6, unit="month", by=worker, at=now
        )
    given = {"task": task, "by": deputy, "at": now + 3 * DAY}
    for number, day in (
        ("医保解1号", None), ("医保解1号", cancelled - DAY), ("医保解1号", local_date(now) + 4 * DAY),
        ("医保解1号", dt.date(1900, 1, 1)), ("", cancelled),
    ):  # fmt: skip
        with pytest.raises(BadInput) as wrong:
            tasks.decide_measures(decision_number=number, decided_on=day, **given)
        assert set(wrong.value.faults) == {"decided_on"}
    tasks.decide_measures(decision_number="医保解1号", decided_on=cancelled, **given)
    rows = {row.measure.code: row for row in task.applied.select_related("measure")}
    assert {row.decided_on for row in rows.values()} == {cancelled}
    assert rows["agreement-terms"].since == cancelled
    assert rows["periodic-report"].since == local_date(now) - 3 * DAY  # a day of its own
    bar = Bar.objects.get()
    assert (bar.since, bar.until) == (cancelled, dt.date(2029, 11, 2))
    tasks.execute_measure(
        applied=rows["cancel-designation"], executed_on=cancelled, execution="已执行。", proof=pdf("公告.pdf"), by=worker,
        at=now + 3 * DAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"proof": None}, "proof"),
        ({"execution": ""}, "execution"),
        ({"executed_on": dt.date(2026, 11, 15)}, "executed_on"),
        ({"executed_on": dt.date(2026, 11, 17)}, "executed_on"),
    ],
)
def test_an_execution_has_its_day_and_its_proof(
    members, insurance, health, health_handler, now, given, field
):
    sanction = made.in_force(insurance, at=now)
    row = (
        made.decided(sanction, health, "health-grading", at=now)
        .applied.select_related("task", "measure")
        .get()
    )
    full = {"executed_on": local_date(now), "execution": "已执行。", "proof": pdf("文件.pdf")} | given
    with pytest.raises(BadInput) as refused:
        tasks.execute_measure(applied=row, by=health_handler, at=now, **full)
    assert refused.value.field == field


def test_the_feedback_waits_for_the_last_execution(members, insurance, health, health_handler, now):
    sanction = made.in_force(insurance, at=now)
    task = made.decided(sanction, health, "health-grading", "health-honours", at=now)
    with pytest.raises(WrongState):
        tasks.feed_back(task=task, feedback="已执行。", by=health_handler, at=now)
    rows = list(task.applied.select_related("task", "measure").order_by("pk"))
    given = {"executed_on": local_date(now), "execution": "已执行。", "by": health_handler, "at": now}
    tasks.execute_measure(applied=rows[0], proof=pdf("一.pdf"), **given)
    with pytest.raises(WrongState):
        tasks.execute_measure(applied=rows[0], proof=pdf("一.pdf"), **given)
    task.refresh_from_db()
    assert task.status == "decided"
    tasks.execute_measure(applied=rows[1], proof=pdf("二.pdf"), **given)
    task.refresh_from_db()
    assert task.status == "executed"
    with pytest.raises(BadInput):
        tasks.feed_back(task=task, feedback="", by=health_handler, at=now)


def test_a_department_without_an_account_is_entered_by_the_authority(members, insurance, finance, now):
    type(finance).objects.filter(pk=finance.pk).update(has_account=False)
    sanction = made.in_force(insurance, at=now)
    task = made.task_of(sanction, finance)
    entered = made.somebody(insurance, Role.HANDLER)
    tasks.acknowledge(task=task, by=entered, at=now)
    tasks.add_measure(
        task=task, measure=made.measure("fund-performance"), amount=1, unit="year", by=entered, at=now
    )
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    with pytest.raises(BadInput) as number:
        tasks.decide_measures(task=task, by=deputy, at=now)
    assert number.value.field == "decision_number"
    tasks.decide_measures(task=task, decision_number="青财决〔2026〕3号", decided_on=local_date(now), by=deputy, at=now)
    assert task.status == "decided"


def test_each_act_stands_once_on_the_record(members, insurance, health, now):
    before = Event.objects.filter(verb__startswith="sanction.").count()
    sanction = made.in_force(insurance, at=now, printed=True)
    made.fed_back(sanction, health, "health-grading", at=now)
    verbs = list(
        Event.objects.filter(verb__startswith="sanction.")
        .order_by("pk")
        .values_list("verb", flat=True)[before:]
    )
    assert [verb for verb in verbs if verb != "sanction.task_sent"] == [
        "sanction.proposed", "sanction.reviewed", "sanction.notice_drafted", "sanction.notice_signed",
        "sanction.notice_served", "sanction.statement_recorded", "sanction.statement_answered", "sanction.determined",
        "sanction.sent_out", "sanction.task_acknowledged", "sanction.measure_drafted", "sanction.measures_decided",
        "sanction.measure_executed", "sanction.task_fed_back",
    ]  # fmt: skip
    assert verbs.count("sanction.task_sent") == MeasureTask.objects.filter(sanction=sanction).count() == 6
