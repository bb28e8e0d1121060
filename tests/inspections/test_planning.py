"""The plan: drafted by who leads, changed, put to the departments; the office never inspects."""

import pytest
from django.db import IntegrityError, transaction

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from deadlines.models import Deadline
from inspections import choices, rules
from inspections.actions import planning, team
from inspections.models import Inspection, Partner
from journal.models import Event, Notification
from tests.factories import inspections as make
from tests.factories.cases import make_subject
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def plan_of(inspection, **more):
    return {name: getattr(inspection, name) for name in planning.PLAN} | more


def test_a_plan_is_numbered_and_its_lead_inspects(drafted, insurance, now):
    assert drafted.number == "联检〔2026〕1号"
    assert [(row.department_id, row.role, row.leads) for row in drafted.partners.all()] == [
        (insurance.pk, "inspecting", True)
    ]
    assert Event.objects.filter(verb="inspection.drafted", target_id=drafted.pk).count() == 1
    assert drafted.announced and not drafted.exempt


def test_a_failing_draft_takes_its_number_back(lead, insurance_handler, now):
    with pytest.raises(BadInput):
        make.draft(lead, by=insurance_handler, at=now, title=" ")
    assert make.draft(lead, by=insurance_handler, at=now).number == "联检〔2026〕1号"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"content": ""}, "content"),
        ({"starts_in": -1}, "starts_on"),
        ({"starts_in": 5000}, "starts_on"),
        ({"days": -1}, "ends_on"),
        ({"days": 5000}, "ends_on"),
        ({"source": "report"}, "source_number"),
        ({"kind": "assist"}, "source"),
        ({"kind": "assist", "source": "report", "source_number": "JB2026-11"}, "source"),
    ],
)
def test_a_plan_says_everything_and_its_days_are_in_order(lead, insurance_handler, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        make.draft(lead, by=insurance_handler, at=now, **wrong)
    assert next(iter(refused.value.faults)) == field


def test_what_a_report_or_a_task_sets_off_says_which_and_is_exempt(lead, insurance_handler, now):
    made = make.draft(lead, by=insurance_handler, at=now, source="report", source_number="JB2026-11")
    assert made.exempt and made.source_number == "JB2026-11"
    told = {"kind": "assist", "source": "above", "source_number": "市飞检〔2026〕3号"}
    assert not make.draft(lead, by=insurance_handler, at=now, **told).announced
    plain = make.draft(lead, by=insurance_handler, at=now, source_number="JB2026-11")
    assert plain.source_number == ""


def test_the_office_never_leads(office, office_head, now):
    with pytest.raises(BadInput) as refused:
        make.draft(office, by=office_head, at=now)
    assert refused.value.field == "lead" and refused.value.record


def test_changing_the_plan_asks_everybody_anew(
    asked, part, health, health_section_head, insurance_handler, now
):
    make.confirm(asked, health, by=health_section_head, at=now)
    asked.refresh_from_db()
    planning.edit_plan(
        inspection=asked,
        version=asked.version,
        by=insurance_handler,
        at=now,
        **plan_of(asked, content="另查药品。"),
    )
    part.refresh_from_db()
    assert (asked.plan_version, part.answer, part.answered_at) == (2, "none", None)
    assert Deadline.objects.open().of("inspection_partner", part.pk).count() == 1
    told = Notification.objects.filter(verb="inspection.asked_again", recipient=health_section_head)
    assert told.count() == 1
    lead = asked.partners.get(leads=True)
    assert lead.answer == "confirmed"


def test_a_change_before_anybody_answered_keeps_the_clock_that_runs(asked, part, insurance_handler, now):
    before = Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk)
    planning.edit_plan(
        inspection=asked,
        version=asked.version,
        by=insurance_handler,
        at=now + DAY,
        **plan_of(asked, content="另查药品。"),
    )
    assert Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk).due_on == before.due_on


def test_saving_the_same_plan_changes_nothing(drafted, insurance_handler, now):
    planning.edit_plan(
        inspection=drafted, version=1, by=insurance_handler, at=now + DAY, **plan_of(drafted)
    )  # its first day has passed by now, and stays
    assert drafted.version == 1


def test_a_draft_nobody_was_asked_about_changes_quietly(drafted, insurance_handler, now):
    planning.edit_plan(
        inspection=drafted, version=1, by=insurance_handler, at=now, **plan_of(drafted, title="专项检查")
    )
    assert (drafted.title, drafted.plan_version) == ("专项检查", 2)


