"""Who sees what of an inspection, and who may do what: the lead, who is asked, the office, a named expert, strangers."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cases.models import Case, Subject
from core.dates import local_date
from deadlines.actions.clocks import start_clock
from deadlines.models import Deadline
from departments.actions.people import engage, fill_post
from departments.enums import Role
from documents.actions import issue_document
from documents.models import IssuedDocument
from inspections import contexts, rules, rules_work
from inspections.actions import closing, outcomes, planning, rectification, team
from inspections.models import (
    Checklist,
    ChecklistItem,
    EnforcementCertificate,
    Finding,
    FindingFile,
    Inspection,
    Member,
    Partner,
    Postponement,
    Rectification,
    Summary,
    SummarySignature,
    Target,
    Visit,
    VisitFile,
    VisitItem,
    VisitOfficer,
)
from tests.factories import inspections as make
from tests.factories.cases import make_case, pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db
PLAN = (Inspection, Partner, Target, Member, Postponement)
WORK = (
    Visit, VisitOfficer, VisitItem, VisitFile, Finding, FindingFile, Rectification, Summary, SummarySignature,
)  # fmt: skip


@pytest.fixture
def expert(insurance, now):
    user = engage(staff_number="zj01", name="专家甲", password=None, by=None, at=now)
    fill_post(
        user=user, department=insurance, role=Role.EXPERT, until=local_date(now) + 60 * DAY, by=None, at=now
    )
    return user


@pytest.fixture
def whole(visit, going, insurance_handler, now):
    """Something of everything, that could leak."""
    from inspections.actions.changes import postpone_inspection
    from inspections.actions.visits import add_visit_file

    made = make.finding(visit, by=insurance_handler, at=now, files=["照片.pdf"])
    outcomes.have_rectified(
        finding=made,
        text="补正",
        due_on=local_date(now) + DAY,
        person=insurance_handler,
        by=insurance_handler,
        at=now,
    )
    add_visit_file(visit=visit, upload=pdf("现场.pdf"), by=insurance_handler, at=now)
    postpone_inspection(
        inspection=going, starts_on=going.starts_on, ends_on=going.ends_on + DAY, reason="增加对象", by=insurance_handler,
        at=now,
    )  # fmt: skip
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    make.sign_all(going, at=now)
    return going


def seen(user, models):
    return [model.objects.visible_to(user).exists() for model in models]


def test_who_takes_part_sees_everything(whole, insurance_handler, health_section_head):
    for user in (insurance_handler, health_section_head):
        assert all(seen(user, PLAN + WORK))


def test_the_office_and_the_leader_see_the_plan_and_not_what_was_found(
    whole, office_coordinator, county_leader
):
    for user in (office_coordinator, county_leader):
        assert all(seen(user, PLAN)) and not any(seen(user, WORK))


@pytest.mark.parametrize("who", ["market_handler", "outsider", "system_admin", "audit_admin"])
def test_others_see_nothing(whole, who, request):
    assert not any(seen(request.getfixturevalue(who), PLAN + WORK))


def test_an_anonymous_reader_sees_nothing(whole):
    nobody = AnonymousUser()
    assert not any(seen(nobody, (*PLAN, *WORK, EnforcementCertificate, Checklist, ChecklistItem)))


def test_an_expert_sees_the_inspections_the_expert_is_named_on_and_no_case(
    whole, parties, expert, insurance_handler, now
):
    assert not any(seen(expert, PLAN + WORK))
    other = make.under_way(**parties, at=now + DAY)
    team.add_expert(inspection=other, user=expert, declared=True, by=insurance_handler, at=now)
    assert list(Inspection.objects.visible_to(expert)) == [other]
    assert not Visit.objects.visible_to(expert).exists()  # what could leak stands on the first one
    make_case(by=insurance_handler, at=now)
    assert (
        Case.objects.visible_to(insurance_handler).exists() and not Case.objects.visible_to(expert).exists()
    )
    assert not Subject.objects.visible_to(expert).exists()
    member = other.members.get(user=expert)
    team.leave(member=member, reason="请假", by=insurance_handler, at=now)
    assert not Inspection.objects.visible_to(expert).exists()
    assert rules.can_list(expert) and not rules.can_plan(expert) and not rules.can_see_certificates(expert)


def test_the_plan_is_the_leads_own_until_it_asks(
    drafted, health, health_section_head, office_coordinator, insurance_handler, now
):
    planning.add_partner(
        inspection=drafted, department=health, role="inspecting", by=insurance_handler, at=now
    )
    assert not Inspection.objects.visible_to(health_section_head).exists()
    assert not Inspection.objects.visible_to(office_coordinator).exists()
    assert Inspection.objects.visible_to(insurance_handler).exists()
    assert list(Inspection.objects.open()) == [drafted]


def test_who_was_left_out_sees_it_no_more(asked, part, health_section_head, insurance_handler, now):
    assert Inspection.objects.visible_to(health_section_head).exists()
    planning.drop_partner(partner=part, by=insurance_handler, at=now)
    assert not Inspection.objects.visible_to(health_section_head).exists()


def test_who_is_asked_and_silent_is_known(asked, part, health, health_section_head, now):
    assert list(Partner.objects.unanswered().filter(leads=False)) == [part]
    assert part in Partner.objects.inspecting()
    make.confirm(asked, health, by=health_section_head, at=now)
    assert not Partner.objects.unanswered().filter(leads=False).exists()


def test_certificates_and_checklists_are_open_to_the_county(
    insurance, insurance_handler, health_handler, outsider, system_admin, now
):
    make.certificate(insurance_handler, insurance, at=now)
    assert EnforcementCertificate.objects.visible_to(health_handler).count() == 1
    assert not EnforcementCertificate.objects.visible_to(outsider).exists()
    assert not EnforcementCertificate.objects.visible_to(system_admin).exists()
    assert Checklist.objects.visible_to(outsider).count() == 3
    assert ChecklistItem.objects.visible_to(system_admin).exists()


# -- rules ------------------------------------------------------------

LEAD_ON = {
    "draft": {"can_edit", "can_submit", "can_add_expert", "can_postpone", "can_cancel"},
    "agreed": {"can_add_expert", "can_postpone", "can_cancel"},
    "under_way": {"can_add_expert", "can_postpone", "can_cancel", "can_report"},
    "reported": {"can_rewrite", "can_go_back", "can_close"},
    "closed": set(),
    "cancelled": set(),
}
ON_INSPECTION = sorted(set().union(*LEAD_ON.values()))


def rule(name):
    return getattr(rules, name, None) or getattr(rules_work, name)


@pytest.mark.parametrize("status", LEAD_ON)
def test_only_the_lead_moves_the_inspection(
    asked, insurance_handler, health_section_head, office_coordinator, insurance_registrar, outsider, status
):
    asked.status = status
    assert {name for name in ON_INSPECTION if rule(name)(insurance_handler, asked)} == LEAD_ON[status]
    for other in (health_section_head, office_coordinator, insurance_registrar, outsider):
        assert not any(rule(name)(other, asked) for name in ON_INSPECTION)


def test_another_leader_signs(
    submitted, insurance_handler, insurance_deputy_head, insurance_section_head, health_section_head
):
    assert rules.can_approve(insurance_deputy_head, submitted) and rules.can_return(
        insurance_deputy_head, submitted
    )
    for other in (insurance_handler, insurance_section_head, health_section_head):
        assert not rules.can_approve(other, submitted) and not rules.can_return(other, submitted)
    submitted.submitted_by = insurance_deputy_head
    assert not rules.can_approve(insurance_deputy_head, submitted)
    assert not rules.can_begin(insurance_handler, submitted)


def test_notices_are_the_leads_desk(
    approved, insurance_registrar, insurance_handler, health_section_head, county_leader
):
    assert rules.can_send_notices(insurance_registrar, approved) and rules.can_begin(
        insurance_handler, approved
    )
    assert not rules.can_begin(insurance_registrar, approved)
    assert not rules.can_send_notices(health_section_head, approved)
    assert not rules.can_send_notices(county_leader, approved)
    approved.kind = "unannounced"
    assert not rules.can_send_notices(insurance_registrar, approved)


def test_a_department_answers_for_itself(
    asked,
    part,
    health_section_head,
    health_handler,
    health_registrar,
    insurance_handler,
    office_coordinator,
    now,
):
    assert rules.can_confirm(health_section_head, part) and rules.can_decline(health_registrar, part)
    for other in (health_handler, insurance_handler, office_coordinator):
        assert not rules.can_confirm(other, part)
    lead = asked.partners.select_related("inspection").get(leads=True)
    assert rules.can_confirm(insurance_handler, lead) and not rules.can_decline(insurance_handler, lead)
    part.answer = "declined"
    assert not rules.can_decline(health_section_head, part)
    assert rules.can_drop_partner(insurance_handler, part) and not rules.can_drop_partner(
        insurance_handler, lead
    )
    assert rules.can_edit_partner(insurance_handler, part)
    part.dropped_at = now
    assert not rules.can_confirm(health_section_head, part) and not rules.can_edit_partner(
        insurance_handler, part
    )
    assert rules.can_ask(insurance_handler, asked) is False
    assert rules.takes_part(health_handler, asked) and not rules.takes_part(office_coordinator, asked)


def test_people_and_targets_change_while_it_goes_on(
    going, health, health_section_head, insurance_handler, office_head, now
):
    row = going.partners.select_related("inspection").get(department=health)
    member = row.members.select_related("inspection", "partner").first()
    assert rules.can_name_officer(health_section_head, row) and rules.can_leave(health_section_head, member)
    assert not rules.can_leave(insurance_handler, member) and not rules.can_name_officer(office_head, row)
    member.left_at = now
    assert not rules.can_leave(health_section_head, member)
    target = going.targets.select_related("inspection").get()
    assert rules.can_drop_target(insurance_handler, target)
    assert not rules.can_drop_target(health_section_head, target)
    target.dropped_at = now
    assert not rules.can_drop_target(insurance_handler, target) and not rules_work.can_visit(
        insurance_handler, target
    )


def test_registrars_and_leaders_keep_certificates_of_their_own(
    insurance, insurance_handler, insurance_registrar, health_section_head, office_head, now
):
    held = make.certificate(insurance_handler, insurance, at=now)
    assert rules.can_withdraw_certificate(insurance_registrar, held)
    for other in (health_section_head, insurance_handler, office_head):
        assert not rules.can_withdraw_certificate(other, held)
    assert not rules.can_keep_certificates(office_head) and not rules.can_plan(office_head)
    held.withdrawn_at = now
    assert not rules.can_withdraw_certificate(insurance_registrar, held)
    shipped = Checklist.objects.get(function="insurance")
    assert not rules.can_keep_checklist(insurance_registrar, shipped)


def test_who_goes_writes_and_nobody_else(
    visit,
    going,
    finding,
    health,
    health_handler,
    health_section_head,
    insurance_handler,
    office_coordinator,
    market_handler,
):
    there = going.members.filter(partner__department=health).first().user
    target = going.targets.select_related("inspection").get()
    for user in (insurance_handler, there):
        assert rules_work.can_visit(user, target)
        assert all(
            getattr(rules_work, name)(user, visit) for name in ("can_write", "can_add_file", "can_find")
        )
        assert not rules_work.can_sign_record(user, visit)
    for user in (health_handler, office_coordinator, market_handler):
        assert not rules_work.can_visit(user, target)
        assert not any(
            getattr(rules_work, name)(user, visit) for name in ("can_write", "can_add_file", "can_find")
        )
    visit.status = "printed"
    assert rules_work.can_sign_record(there, visit) and not rules_work.can_write(there, visit)
    assert rules.can_read(health_handler, going) and not rules.can_read(office_coordinator, going)


ON_FINDING = (
    "can_open_case",
    "can_join_case",
    "can_have_rectified",
    "can_remark",
    "can_edit_finding",
    "can_add_evidence",
)


def test_who_found_it_decides_where_it_goes(
    finding, insurance_handler, insurance_registrar, health_section_head, office_coordinator
):
    def may(user):
        return {name for name in ON_FINDING if getattr(rules_work, name)(user, finding)}

    assert may(insurance_handler) == set(ON_FINDING)
    for other in (health_section_head, office_coordinator, insurance_registrar):
        assert may(other) == set()
    finding.outcome = "remark"
    assert may(insurance_handler) == {
        "can_open_case",
        "can_join_case",
        "can_have_rectified",
        "can_add_evidence",
    }
    finding.outcome = "rectify"
    finding.inspection.status = "closed"
    assert may(insurance_handler) == {"can_open_case", "can_join_case"}
    finding.outcome = "open"
    assert may(insurance_handler) == set()


def test_a_rectification_is_followed_and_confirmed_by_two(
    finding, insurance_handler, insurance_handler_2, insurance_section_head, health_section_head, now
):
    outcomes.have_rectified(
        finding=finding,
        text="补正",
        due_on=local_date(now),
        person=insurance_handler,
        by=insurance_handler,
        at=now,
    )
    task = finding.rectification
    assert rules_work.can_report_rectified(insurance_handler, task)
    assert not rules_work.can_report_rectified(insurance_handler_2, task)
    assert not rules_work.can_report_rectified(health_section_head, task)
    assert rules_work.can_reassign(insurance_section_head, task)
    rectification.report_rectified(task=task, text="已改", by=insurance_handler, at=now)
    assert rules_work.can_confirm_rectified(insurance_section_head, task)
    assert rules_work.can_send_back(insurance_section_head, task)
    assert not rules_work.can_confirm_rectified(insurance_handler, task)
    task.done_by = insurance_section_head
    assert not rules_work.can_confirm_rectified(insurance_section_head, task)


def test_leaders_of_each_department_sign(
    whole, health, health_section_head, health_handler, insurance_deputy_head, office_coordinator, now
):
    row = whole.partners.select_related("inspection").get(department=health)
    assert rules_work.can_sign_summary(health_section_head, row)
    for other in (health_handler, insurance_deputy_head, office_coordinator):
        assert not rules_work.can_sign_summary(other, row)


def test_an_expert_reads_no_clock_and_no_loose_paper_of_the_department(whole, expert, insurance, insurance_handler, now):
    """The post opens the inspections the expert was named on, with their papers and clocks, and nothing beside them."""
    loose = issue_document(
        kind="inspection_summary", department=insurance, target=None, case=None,
        context=contexts.of_summary(whole, at=now), by=insurance_handler, at=now,
    )  # fmt: skip
    start_clock(
        code="supervision", target=("elsewhere", 1), department=insurance, started_at=now, region_id=whole.region_id,
        due_on=local_date(now) + DAY, at=now,
    )  # fmt: skip
    clocks, papers = Deadline.objects.visible_to, IssuedDocument.objects.visible_to
    own = set(clocks(insurance_handler).values_list("target_kind", flat=True))
    assert {"elsewhere", "rectification"} <= own and papers(insurance_handler).filter(pk=loose.pk).exists()
    assert papers(insurance_handler).about(whole).exists()
    assert not clocks(expert).exists() and not papers(expert).exists()
    closing.go_back(inspection=whole, reason="补查", by=insurance_handler, at=now)
    team.add_expert(inspection=whole, user=expert, declared=True, by=insurance_handler, at=now)
    assert set(clocks(expert).values_list("target_kind", flat=True)) == {"rectification"}
    assert papers(expert).about(whole).exists() and not papers(expert).filter(pk=loose.pk).exists()


def test_who_meets_no_business_takes_part_in_nothing(going, insurance_handler, system_admin):
    assert rules.takes_part(insurance_handler, going) and not rules.takes_part(system_admin, going)
