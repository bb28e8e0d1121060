"""What was found, and where it goes: a case from the day of the finding, a case there is, a rectification, a remark."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from cases.actions.registration import PossibleDuplicate
from cases.models import Case
from core.dates import local_date
from core.refusals import BadInput, FourEyes, Stale, WrongState
from deadlines.actions.clocks import cancel_clock, open_clock
from deadlines.models import Deadline
from departments.enums import ReferralKind
from inspections import rules_work, workbench
from inspections.actions import findings, more_time, outcomes, records, rectification
from inspections.models import Finding, FindingFile, MoreTime
from journal.models import Event, Notification
from referrals import proposals
from referrals.actions.support import discover_need
from tests.factories import inspections as make
from tests.factories.cases import make_case, pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_finding_has_the_day_of_its_visit_and_its_evidence(visit, insurance, insurance_handler, now):
    made = make.finding(visit, by=insurance_handler, at=now, files=["病历.pdf", "清单.pdf"])
    assert (made.number, made.found_on, made.department, made.amount) == (
        1,
        local_date(now),
        insurance,
        12000,
    )
    assert [file.name for file in made.files.all()] == ["病历.pdf", "清单.pdf"]
    assert make.finding(visit, by=insurance_handler, at=now).number == 2
    assert Event.objects.filter(verb="inspection.found", target_id=made.pk).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"found_on": dt.date(2026, 11, 15)}, "found_on"),
        ({"found_on": dt.date(2026, 11, 17)}, "found_on"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "0.001"}, "amount"),
    ],
)
def test_a_finding_that_cannot_be_is_refused(visit, insurance_handler, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        make.finding(visit, by=insurance_handler, at=now, **wrong)
    assert refused.value.field == field


def test_a_category_switched_off_is_chosen_no_more(visit, insurance_handler, now):
    from departments.models import Category

    category = Category.objects.get(code="upcoding")
    category.active = False
    category.save(update_fields=["active"])
    with pytest.raises(BadInput) as refused:
        make.finding(visit, by=insurance_handler, at=now, category=category)
    assert refused.value.field == "category"


def test_a_finding_may_come_to_light_later_and_without_an_amount(visit, insurance_handler, now):
    make.signed(visit, by=insurance_handler, at=now)
    made = make.finding(
        visit, by=insurance_handler, at=now + 3 * DAY, found_on=local_date(now) + 2 * DAY, amount=None
    )
    assert (made.found_on, made.amount) == (local_date(now) + 2 * DAY, None)


def edit(finding, by, at, **more):
    given = {
        "version": finding.version, "category": finding.category, "text": finding.text, "found_on": finding.found_on,
        "amount": finding.amount, "by": by, "at": at,
    }  # fmt: skip
    return findings.edit_finding(finding=finding, **(given | more))


def test_a_finding_is_corrected_until_it_went_somewhere(finding, insurance_handler, now):
    edit(finding, insurance_handler, now, text="改正后的事实", evidence="清单")
    assert (finding.text, finding.evidence, finding.version) == ("改正后的事实", "清单", 2)
    with pytest.raises(Stale):
        edit(finding, insurance_handler, now, version=1)
    outcomes.remark(finding=finding, text="情节轻微，已当场改正", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        edit(finding, insurance_handler, now)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(text="另一事实")


def test_its_day_is_settled_with_the_printed_record(finding, visit, insurance_handler, now):
    make.signed(visit, by=insurance_handler, at=now)
    later = now + 2 * DAY
    copied = make.finding(
        visit, by=insurance_handler, at=later
    )  # came to light in the papers that were copied
    with pytest.raises(BadInput) as refused:
        edit(copied, insurance_handler, later, found_on=local_date(later))
    assert refused.value.field == "found_on" and refused.value.record
    copied.refresh_from_db()
    edit(copied, insurance_handler, later, text="补充事实")
    with pytest.raises(IntegrityError, match="day of a finding stays"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(found_on=local_date(later))


def test_a_supporting_department_writes_for_the_lead_which_decides(
    lead, market, insurance, insurance_handler, market_handler, insurance_deputy_head, now
):
    going = make.under_way(
        lead, market, by=insurance_handler, answering=market_handler, at=now, role="supporting"
    )
    begun = make.visit(going, by=market_handler, at=now)
    finding = make.finding(begun, by=market_handler, at=now)
    assert (finding.department, finding.added_by) == (insurance, market_handler)
    for rule in (rules_work.can_edit_finding, rules_work.can_remark, rules_work.can_open_case):
        assert rule(insurance_handler, finding) and not rule(market_handler, finding)
    with pytest.raises(IntegrityError, match="department that inspects"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(department=market)


@pytest.mark.parametrize("ended", [False, True])
def test_what_stands_in_the_printed_record_stays_as_it_was(finding, visit, insurance_handler, now, ended):
    printed = now + HOUR
    records.print_record(
        visit=make.written(visit, by=insurance_handler, at=now), by=insurance_handler, at=printed
    )
    if ended:
        records.sign_record(visit=visit, by=insurance_handler, at=printed)
    finding.refresh_from_db()
    assert not rules_work.can_edit_finding(insurance_handler, finding)
    with pytest.raises(WrongState, match="打印的笔录"):
        edit(finding, insurance_handler, printed, text="另一事实")
    for change in ({"text": "另一事实"}, {"amount": 1}, {"evidence": ""}, {"added_at": printed + HOUR}):
        with pytest.raises(IntegrityError, match="printed record stays"), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**change)
    outcomes.remark(
        finding=finding, text="情节轻微", by=insurance_handler, at=printed
    )  # where it goes is still decided


def test_a_record_taken_back_opens_its_findings_again(finding, visit, insurance_handler, now):
    records.print_record(
        visit=make.written(visit, by=insurance_handler, at=now), by=insurance_handler, at=now
    )
    records.correct_record(visit=visit, reason="金额有误", by=insurance_handler, at=now)
    finding.refresh_from_db()
    assert rules_work.can_edit_finding(insurance_handler, finding)
    edit(finding, insurance_handler, now, amount="11000.00")
    assert finding.amount == 11000


def test_evidence_is_added_once_until_it_is_in_a_case(finding, insurance_handler, now):
    findings.add_finding_files(finding=finding, files=[pdf("照片.pdf")], by=insurance_handler, at=now)
    for given in ([], [pdf("照片.pdf")]):
        with pytest.raises(BadInput) as refused:
            findings.add_finding_files(finding=finding, files=given, by=insurance_handler, at=now)
        assert refused.value.field == "files"
    outcomes.open_case(finding=finding, by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        findings.add_finding_files(finding=finding, files=[pdf("另.pdf")], by=insurance_handler, at=now)
    assert FindingFile.objects.count() == 1


# -- a case ------------------------------------------------------------


def test_a_finding_becomes_a_case_of_its_own_day(visit, insurance_handler, health_section_head, going, now):
    finding = make.finding(visit, by=insurance_handler, at=now, files=["病历.pdf"])
    later = now + 10 * DAY
    case = outcomes.open_case(finding=finding, by=insurance_handler, at=later)
    assert (case.source, case.source_number, case.found_on) == ("inspection", going.number, local_date(now))
    assert (case.suspected, case.summary, case.evidence.get().name) == (12000, finding.text, "病历.pdf")
    assert list(case.subjects.all()) == [visit.target.subject]
    finding.refresh_from_db()
    assert (finding.outcome, finding.case, finding.outcome_by) == ("case", case, insurance_handler)
    event = Event.objects.get(verb="inspection.finding_became_case", case_id=case.pk)
    assert event.params["found_on"] == local_date(now).isoformat()
    assert (
        Notification.objects.filter(verb="inspection.finding_went_on", recipient=health_section_head).count()
        == 1
    )
    with pytest.raises(WrongState):
        outcomes.open_case(finding=finding, by=insurance_handler, at=later)


def test_a_restricted_case_is_told_to_nobody(finding, insurance_handler, now):
    outcomes.open_case(finding=finding, restricted=True, by=insurance_handler, at=now)
    assert not Notification.objects.filter(verb="inspection.finding_went_on").exists()


def test_a_case_about_the_same_body_is_looked_at_first(finding, visit, insurance_handler, now):
    make_case(by=insurance_handler, at=now, subject=visit.target.subject)
    with pytest.raises(PossibleDuplicate) as refused:
        outcomes.open_case(finding=finding, by=insurance_handler, at=now)
    assert refused.value.field == "duplicates_known"
    outcomes.open_case(finding=finding, duplicates_known=True, by=insurance_handler, at=now)


def test_registering_the_case_later_never_restarts_the_clock_of_discovery(
    visit, health, insurance_handler, now
):
    """C14: discovery → written notice in three working days, from the day of the finding."""
    finding = make.finding(visit, by=insurance_handler, at=now)  # Monday 16 November
    case = outcomes.open_case(finding=finding, by=insurance_handler, at=now + 7 * DAY)
    import time_machine

    with time_machine.travel(now + 8 * DAY, tick=False):
        proposed = proposals.initial(case, ReferralKind.SUPPORT, insurance_handler)
    assert proposed["discovered_on"] == local_date(now)
    need = discover_need(
        case=case, receiver=health, discovered_on=proposed["discovered_on"], questions=["是否分解住院？"], subject="商请",
        facts="事实", limit_on=local_date(now) + 30 * DAY, by=insurance_handler, at=now + 8 * DAY,
    )  # fmt: skip
    clock = Deadline.objects.get(rule_code="support_notice", target_id=need.pk)
    assert (clock.started_on, clock.due_on) == (dt.date(2026, 11, 16), dt.date(2026, 11, 19))
    assert clock.due_at < now + 7 * DAY  # late before the case was registered: it says so


def test_a_case_that_came_from_no_inspection_is_discovered_today(lead, insurance_handler, now):
    import time_machine

    case = make_case(by=insurance_handler, at=now)
    with time_machine.travel(now, tick=False):
        assert proposals.initial(case, ReferralKind.SUPPORT, insurance_handler)[
            "discovered_on"
        ] == local_date(now)


# -- joining ------------------------------------------------------------


def test_a_finding_joins_a_case_with_its_evidence_and_amount(visit, insurance_handler, now):
    case = make_case(
        by=insurance_handler, at=now, subject=visit.target.subject, suspected="100.00", files=[pdf("甲.pdf")]
    )
    finding = make.finding(visit, by=insurance_handler, at=now, files=["甲.pdf", "乙.pdf"])
    outcomes.join_case(finding=finding, case=case, by=insurance_handler, at=now)
    case.refresh_from_db()
    assert (case.suspected, sorted(case.evidence.values_list("name", flat=True))) == (
        12100,
        ["乙.pdf", "甲.pdf"],
    )
    assert (finding.outcome, finding.case) == ("joined", case)
    with pytest.raises(WrongState):
        outcomes.join_case(finding=finding, case=case, by=insurance_handler, at=now)


def test_only_a_case_one_may_write_in_and_that_is_open(
    finding, visit, health_handler, insurance_handler, insurance_section_head, now
):
    theirs = make_case(by=health_handler, at=now)
    with pytest.raises(BadInput) as refused:
        outcomes.join_case(finding=finding, case=theirs, by=insurance_handler, at=now)
    assert refused.value.field == "case" and refused.value.record
    closed = make_case(by=insurance_handler, at=now)
    Case.objects.filter(pk=closed.pk).update(status="closed", closed_at=now)
    with pytest.raises(BadInput) as refused:
        outcomes.join_case(finding=finding, case=closed, by=insurance_handler, at=now)
    assert refused.value.field == "case"


def test_a_finding_without_an_amount_joins_too(visit, insurance_handler, now):
    case = make_case(by=insurance_handler, at=now, suspected=0)
    finding = make.finding(visit, by=insurance_handler, at=now, amount=None)
    outcomes.join_case(finding=finding, case=case, by=insurance_handler, at=now)
    case.refresh_from_db()
    assert case.suspected == 0


# -- a remark, a rectification ------------------------------------------------------------


def rectify(finding, person, at, **more):
    given = {
        "text": "补正病历",
        "due_on": local_date(at) + 10 * DAY,
        "person": person,
        "by": person,
        "at": at,
    } | more
    outcomes.have_rectified(finding=finding, **given)
    return finding.rectification


def test_a_remark_needs_a_word_and_may_turn_out_to_be_more(finding, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        outcomes.remark(finding=finding, text="", by=insurance_handler, at=now)
    assert refused.value.field == "text"
    outcomes.remark(finding=finding, text="已当场改正", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        outcomes.remark(finding=finding, text="已当场改正", by=insurance_handler, at=now)
    rectify(finding, insurance_handler, now)
    assert finding.outcome == "rectify"


def test_a_rectification_runs_on_a_clock(finding, insurance, insurance_handler, insurance_handler_2, now):
    task = rectify(finding, insurance_handler_2, now, by=insurance_handler)
    clock = Deadline.objects.get(target_kind="rectification", target_id=task.pk)
    assert (clock.due_on, clock.department, clock.person) == (
        local_date(now) + 10 * DAY,
        insurance,
        insurance_handler_2,
    )
    told = Notification.objects.filter(verb="inspection.rectification_yours", recipient=insurance_handler_2)
    assert told.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"due_on": dt.date(2026, 11, 15)}, "due_on"),
        ({"due_on": dt.date(2040, 1, 1)}, "due_on"),
    ],
)
def test_a_rectification_that_cannot_be_is_refused(finding, insurance_handler, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        rectify(finding, insurance_handler, now, **wrong)
    assert refused.value.field == field
    assert Finding.objects.get(pk=finding.pk).outcome == "open"


def test_somebody_of_the_department_follows_it(finding, insurance_handler, health_handler, now):
    with pytest.raises(BadInput) as refused:
        rectify(finding, health_handler, now, by=insurance_handler)
    assert refused.value.field == "person"
    rectify(finding, insurance_handler, now)
    with pytest.raises(WrongState):
        rectify(finding, insurance_handler, now)


def test_another_confirms_and_it_was_done_when_it_was_reported(
    finding, insurance_handler, insurance_section_head, insurance_deputy_head, now
):
    task = rectify(finding, insurance_handler, now)
    with pytest.raises(BadInput):
        rectification.report_rectified(task=task, text="", by=insurance_handler, at=now)
    rectification.report_rectified(task=task, text="病历已补正", by=insurance_section_head, at=now + 2 * DAY)
    assert (
        Notification.objects.filter(
            verb="inspection.rectification_to_confirm", recipient=insurance_deputy_head
        ).count()
        == 1
    )
    with pytest.raises(FourEyes):
        rectification.confirm_rectified(task=task, by=insurance_section_head, at=now + 3 * DAY)
    rectification.confirm_rectified(task=task, by=insurance_deputy_head, at=now + 30 * DAY)
    clock = Deadline.objects.get(target_kind="rectification", target_id=task.pk)
    assert (task.status, clock.status, clock.late) == ("confirmed", "met", False)
    assert Notification.objects.filter(
        verb="inspection.rectification_was_confirmed", recipient=insurance_handler
    ).exists()
    for action, more in (
        (rectification.confirm_rectified, {}), (rectification.send_back, {"reason": "未改"}),
        (rectification.reassign_rectification, {"person": insurance_section_head, "reason": "调岗"}),
        (rectification.report_rectified, {"text": "改"}),
    ):  # fmt: skip
        with pytest.raises(WrongState):
            action(task=task, by=insurance_deputy_head, at=now, **more)


def test_what_is_only_rectified_on_paper_goes_back(finding, insurance_handler, insurance_section_head, now):
    task = rectify(finding, insurance_handler, now)
    rectification.report_rectified(task=task, text="已改", by=insurance_handler, at=now)
    with pytest.raises(BadInput):
        rectification.send_back(task=task, reason="", by=insurance_section_head, at=now)
    rectification.send_back(task=task, reason="形式整改", by=insurance_section_head, at=now)
    assert (task.status, task.done_at, task.done_text) == ("open", None, "")
    assert Deadline.objects.get(target_kind="rectification", target_id=task.pk).status == "running"


def test_another_person_follows_it(
    finding, insurance_handler, insurance_handler_2, health_handler, insurance_section_head, now
):
    task = rectify(finding, insurance_handler, now)
    given = {"task": task, "reason": "调岗", "by": insurance_section_head, "at": now}
    for person in (insurance_handler, health_handler):
        with pytest.raises(BadInput) as refused:
            rectification.reassign_rectification(person=person, **given)
        assert refused.value.field == "person"
    rectification.reassign_rectification(person=insurance_handler_2, **given)
    clock = Deadline.objects.get(target_kind="rectification", target_id=task.pk)
    assert (task.person, clock.person) == (insurance_handler_2, insurance_handler_2)


def test_a_rectification_that_fails_becomes_a_case_also_after_the_closing(
    finding, visit, going, insurance_handler, now
):
    task = rectify(finding, insurance_handler, now)
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    make.sign_all(going, at=now)
    from inspections.actions.closing import close_inspection

    close_inspection(inspection=going, by=insurance_handler, at=now)
    finding = Finding.objects.select_related("inspection__lead", "rectification").get(pk=finding.pk)
    outcomes.open_case(finding=finding, by=insurance_handler, at=now + 20 * DAY)
    task.refresh_from_db()
    clock = Deadline.objects.get(target_kind="rectification", target_id=task.pk)
    assert (finding.outcome, task.status, clock.status) == ("case", "replaced", "cancelled")
    assert finding.case.found_on == local_date(now)


def test_a_task_without_its_clock_is_dealt_with_all_the_same(
    finding, insurance_handler, insurance_handler_2, insurance_section_head, now
):
    """Somebody cancelled the clock by hand."""
    from deadlines.actions.clocks import cancel_clock, open_clock

    task = rectify(finding, insurance_handler, now)
    cancel_clock(deadline=open_clock(task, "rectification"), at=now, reason="误设", by=insurance_section_head)
    rectification.reassign_rectification(
        task=task, person=insurance_handler_2, reason="调岗", by=insurance_section_head, at=now
    )
    rectification.report_rectified(task=task, text="已改", by=insurance_handler_2, at=now)
    rectification.confirm_rectified(task=task, by=insurance_section_head, at=now)
    assert task.status == "confirmed"


def test_nothing_goes_anywhere_once_the_inspection_is_over(finding, going, visit, insurance_handler, now):
    outcomes.remark(finding=finding, text="已改", by=insurance_handler, at=now)
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    make.sign_all(going, at=now)
    from inspections.actions.closing import close_inspection

    close_inspection(inspection=going, by=insurance_handler, at=now)
    finding = Finding.objects.select_related("inspection").get(pk=finding.pk)
    with pytest.raises(WrongState):
        outcomes.open_case(finding=finding, by=insurance_handler, at=now)


# -- more time ----------------------------------------------------------------------------


@pytest.fixture
def asking(finding, insurance_handler, insurance_section_head, insurance_deputy_head, now):
    """Ten days to put it right; ten more are asked for."""
    task = rectify(finding, insurance_handler, now)
    more_time.ask_more_time(
        task=task, new_on=task.due_on + 10 * DAY, reason="设备采购未到货", by=insurance_handler, at=now + DAY
    )
    return task


def test_more_time_is_asked_by_one_and_agreed_by_another(
    asking, insurance_handler, insurance_section_head, insurance_deputy_head, now
):
    old = asking.due_on
    request = asking.more_time.get()
    assert (request.status, request.old_on, request.new_on) == ("asked", old, old + 10 * DAY)
    told = Notification.objects.filter(verb="inspection.more_time_to_decide")
    assert {each.recipient for each in told} == {insurance_section_head, insurance_deputy_head}
    with pytest.raises(FourEyes):
        more_time.decide_more_time(task=asking, agreed=True, by=insurance_handler, at=now + 2 * DAY)
    assert asking.due_on == old
    more_time.decide_more_time(task=asking, agreed=True, by=insurance_section_head, at=now + 2 * DAY)
    request.refresh_from_db()
    assert (request.status, request.decided_by, request.old_on) == ("agreed", insurance_section_head, old)
    clock = Deadline.objects.get(target_kind="rectification", target_id=asking.pk)
    assert asking.due_on == clock.due_on == old + 10 * DAY
    assert clock.changes.latest("pk").old_due_on == old
    said = Event.objects.filter(verb="inspection.more_time_agreed").latest("pk").params
    assert (said["old"], said["new"]) == (old.isoformat(), asking.due_on.isoformat())
    assert Notification.objects.filter(
        verb="inspection.more_time_agreed_to_you", recipient=insurance_handler
    ).exists()
    more_time.ask_more_time(  # and again: the first answer stays
        task=asking, new_on=asking.due_on + DAY, reason="验收", by=insurance_handler, at=now + 3 * DAY
    )
    assert asking.more_time.count() == 2


def test_more_time_that_is_not_given_leaves_the_day(asking, insurance_section_head, now):
    old = asking.due_on
    with pytest.raises(BadInput) as refused:
        more_time.decide_more_time(task=asking, agreed=False, by=insurance_section_head, at=now + 2 * DAY)
    assert refused.value.field == "remark"
    more_time.decide_more_time(
        task=asking, agreed=False, remark="理由不成立", by=insurance_section_head, at=now + 2 * DAY
    )
    asking.refresh_from_db()
    assert (asking.due_on, asking.more_time.get().decision) == (old, "理由不成立")
    assert Deadline.objects.get(target_kind="rectification", target_id=asking.pk).due_on == old
    with pytest.raises(WrongState):
        more_time.decide_more_time(task=asking, agreed=True, by=insurance_section_head, at=now + 2 * DAY)


def test_more_time_that_cannot_be_is_refused(finding, insurance_handler, insurance_section_head, now):
    task = rectify(finding, insurance_handler, now)
    given = {"task": task, "reason": "等待采购", "by": insurance_handler, "at": now + DAY}
    for wrong, field in (
        ({"new_on": task.due_on + DAY, "reason": " "}, "reason"),
        ({"new_on": task.due_on}, "new_on"),
        ({"new_on": task.due_on + DAY, "at": now + 20 * DAY}, "new_on"),
        ({"new_on": task.due_on + 3000 * DAY}, "new_on"),
    ):
        with pytest.raises(BadInput) as refused:
            more_time.ask_more_time(**(given | wrong))
        assert refused.value.field == field
    more_time.ask_more_time(**given, new_on=task.due_on + DAY)
    with pytest.raises(WrongState):
        more_time.ask_more_time(**given, new_on=task.due_on + DAY)
    with pytest.raises(BadInput) as refused:
        more_time.decide_more_time(task=task, agreed=True, by=insurance_section_head, at=now + 20 * DAY)
    assert refused.value.field == "agreed"
    with pytest.raises(IntegrityError), transaction.atomic():
        task.more_time.update(status="agreed", decided_by=insurance_handler, decided_at=now)


def test_what_is_put_right_meanwhile_overtakes_the_request(asking, insurance_handler, insurance_section_head, now):
    rectification.report_rectified(task=asking, text="已改", by=insurance_handler, at=now + 2 * DAY)
    assert asking.more_time.get().status == "overtaken"
    with pytest.raises(WrongState):
        more_time.ask_more_time(
            task=asking, new_on=asking.due_on + DAY, reason="再延", by=insurance_handler, at=now + 2 * DAY
        )
    with pytest.raises(WrongState):
        more_time.decide_more_time(task=asking, agreed=True, by=insurance_section_head, at=now + 2 * DAY)


def test_without_a_running_clock_the_day_moves_all_the_same(asking, insurance_section_head, now):
    cancel_clock(deadline=open_clock(asking, "rectification"), at=now + DAY, reason="停")
    more_time.decide_more_time(task=asking, agreed=True, by=insurance_section_head, at=now + 2 * DAY)
    assert asking.due_on == local_date(now) + 20 * DAY


def test_who_may_ask_for_more_time_and_who_decides(
    asking, insurance_handler, insurance_handler_2, insurance_section_head, health_section_head, now
):
    people = (insurance_handler, insurance_handler_2, insurance_section_head, health_section_head)
    may = [rules_work.can_decide_more_time(each, asking) for each in people]
    assert may == [False, False, True, False]
    assert not any(rules_work.can_ask_more_time(each, asking) for each in people)
    assert asking in workbench.to_rectify(insurance_section_head)
    phrases = [row.phrase for row in workbench.todo_rows(insurance_section_head, 20)]
    assert any("延期" in each for each in phrases), phrases
    more_time.decide_more_time(task=asking, agreed=False, remark="否", by=insurance_section_head, at=now + DAY)
    may = [rules_work.can_ask_more_time(each, asking) for each in people]
    assert may == [True, False, True, False] and asking not in workbench.to_rectify(insurance_section_head)
    rectification.report_rectified(task=asking, text="已改", by=insurance_handler, at=now + 2 * DAY)
    assert not rules_work.can_decide_more_time(insurance_section_head, asking)
    seen = MoreTime.objects.visible_to
    assert seen(health_section_head).exists() and not seen(AnonymousUser()).exists()


def test_without_a_running_clock_a_finding_goes_into_a_case_all_the_same(finding, insurance_handler, now):
    task = rectify(finding, insurance_handler, now)
    cancel_clock(deadline=open_clock(task, "rectification"), at=now + DAY, reason="停")
    finding = Finding.objects.select_related("inspection__lead", "rectification").get(pk=finding.pk)
    outcomes.open_case(finding=finding, by=insurance_handler, at=now + 2 * DAY)
    task.refresh_from_db()
    assert task.status == "replaced"
