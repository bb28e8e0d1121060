"""Reviews, annulment, early lifting, changes, and the end of terms by themselves."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cases.actions.strands.deciding import decide_strand, redo
from cases.actions.strands.investigating import terminate
from core.dates import local_date
from core.refusals import BadInput, FourEyes, Refused, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import User
from journal.models import Event, Notification
from sanctions import workbench
from sanctions.actions import bulk_expiry, bulk_sending, lists, standing, weights
from sanctions.actions.bulk_expiry import expire_due
from sanctions.actions.bulk_sending import send_out
from sanctions.actions.determining import determine
from sanctions.actions.measures import decide_measures, execute_measure, feed_back, refuse_measures
from sanctions.actions.proposing import withdraw_sanction
from sanctions.bars import bar_term
from sanctions.models import AppliedMeasure, Bar, ListEntry, MeasureTask
from sanctions.reading import track
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf

DAY = dt.timedelta(days=1)


def deputy(department):
    return made.somebody(department, Role.DEPUTY_HEAD)


def head(department):
    return made.somebody(department, Role.HEAD)


@pytest.fixture
def barred(members, insurance, now):
    """A determination with a cancellation decided by the insurance department and an honour measure executed by health."""
    case = made.decided_case(insurance, at=now)
    sanction = made.in_force(
        insurance, at=now, case=case, codes=("permanent-blacklist",), **made.judged(at=now)
    )
    made.executed(sanction, insurance, "cancel-designation", "permanent-blacklist", at=now)
    lists.approve_entry(entry=ListEntry.objects.select_related("department", "subject", "sanction__case").get(),
                        by=head(insurance), at=now)  # fmt: skip
    made.executed(sanction, members[1], "health-grading", at=now)
    refused = made.taken_in(sanction, members[3], at=now)
    refuse_measures(task=refused, reason="无专项资金", by=deputy(members[3]), at=now)
    return made.fresh(sanction)


@pytest.fixture
def by_decision(members, insurance, now):
    """The same on the ground of a decision, with a cancellation and a drafted measure of another department."""
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    made.decided(sanction, insurance, "cancel-designation", at=now)
    made.drafted(sanction, members[1], "health-grading", at=now)
    return made.fresh(sanction)


def states(sanction):
    return (
        sorted(AppliedMeasure.objects.filter(sanction=sanction).values_list("status", flat=True)),
        list(Bar.objects.filter(sanction=sanction).values_list("status", flat=True)),
        list(ListEntry.objects.filter(sanction=sanction).values_list("status", flat=True)),
    )


def test_while_a_review_lasts_nothing_counts_and_then_it_counts_again(barred, insurance, health, now):
    with pytest.raises(BadInput):
        standing.suspend_sanction(sanction=barred, reason=" ", by=head(insurance), at=now)
    with pytest.raises(WrongState):
        standing.resume_sanction(sanction=barred, reason="复核结束", by=head(insurance), at=now)
    standing.suspend_sanction(sanction=barred, reason="二审发回", by=head(insurance), at=now)
    assert states(barred) == (["suspended"] * 3, ["suspended"], ["suspended"])
    with pytest.raises(WrongState):
        standing.suspend_sanction(sanction=barred, reason="二审发回", by=head(insurance), at=now)
    task = made.task_of(barred, health)
    paused = Deadline.objects.get(
        target_kind="measure_task", target_id=task.pk, rule_code="sanction_feedback"
    )
    assert paused.status == "paused"
    from sanctions.actions.measures import feed_back

    with pytest.raises(WrongState):
        feed_back(task=task, feedback="已执行。", by=made.somebody(health, Role.HANDLER), at=now)
    standing.resume_sanction(
        sanction=made.fresh(barred), reason="维持原判", by=head(insurance), at=now + DAY
    )
    assert states(barred) == (["executed"] * 3, ["in_force"], ["listed"])
    paused.refresh_from_db()
    assert paused.status == "running"
    assert Notification.objects.filter(verb="sanction.task_was_resumed").exists()


def test_a_reversal_lifts_everything_and_tells_every_department(barred, members, insurance, now):
    with pytest.raises(BadInput):
        standing.annul_sanction(sanction=barred, reason="", by=head(insurance), at=now)
    with pytest.raises(Refused):  # it stands on the permanent list: the head's
        standing.annul_sanction(sanction=barred, reason="改判无罪", number="（2026）青刑再1号", by=deputy(insurance), at=now)
    chief = User.objects.get(pk=head(insurance).pk)
    with pytest.raises(BadInput):
        standing.annul_sanction(sanction=barred, reason="改判无罪", by=chief, at=now)
    day = local_date(now)
    for wrong in (None, day - DAY, day + DAY):  # the bar runs since today
        with pytest.raises(BadInput) as refused:
            standing.annul_sanction(
                sanction=barred, reason="改判无罪", number="再1号", reversed_on=wrong, by=chief, at=now
            )
        assert set(refused.value.faults) == {"reversed_on"}
    lifted = standing.annul_sanction(
        sanction=barred, reason="改判无罪", number="（2026）青刑再1号", reversed_on=local_date(now), by=chief, at=now
    )  # fmt: skip
    assert lifted == [
        "取消医保定点资格",
        "限制申请期",
        "列入永久性“黑名单”",
        "永久性黑名单",
        "与医疗机构评级挂钩",
    ]
    assert states(barred) == (["lifted"] * 3, ["lifted"], ["removed"])
    assert barred.status == "lifted"
    bar = Bar.objects.get()
    assert (bar.end_number, bar.reversed_on) == ("（2026）青刑再1号", day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bar.objects.filter(pk=bar.pk).update(reversed_on=None)
    assert set(barred.tasks.values_list("status", flat=True)) == {"cancelled", "refused"}
    assert not Deadline.objects.open().filter(target_kind="measure_task").exists()
    told = Notification.objects.filter(verb="sanction.was_annulled", target_kind="measure_task")
    assert set(told.values_list("department_id", flat=True)) >= {insurance.pk, members[1].pk}
    with pytest.raises(WrongState):
        standing.annul_sanction(sanction=barred, reason="再次", by=head(insurance), at=now)


def test_who_determined_or_decided_does_not_undo_it_alone(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    applied = made.decided(sanction, insurance, "agreement-terms", at=now).applied.get()
    sanction, alone = made.fresh(sanction), deputy(insurance)
    with pytest.raises(FourEyes):
        standing.suspend_sanction(sanction=sanction, reason="复议", by=alone, at=now)
    with pytest.raises(FourEyes):
        standing.annul_sanction(sanction=sanction, reason="撤销", by=alone, at=now)
    with pytest.raises(FourEyes):
        weights.lift_measure(applied=applied, reason="有误", by=alone, at=now)
    with pytest.raises(FourEyes):
        change(applied, at=now, by=alone)
    standing.suspend_sanction(sanction=sanction, reason="复议", by=head(insurance), at=now)
    with pytest.raises(FourEyes):
        standing.resume_sanction(sanction=made.fresh(sanction), reason="维持", by=alone, at=now)
    assert made.fresh(sanction).suspended_at == now


def test_a_decision_taken_up_again_suspends_and_a_new_one_carries(by_decision, insurance, now):
    strand = by_decision.strand
    redo(strand=strand, reason="行政复议", by=deputy(insurance), at=now)
    sanction = made.fresh(by_decision)
    assert sanction.suspended_at == now
    assert states(sanction)[1] == ["suspended"]
    decide_strand(
        strand=strand, disposition="penalty", basis="条例第四十条", findings="查实。", decision_number="青医保罚〔2026〕9号",
        known=True, by=deputy(insurance), at=now + DAY,
    )  # fmt: skip
    sanction = made.fresh(by_decision)
    assert (sanction.decision_number, sanction.suspended_at) == ("青医保罚〔2026〕9号", None)
    assert sanction.decided_on == dt.date(2026, 11, 17)
    assert states(sanction)[1] == ["in_force"]
    assert Event.objects.filter(verb="sanction.rests_anew", target_id=sanction.pk).count() == 1


def test_what_somebody_suspended_stays_so_after_a_decision_taken_anew(by_decision, insurance, now):
    standing.suspend_sanction(sanction=by_decision, reason="当事人复议", by=head(insurance), at=now)
    strand = by_decision.strand
    redo(strand=strand, reason="复核", by=deputy(insurance), at=now)
    decide_strand(
        strand=strand, disposition="penalty", basis="条例第四十条", findings="查实。", decision_number="青医保罚〔2026〕9号",
        known=True, by=deputy(insurance), at=now + DAY,
    )  # fmt: skip
    sanction = made.fresh(by_decision)
    assert (sanction.decision_number, sanction.reason) == ("青医保罚〔2026〕9号", "当事人复议")
    assert sanction.suspended_at == now
    assert states(sanction)[1] == ["suspended"]


def test_what_was_proposed_on_a_decision_that_was_replaced_is_not_determined(members, insurance, now):
    case = made.decided_case(insurance, at=now)
    sanction, strand = made.heard(insurance, at=now, case=case), case.strands.get()
    redo(strand=strand, reason="行政复议", by=deputy(insurance), at=now)
    decide_strand(
        strand=strand, disposition="penalty", basis="条例第四十条", findings="查实。", decision_number="青医保罚〔2026〕9号",
        known=True, by=deputy(insurance), at=now,
    )  # fmt: skip
    with pytest.raises(WrongState, match="青医保罚〔2026〕9号"):
        determine(sanction=made.fresh(sanction), findings="认定失信。", by=deputy(insurance), at=now)
    assert made.fresh(sanction).status == "heard"
    withdraw_sanction(sanction=made.fresh(sanction), reason="决定已变更", by=deputy(insurance), at=now)
    assert made.proposed(insurance, at=now, case=case).decision_number == "青医保罚〔2026〕9号"


def test_an_annulled_decision_annuls_what_rests_on_it(by_decision, insurance, now):
    strand = by_decision.strand
    redo(strand=strand, reason="行政复议", by=deputy(insurance), at=now)
    decide_strand(
        strand=strand,
        disposition="no_penalty",
        basis="行政处罚法第三十三条",
        findings="轻微。",
        by=deputy(insurance),
        at=now,
    )
    sanction = made.fresh(by_decision)
    assert sanction.status == "lifted"
    assert states(sanction) == (["dropped", "lifted"], ["lifted"], [])


def test_a_strand_that_ends_without_a_decision_lets_it_fall(by_decision, insurance, now):
    strand = by_decision.strand
    redo(strand=strand, reason="行政复议", by=deputy(insurance), at=now)
    terminate(strand=strand, reason="主体注销", by=deputy(insurance), at=now)
    assert made.fresh(by_decision).status == "lifted"


def test_who_decides_a_strand_that_nothing_rests_on_changes_no_sanction(barred, insurance, now):
    other = made.decided_case(insurance, at=now, number="青医保罚〔2026〕5号")
    redo(strand=other.strands.get(), reason="复核", by=deputy(insurance), at=now)
    assert made.fresh(barred).suspended_at is None


def test_a_suspended_determination_is_sent_when_it_counts_again(members, insurance, now):
    sanction = made.determined(insurance, at=now)
    standing.suspend_sanction(sanction=sanction, reason="复议", by=head(insurance), at=now)
    assert send_out(now) == 0
    standing.resume_sanction(sanction=made.fresh(sanction), reason="维持", by=head(insurance), at=now)
    assert send_out(now) == 1


# -- early ends and changes ----------------------------------------------------------------------------------------
def cancelled(sanction):
    found = AppliedMeasure.objects.select_related("task__sanction__case", "task__department", "task__person", "measure",
                                                  "sanction__case", "sanction__authority")  # fmt: skip
    return found.get(sanction=sanction, measure__code="cancel-designation")


def test_a_measure_is_lifted_early_with_what_followed_from_it(by_decision, insurance, now):
    applied = cancelled(by_decision)
    with pytest.raises(BadInput):
        weights.lift_measure(applied=applied, reason="", by=head(insurance), at=now)
    with pytest.raises(FourEyes):
        weights.lift_measure(applied=applied, reason="有误", by=applied.task.drafted_by, at=now)
    assert weights.lift_measure(
        applied=applied, reason="决定有误", number="青政复〔2026〕1号", reversed_on=local_date(now), by=head(insurance),
        at=now,
    ) == ["取消医保定点资格", "限制申请期"]
    applied.task.refresh_from_db()
    assert applied.task.status == "executed"  # nothing is left to execute
    with pytest.raises(WrongState):
        weights.lift_measure(applied=applied, reason="决定有误", by=head(insurance), at=now)


def change(applied, *, at, by, **more):
    given = {
        "decision_number": "青医保决〔2026〕8号",
        "since": dt.date(2026, 11, 10),
        "reason": "复议变更",
    } | more
    return weights.change_measure(applied=applied, by=by, at=at, **given)


def test_a_changed_decision_computes_the_bar_anew(by_decision, insurance, now):
    applied = cancelled(by_decision)
    change(applied, at=now, by=head(insurance))
    bar = Bar.objects.get()
    assert (bar.since, bar.until) == (dt.date(2026, 11, 10), dt.date(2029, 11, 10))
    assert (bar.decision_number, applied.decision_number) == ("青医保决〔2026〕8号", "青医保决〔2026〕8号")
    assert applied.since == dt.date(2026, 11, 10)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"decision_number": ""}, "decision_number"),
        ({"amount": 1, "unit": "year"}, "amount"),
        ({"since": dt.date(2026, 11, 20)}, "since"),
        ({"since": dt.date(1990, 1, 1)}, "since"),
    ],
)
def test_a_change_that_cannot_be_right_is_refused(by_decision, insurance, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        change(cancelled(by_decision), at=now, by=head(insurance), **wrong)
    assert refused.value.field == field
    assert Bar.objects.get().until == dt.date(2029, 11, 16)


def test_who_drafted_does_not_change_and_what_is_drafted_is_not_changed(by_decision, health, now):
    applied = cancelled(by_decision)
    with pytest.raises(FourEyes):
        change(applied, at=now, by=applied.task.drafted_by)
    draft = AppliedMeasure.objects.select_related("task__sanction__case", "measure").get(status="draft")
    with pytest.raises(WrongState):
        change(draft, at=now, by=deputy(health))


def test_a_bar_of_a_person_stays_one_of_five_years_when_it_is_changed(members, insurance, now):
    from cases.enums import SubjectKind

    hospital = make_subject(insurance.region, at=now)
    boss = make_subject(insurance.region, name="王院长", kind=SubjectKind.PRACTITIONER, at=now)
    case = made.decided_case(insurance, at=now, subjects=[hospital, boss], subject=hospital)
    sanction = made.in_force(
        insurance, at=now, case=case, subject=hospital, codes=("responsible-person-bar",)
    )
    made.decided(sanction, insurance, "responsible-person-bar", at=now, subject=boss)
    applied = AppliedMeasure.objects.select_related(
        "task__sanction__case", "task__department", "measure"
    ).get()
    with pytest.raises(BadInput):
        change(applied, at=now, by=head(insurance))
    for wrong in ({"until": dt.date(2028, 1, 1)}, {"amount": 3, "unit": "year"}, {"amount": 61, "unit": "month"}):
        with pytest.raises(BadInput) as refused:
            change(applied, at=now, by=head(insurance), **wrong)
        assert set(refused.value.faults) == {next(iter(wrong))}
    change(applied, at=now, by=head(insurance), until=dt.date(2031, 11, 10))
    bar = Bar.objects.get()
    assert (bar.since, bar.until, bar.amount, bar.unit) == (
        dt.date(2026, 11, 10), dt.date(2031, 11, 10), 5, "year",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Bar.objects.update(amount=3)


def test_an_entry_follows_its_changed_measure(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("blacklist",))
    made.decided(sanction, insurance, "blacklist", at=now)
    applied = AppliedMeasure.objects.select_related(
        "task__sanction__case", "task__department", "measure"
    ).get()
    with pytest.raises(BadInput):
        change(applied, at=now, by=head(insurance))  # a list has to end
    change(applied, at=now, by=head(insurance), amount=2, unit="year")
    entry = ListEntry.objects.select_related("department", "subject", "sanction__case").get()
    assert (entry.amount, entry.unit, entry.until) == (2, "year", None)
    change(applied, at=now, by=head(insurance), until=dt.date(2027, 3, 1))
    entry.refresh_from_db()
    assert (entry.amount, entry.since, entry.until) == (None, dt.date(2026, 11, 10), dt.date(2027, 3, 1))
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    change(applied, at=now, by=head(insurance), amount=6, unit="month")
    entry.refresh_from_db()
    assert (entry.since, entry.until) == (dt.date(2026, 11, 16), dt.date(2027, 5, 16))
    change(applied, at=now, by=head(insurance), until=dt.date(2027, 2, 1))
    entry.refresh_from_db()
    assert (entry.since, entry.until) == (dt.date(2026, 11, 16), dt.date(2027, 2, 1))
    with pytest.raises(FourEyes):
        lists.remove_entry(entry=entry, reason="已履行", by=head(insurance), at=now)  # approved it
    lists.remove_entry(entry=entry, reason="已履行", by=deputy(insurance), at=now)
    assert weights.lift_measure(applied=applied, reason="已履行", by=head(insurance), at=now) == [
        "列入失信“黑榜”"
    ]


def test_an_entry_that_rests_on_the_sanction_alone_falls_with_it(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    entry = lists.propose_entry(
        subject=sanction.subject, department=insurance, kind="black", reason="骗保", basis="机制", amount=1, unit="year",
        sanction=made.fresh(sanction), by=made.somebody(insurance, Role.HANDLER), at=now,
    )  # fmt: skip
    lists.approve_entry(entry=entry, by=deputy(insurance), at=now)
    assert standing.annul_sanction(
        sanction=made.fresh(sanction), reason="撤销", by=head(insurance), at=now
    ) == ["黑名单"]


def test_a_strand_taken_up_while_the_sanction_is_suspended_suspends_it_once(by_decision, insurance, now):
    standing.suspend_sanction(sanction=by_decision, reason="当事人复议", by=head(insurance), at=now)
    strand = by_decision.strand
    redo(strand=strand, reason="复核", by=deputy(insurance), at=now + DAY)
    assert made.fresh(by_decision).reason == "当事人复议"
    standing.resume_sanction(
        sanction=made.fresh(by_decision), reason="复议维持", by=head(insurance), at=now + DAY
    )
    decide_strand(
        strand=strand,
        disposition="agreement",
        basis="条例第三十八条",
        findings="查实。",
        by=deputy(insurance),
        at=now + DAY,
    )
    assert (
        made.fresh(by_decision).decision_number == "青医保罚〔2026〕1号"
    )  # the agreement brought none of its own


def test_a_late_task_is_told_to_the_authority_and_the_office(
    members, insurance, health, office_coordinator, now
):
    from sanctions.notices import told_when_late

    sanction = made.in_force(insurance, at=now)
    clock = Deadline.objects.get(target_kind="measure_task", target_id=made.task_of(sanction, health).pk)
    told = set(told_when_late(clock, "overdue", now))
    assert told == {
        made.somebody(insurance, role) for role in (Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    } | {office_coordinator}


def test_a_bar_follows_the_countys_rule_in_force(by_decision, insurance, now):
    from deadlines.models import ClockRule

    rule = ClockRule.objects.get(code="reapplication_bar")
    assert bar_term(dt.date(2026, 11, 16)) == (3, "year")
    ClockRule.objects.filter(pk=rule.pk).update(amount=18)
    assert bar_term(dt.date(2026, 11, 16)) == (18, "month")
    ClockRule.objects.filter(pk=rule.pk).update(unit="day", amount=90)
    assert bar_term(dt.date(2026, 11, 16)) == (90, "day")
    ClockRule.objects.filter(pk=rule.pk).update(unit="working_day")
    with pytest.raises(BadInput):
        bar_term(dt.date(2026, 11, 16))


# -- the end by itself ---------------------------------------------------------------------------------------------
def at_day(day):
    return dt.datetime.combine(day, dt.time(1), dt.UTC)  # 09:00 in Shanghai


def test_a_term_ends_the_day_after_its_last_day_and_the_departments_hear_what_was_lifted(
    barred, insurance, health, now
):
    assert expire_due(at_day(dt.date(2027, 11, 16))) == 0  # the last day counts in full
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 1
    row = AppliedMeasure.objects.get(measure__code="health-grading")
    assert (row.status, row.ended_by) == ("expired", None)
    told = Notification.objects.filter(verb="sanction.terms_were_over", target_kind="measure_task").latest(
        "pk"
    )
    assert told.params["lifted"] == "与医疗机构评级挂钩"
    assert told.department_id == health.pk
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 0  # once
    assert expire_due(at_day(dt.date(2029, 11, 16))) == 0
    assert expire_due(at_day(dt.date(2029, 11, 17))) == 1
    assert Bar.objects.get().status == "expired"
    assert ListEntry.objects.get().status == "listed"  # permanent
    barred.refresh_from_db()
    assert barred.status == "in_force"


def test_a_sanction_is_over_when_nothing_is_left(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    for department in members[2:]:
        task = made.taken_in(sanction, department, at=now)
        refuse_measures(task=task, reason="不适用", by=deputy(department), at=now)
    made.fed_back(sanction, members[0], "punitive-deduction", at=now)
    made.fed_back(sanction, members[1], "health-grading", at=now)
    assert expire_due(now) == 0
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 2  # the term, and the sanction
    sanction.refresh_from_db()
    assert (sanction.status, sanction.ended_by) == ("expired", None)
    assert expire_due(at_day(dt.date(2027, 11, 18))) == 0


def test_a_term_that_ends_unexecuted_leaves_nothing_to_execute(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.decided(sanction, health, "health-grading", at=now)
    expire_due(at_day(dt.date(2027, 11, 17)))
    task.refresh_from_db()
    assert (task.status, task.executed_by, task.executed_at) == ("lapsed", None, None)
    applied = AppliedMeasure.objects.get()
    assert (applied.status, applied.executed_by, applied.ended_by) == ("lapsed", None, None)
    assert applied.end_reason == "期限届满前未执行。"
    assert Event.objects.get(verb="sanction.measure_lapsed").target_id == task.pk
    worker = made.somebody(health, Role.HANDLER)
    assert task in workbench.my_tasks(User.objects.get(pk=worker.pk))
    assert [step["state"] for step in track(task)] == ["ok", "ok", "bad", "wait"]
    feed_back(task=task, feedback="未及时安排执行。", by=worker, at=at_day(dt.date(2027, 11, 18)))
    assert (task.status, task.executed_at) == ("fed_back", None)
    said = str(task.feedback_document.context)
    assert "'未执行'" in said and "期限届满前未执行。" in said


def test_one_that_ran_out_keeps_the_task_from_counting_as_executed(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-grading", at=now, amount=1, unit="month")
    made.drafted(sanction, health, "health-honours", at=now)
    decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=deputy(health), at=now)
    expire_due(at_day(dt.date(2026, 12, 17)))
    task.refresh_from_db()
    assert task.status == "decided"  # the other waits to be executed
    left = task.applied.select_related("measure", "task").get(status="decided")
    execute_measure(
        applied=left, executed_on=dt.date(2026, 12, 18), execution="已执行。", proof=pdf("佐证.pdf"),
        by=made.somebody(health, Role.HANDLER), at=at_day(dt.date(2026, 12, 18)),
    )  # fmt: skip
    task.refresh_from_db()
    assert (task.status, task.executed_by) == ("lapsed", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureTask.objects.filter(pk=task.pk).update(status="executed")
    with pytest.raises(IntegrityError), transaction.atomic():
        AppliedMeasure.objects.filter(status="lapsed").update(status="expired")


def test_a_sanction_nobody_acts_on_is_over_and_jobs_that_come_second_do_nothing(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    for department in members:
        task = made.taken_in(sanction, department, at=now)
        refuse_measures(task=task, reason="不适用", by=deputy(department), at=now)
    assert expire_due(now) == 1
    sanction.refresh_from_db()
    assert sanction.status == "expired"
    assert bulk_sending._send(sanction.pk, sanction.case_id, now) is False
    assert bulk_expiry._entry(0, dt.date(2026, 11, 16), now) == 0
    assert bulk_expiry._sanction(sanction.pk, sanction.case_id, dt.date(2026, 11, 16), now) == 0


def test_a_list_entry_ends_with_its_term(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("blacklist",))
    made.executed(sanction, insurance, "blacklist", at=now)
    entry = ListEntry.objects.select_related("department", "subject", "sanction__case").get()
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 2  # the measure and the entry
    entry.refresh_from_db()
    assert (entry.status, entry.ended_by) == ("expired", None)
    told = Notification.objects.filter(verb="sanction.terms_were_over").latest("pk")
    assert told.params["lifted"] == "列入失信“黑榜”、黑名单"


def test_a_suspended_term_ends_too(by_decision, insurance, now):
    standing.suspend_sanction(sanction=by_decision, reason="复议", by=head(insurance), at=now)
    assert expire_due(at_day(dt.date(2029, 11, 17))) == 1
    assert Bar.objects.get().status == "expired"


def test_an_entry_that_rests_on_no_sanction_ends_by_itself(insurance, now):
    subject = make_subject(insurance.region, at=now)
    entry = lists.propose_entry(
        subject=subject, department=insurance, kind="red", reason="年度考核优秀", basis="信用评价办法", amount=1,
        unit="year", by=made.somebody(insurance, Role.HANDLER), at=now,
    )  # fmt: skip
    lists.approve_entry(entry=entry, by=deputy(insurance), at=now)
    assert (entry.since, entry.until) == (dt.date(2026, 11, 16), dt.date(2027, 11, 16))
    assert expire_due(at_day(dt.date(2027, 11, 16))) == 0
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 1
    entry.refresh_from_db()
    assert entry.status == "expired"
    assert expire_due(at_day(dt.date(2027, 11, 17))) == 0