def test_an_old_form_is_refused(drafted, insurance_handler, now):
    with pytest.raises(Stale):
        planning.edit_plan(inspection=drafted, version=9, by=insurance_handler, at=now, **plan_of(drafted))


def test_an_agreed_plan_does_not_change(submitted, insurance_handler, now):
    with pytest.raises(WrongState):
        planning.edit_plan(
            inspection=submitted,
            version=submitted.version,
            by=insurance_handler,
            at=now,
            **plan_of(submitted),
        )


# -- departments ------------------------------------------------------------


@pytest.mark.parametrize("role", ["inspecting", "supporting"])
def test_the_office_takes_no_part(drafted, office, insurance_handler, now, role):
    """It sees the plan and counts (FACTS §4): as a supporter its people would read and write what was found."""
    with pytest.raises(BadInput) as refused:
        planning.add_partner(inspection=drafted, department=office, role=role, by=insurance_handler, at=now)
    assert refused.value.field == "department" and refused.value.record
    assert office not in choices.departments(drafted)


def test_the_database_knows_that_the_office_never_inspects(drafted, office, insurance_handler, now):
    """T4, whoever writes the row."""
    for role in ("inspecting", "supporting"):
        with pytest.raises(IntegrityError, match="office never inspects"), transaction.atomic():
            Partner.objects.create(
                inspection=drafted, department=office, role=role, created_at=now, updated_at=now
            )
    with pytest.raises(IntegrityError, match="office never inspects"), transaction.atomic():
        Inspection.objects.filter(pk=drafted.pk).update(lead=office)


@pytest.mark.parametrize("who", ["finance", "reform"])
def test_only_a_department_with_a_power_of_inspection_inspects(
    drafted, insurance_handler, finance_handler, who, now, request
):
    """FACTS §2.6: a keeper of the fund, a planner, an agency under contract may support."""
    department = request.getfixturevalue(who)
    given = {"inspection": drafted, "department": department, "by": insurance_handler, "at": now}
    with pytest.raises(BadInput) as refused:
        planning.add_partner(role="inspecting", **given)
    assert refused.value.field == "department" and refused.value.record
    with pytest.raises(BadInput) as refused:
        make.draft(department, by=finance_handler, at=now)
    assert refused.value.field == "lead" and not rules.can_plan(finance_handler)
    assert planning.add_partner(role="supporting", **given).role == "supporting"
    with pytest.raises(IntegrityError, match="power of inspection"), transaction.atomic():
        Partner.objects.filter(department=department).update(role="inspecting")


def test_police_may_inspect(drafted, police, insurance_handler, now):
    assert planning.add_partner(
        inspection=drafted, department=police, role="inspecting", by=insurance_handler, at=now
    ).inspects


def test_a_department_takes_part_once(drafted, health, insurance_handler, now):
    given = {
        "inspection": drafted,
        "department": health,
        "role": "inspecting",
        "by": insurance_handler,
        "at": now,
    }
    row = planning.add_partner(**given)
    with pytest.raises(BadInput) as refused:
        planning.add_partner(**given)
    assert refused.value.field == "department"
    planning.drop_partner(partner=row, by=insurance_handler, at=now)
    assert not drafted.partners.staying().filter(department=health).exists()
    back = planning.add_partner(**{**given, "role": "supporting"})
    assert (back.pk, back.role, back.dropped_at) == (row.pk, "supporting", None)


@pytest.mark.parametrize("who", ["other_insurance", "procuratorate"])
def test_only_departments_of_the_county_that_work_here(drafted, insurance_handler, now, who, request):
    with pytest.raises(BadInput) as refused:
        planning.add_partner(
            inspection=drafted,
            department=request.getfixturevalue(who),
            role="supporting",
            by=insurance_handler,
            at=now,
        )
    assert refused.value.field == "department"


