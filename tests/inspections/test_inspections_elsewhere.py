"""What other rooms show of inspections: the workbench, the agenda, the page of the case, who may leave, dictionaries."""

import pytest
import time_machine

from cases.stages import stages_of
from core import registry
from core.dates import local_date
from core.refusals import StillOpen
from core.tally import tally
from deadlines.models import Deadline
from departments.actions.people import end_post
from departments.dictionaries import categories_in_use
from departments.models import Category
from inspections import agenda, panels, reading, workbench
from inspections.actions import approval, closing, outcomes, rectification, team
from inspections.dictionaries import beside
from tests.factories import inspections as make
from tests.factories.cases import make_case
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def phrases(user, now):
    with time_machine.travel(now, tick=False):
        rows = list(workbench.todo_rows(user, 20))
        assert tally([workbench.waiting(user)]) == [len(rows)]
    return [row.action_url or row.url for row in rows]


def of(name, thing):
    from django.urls import reverse

    return reverse(f"inspections:{name}", args=[thing.pk])


def test_each_step_waits_for_the_one_who_takes_it(
    drafted,
    lead,
    health,
    insurance_handler,
    insurance_deputy_head,
    health_section_head,
    office_coordinator,
    now,
):
    """From the draft to the closing there is one row, and it stands with who has to act."""
    page = drafted.get_absolute_url()
    assert phrases(insurance_handler, now) == [page]
    inspection = make.asked(lead, health, by=insurance_handler, at=now, kind="unannounced")
    page, part = inspection.get_absolute_url(), inspection.partners.get(department=health)
    mine = lambda user, at=now: [url for url in phrases(user, at) if url != drafted.get_absolute_url()]  # noqa: E731
    assert mine(insurance_handler) == []  # it waits for health
    assert mine(health_section_head) == [of("confirm", part)]
    make.confirm(inspection, health, by=health_section_head, at=now)
    assert (mine(insurance_handler), mine(health_section_head)) == ([page], [])
    approval.submit_inspection(inspection=inspection, by=insurance_handler, at=now)
    assert (mine(insurance_handler), mine(insurance_deputy_head)) == ([], [of("approve", inspection)])
    approval.approve_inspection(inspection=inspection, by=insurance_deputy_head, at=now)
    assert (mine(insurance_handler), mine(insurance_deputy_head)) == ([page], [])
    approval.begin_inspection(inspection=inspection, by=insurance_handler, at=now)
    assert mine(insurance_handler) == [page]
    visit = make.visit(inspection, by=insurance_handler, at=now)
    finding = make.finding(visit, by=insurance_handler, at=now)
    assert mine(insurance_handler) == [page, finding.get_absolute_url()]
    outcomes.remark(finding=finding, text="已改", by=insurance_handler, at=now)
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(inspection, by=insurance_handler, at=now)
    assert mine(insurance_handler) == []
    own = inspection.partners.get(leads=True)
    assert (mine(insurance_deputy_head), mine(health_section_head)) == (
        [of("sign_summary", own)], [of("sign_summary", part)],
    )  # fmt: skip
    make.sign_all(inspection, at=now)
    assert (mine(insurance_handler), mine(health_section_head)) == ([page], [])
    closing.close_inspection(inspection=inspection, by=insurance_handler, at=now)
    assert mine(insurance_handler) == []
    assert phrases(office_coordinator, now) == []


def test_a_plan_without_its_notices_waits_for_them_and_then_for_its_day(parties, insurance_handler, now):
    made = make.approved(**parties, at=now, starts_in=3)
    assert phrases(insurance_handler, now) == [made.get_absolute_url()]
    approval.send_notices(inspection=made, by=insurance_handler, at=now)
    assert phrases(insurance_handler, now) == []
    assert phrases(insurance_handler, now + 3 * DAY) == [made.get_absolute_url()]


def test_what_somebody_who_left_has_drafted_stands_with_the_leaders(
    drafted, insurance_handler, insurance_section_head, now
):
    assert phrases(insurance_section_head, now) == []
    insurance_handler.is_active = False
    insurance_handler.save(update_fields=["is_active"])
    assert phrases(insurance_section_head, now) == [drafted.get_absolute_url()]


def test_a_rectification_stands_with_who_follows_it_and_then_with_a_leader(
    finding,
    going,
    insurance_handler,
    insurance_handler_2,
    insurance_section_head,
    outsider,
    system_admin,
    now,
):
    outcomes.have_rectified(
        finding=finding,
        text="补正",
        due_on=local_date(now) + DAY,
        person=insurance_handler_2,
        by=insurance_handler,
        at=now,
    )
    page = finding.get_absolute_url()
    assert phrases(insurance_handler_2, now) == [page] and page not in phrases(insurance_section_head, now)
    task = finding.rectification
    rectification.report_rectified(task=task, text="已改", by=insurance_handler_2, at=now)
    assert phrases(insurance_handler_2, now) == [] and page in phrases(insurance_section_head, now)
    assert phrases(outsider, now) == [] and phrases(system_admin, now) == []