def test_a_part_is_inspecting_or_supporting(drafted, health, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        planning.add_partner(
            inspection=drafted, department=health, role="leading", by=insurance_handler, at=now
        )
    assert refused.value.field == "role"


def test_one_added_later_is_asked_at_once_and_one_left_out_owes_nothing(
    asked, market, market_registrar, insurance_handler, now
):
    row = planning.add_partner(
        inspection=asked, department=market, role="inspecting", by=insurance_handler, at=now
    )
    assert Notification.objects.filter(verb="inspection.asked", recipient=market_registrar).count() == 1
    clock = Deadline.objects.get(target_kind="inspection_partner", target_id=row.pk)
    assert (clock.department_id, clock.amount, clock.unit) == (market.pk, 3, "working_day")
    planning.drop_partner(partner=row, by=insurance_handler, at=now)
    clock.refresh_from_db()
    assert clock.status == "cancelled"
    assert Notification.objects.filter(verb="inspection.left_out", recipient=market_registrar).count() == 1
    with pytest.raises(WrongState):
        planning.drop_partner(partner=row, by=insurance_handler, at=now)


def test_who_is_left_out_takes_its_people_along(
    asked, part, health, health_section_head, insurance_handler, now
):
    make.confirm(asked, health, by=health_section_head, at=now)
    planning.drop_partner(partner=part, by=insurance_handler, at=now)
    assert not part.members.filter(left_at=None).exists()


def test_the_lead_stays(asked, insurance_handler, now):
    with pytest.raises(BadInput):
        planning.drop_partner(partner=asked.partners.get(leads=True), by=insurance_handler, at=now)


# -- targets ------------------------------------------------------------


def test_a_target_stands_on_a_plan_once(drafted, insurance_handler, now):
    target = make.with_target(drafted, by=insurance_handler, at=now)
    given = {"inspection": drafted, "subject": target.subject, "by": insurance_handler, "at": now}
    with pytest.raises(BadInput) as refused:
        planning.add_target(**given)
    assert refused.value.field == "subject" and "仁和" in str(refused.value)
    planning.drop_target(target=target, reason="已停业", by=insurance_handler, at=now)
    back = planning.add_target(**given, drawn=True)
    assert (back.pk, back.drop_reason, back.drawn) == (target.pk, "", True)


def test_a_person_or_a_body_of_another_county_is_no_target(
    drafted, other_county, county, insurance_handler, now
):
    for subject in (
        make_subject(county, name="张三", kind="insured", at=now), make_subject(other_county, name="云溪医院", at=now),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            planning.add_target(inspection=drafted, subject=subject, by=insurance_handler, at=now)
        assert refused.value.field == "subject"


def test_a_target_is_left_out_with_a_reason_once(drafted, insurance_handler, now):
    target = make.with_target(drafted, by=insurance_handler, at=now)
    with pytest.raises(BadInput):
        planning.drop_target(target=target, reason=" ", by=insurance_handler, at=now)
    planning.drop_target(target=target, reason="已停业", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        planning.drop_target(target=target, reason="已停业", by=insurance_handler, at=now)


def test_a_visited_target_stays(visit, insurance_handler, now):
    with pytest.raises(WrongState):
        planning.drop_target(target=visit.target, reason="已停业", by=insurance_handler, at=now)


# -- asking ------------------------------------------------------------


def test_asking_starts_a_clock_of_each_department_and_tells_the_office(
    asked, part, health_section_head, office_coordinator, now
):
    clock = Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk)
    assert (clock.department_id, clock.rule_code, clock.due_on) == (
        part.department_id, "inspection_answer", local_date(now) + 3 * DAY,
    )  # fmt: skip
    assert Notification.objects.filter(verb="inspection.asked", recipient=health_section_head).count() == 1
    assert (
        Notification.objects.filter(verb="inspection.begun_to_plan", recipient=office_coordinator).count()
        == 1
    )


def test_nothing_is_asked_without_a_target_or_twice(drafted, asked, insurance_handler, now):
    with pytest.raises(BadInput):
        planning.ask_partners(inspection=drafted, by=insurance_handler, at=now)
    with pytest.raises(AlreadyDone):
        planning.ask_partners(inspection=asked, by=insurance_handler, at=now)


def test_a_county_without_an_office_plans_all_the_same(insurance, insurance_handler, now):
    made = make.draft(insurance, by=insurance_handler, at=now)
    make.with_target(made, by=insurance_handler, at=now)
    planning.ask_partners(inspection=made, by=insurance_handler, at=now)
    assert not Notification.objects.filter(verb="inspection.begun_to_plan").exists()


def test_what_a_department_does_is_a_line_of_the_plan(drafted, insurance_handler, now):
    row = drafted.partners.get()
    team.edit_division(partner=row, task="查结算数据", version=1, by=insurance_handler, at=now)
    assert row.task == "查结算数据"
    with pytest.raises(Stale):
        team.edit_division(partner=row, task="查病历", version=1, by=insurance_handler, at=now)