def test_who_goes_or_follows_something_hands_it_over_before_leaving(
    finding, going, insurance_handler, insurance_section_head, now
):
    outcomes.have_rectified(
        finding=finding, text="补正", due_on=local_date(now) + DAY, person=insurance_section_head, by=insurance_handler,
        at=now,
    )  # fmt: skip
    with pytest.raises(StillOpen) as refused:
        end_post(post=insurance_section_head.post, by=None, at=now)
    assert any("移交整改" in str(each) for each in refused.value.details["items"])
    officer = make.inspectors(going)[0].user
    with pytest.raises(StillOpen) as refused:
        end_post(post=officer.posts.get(), by=None, at=now)
    assert any("另定人员" in str(each) for each in refused.value.details["items"])


def test_the_office_hears_when_a_department_does_not_answer(
    part, health_section_head, office_coordinator, now
):
    clock = Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk)
    told = workbench.told_when_unanswered(clock, "overdue", now)
    assert set(told) == {health_section_head, office_coordinator}
    office_coordinator.department.active = False
    office_coordinator.department.save(update_fields=["active"])
    assert set(workbench.told_when_unanswered(clock, "overdue", now)) == {health_section_head}


# -- the agenda of the joint meeting ------------------------------------------------------------


def test_the_agenda_has_the_quarters_inspections_in_counts(finding, visit, asked, county, now):
    topics = list(agenda.topics(region=county, since=local_date(now) - 30 * DAY, until=local_date(now)))
    report, silent = topics
    assert (report.key, report.kind, silent.kind) == ("inspections", "report", "problem")
    assert (
        "检查1家单位1次，发现问题1个，涉及金额12,000.00元" in report.text
        and "正在开展的检查1次" in report.text
    )
    assert silent.text == "青禾县卫生健康局1次。"
    assert "仁和" not in report.text + silent.text
    assert agenda.topics in [source for _order, source in registry.agenda_sources]


def test_a_quarter_without_inspections_says_nothing(drafted, county, now):
    assert list(agenda.topics(region=county, since=local_date(now), until=local_date(now))) == []


# -- the page of the case ------------------------------------------------------------


def test_a_case_says_from_which_inspection_it_came(
    finding, going, visit, insurance_handler, market_handler, now
):
    case = make_case(by=insurance_handler, at=now)
    assert panels.origin(case, insurance_handler) is None and panels.stage(case) == ("", "")
    outcomes.join_case(finding=finding, case=case, by=insurance_handler, at=now)
    [row] = panels.origin(case, insurance_handler)["rows"]
    assert (row.inspection, row.seen) == (going, True)
    [row] = panels.origin(case, market_handler)["rows"]
    assert not row.seen
    assert panels.stage(case)[0] == "now"
    assert [stage.state for stage in stages_of(case, [])][3] == "now"
    assert panels.discovered(case) == [local_date(now)]
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    make.sign_all(going, at=now)
    closing.close_inspection(inspection=going, by=insurance_handler, at=now)
    assert panels.stage(case)[0] == "done"


def test_a_category_of_a_finding_or_a_checklist_is_in_use(finding):
    used = categories_in_use(list(Category.objects.all()))
    codes = set(Category.objects.filter(pk__in=used).values_list("code", flat=True))
    assert {"split-admission", "drug-quality"} <= codes and "sex-mismatch" not in codes
    other = Category.objects.get(code="sex-mismatch").pk
    assert beside(lambda ids: {other})([other]) == {other}


def test_lamps_of_nothing_are_none(db):
    assert reading.lamps([]) == {}


def test_what_is_next_is_said_in_every_state(drafted, lead, health, insurance_handler, now):
    said = set()
    for status in ("draft", "agreed", "under_way", "reported", "closed"):
        drafted.status = status
        said.add(reading.next_step(drafted, [])[0])
    drafted.status, drafted.asked_at = "draft", now
    said.add(reading.next_step(drafted, [])[0])
    drafted.status, drafted.approved_at = "agreed", now
    said.add(reading.next_step(drafted, [])[0])
    drafted.kind = "unannounced"
    said.add(reading.next_step(drafted, [])[0])
    assert len(said) == 8


def test_an_expert_who_was_named_reads_what_was_found_and_writes_nothing(
    finding, visit, going, insurance, insurance_handler, now, client
):
    from departments.actions.people import engage, fill_post
    from departments.enums import Role

    user = engage(staff_number="zj01", name="专家甲", password=None, by=None, at=now)
    fill_post(
        user=user, department=insurance, role=Role.EXPERT, until=local_date(now) + 60 * DAY, by=None, at=now
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        assert client.get(visit.get_absolute_url()).status_code == 404
        team.add_expert(inspection=going, user=user, declared=True, by=insurance_handler, at=now)
        page = client.get(visit.get_absolute_url())
        assert page.status_code == 200 and finding.text in page.content.decode()
        assert of("find", visit) not in page.content.decode()
        assert client.get(of("find", visit)).status_code == 403
        assert client.get(going.get_absolute_url()).status_code == 200
        assert client.get("/inspections/").status_code == 200
