"""The plan of an inspection: drafted, its departments and targets named, changed, put to the departments."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.models import Subject
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, open_clock, start_clock
from departments.models import Department, User
from documents.actions import next_number
from inspections import notices
from inspections.actions.common import (
    check_days,
    check_inspecting,
    check_power,
    lock_in,
    needed,
    staying,
    touch,
)
from inspections.actions.taking_back import announced_to, take_back
from inspections.draw_enums import AskedFor, DrawStatus
from inspections.enums import (
    PLANNED,
    InspectionKind,
    InspectionSource,
    InspectionStatus,
    PartAnswer,
    PartRole,
    WhyBack,
)
from inspections.models import Inspection, Partner, Target

MARK = "联检"
ANSWER_CLOCK = "inspection_answer"
PLAN = (
    "title", "kind", "source", "source_number", "basis", "start_condition", "starts_on", "ends_on", "key_areas", "content",
    "division",
)  # fmt: skip
WRITTEN = ("title", "basis", "start_condition", "key_areas", "content")


def _checked(given: dict[str, Any], at: dt.datetime, *, kept: Inspection | None = None) -> dict[str, Any]:
    """The plan as it is stored; a day that was in the plan already may have passed.

    :raises BadInput: naming every fault at once, each under its field
    """
    values: dict[str, Any] = {
        name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        for name, value in given.items()
    }
    faults = {name: _("Fill this in.") for name in WRITTEN if not values[name]}
    found = check_days(values["starts_on"], values["ends_on"], at)
    if kept is not None and values["starts_on"] == kept.starts_on:
        found.pop("starts_on", None)
    faults |= found
    if values["source"] == InspectionSource.PLAN:
        values["source_number"] = ""
    elif not values["source_number"]:
        faults["source_number"] = _("Give the number of the report or of the task from above.")
    if values["kind"] == InspectionKind.ASSIST and values["source"] != InspectionSource.ABOVE:
        faults["source"] = _("A flying inspection is organised above: choose the task from above, and give its number.")
    if faults:
        raise BadInput.several(faults)
    return values


@transaction.atomic
def draft_inspection(*, lead: Department, by: User, at: dt.datetime, **plan: Any) -> Inspection:
    """Draft a plan (`PLAN`); the lead department is its first inspecting department.

    :raises BadInput: something left out, days out of order or passed, or a lead without a power of inspection (T4,
        FACTS §2.6)
    """
    check_power(lead, "lead")
    values = _checked({"division": "", "source_number": "", **plan}, at)
    series, number = next_number(region=lead.region, mark=MARK, year=values["starts_on"].year)
    inspection = Inspection.objects.create(
        region=lead.region, lead=lead, number=f"{series}{number}号", drafted_by=by, drafted_at=at, created_at=at,
        updated_at=at, **values,
    )  # fmt: skip
    Partner.objects.create(
        inspection=inspection,
        department=lead,
        role=PartRole.INSPECTING,
        leads=True,
        created_at=at,
        updated_at=at,
    )
    notices.note("drafted", inspection, by=by, at=at, title=inspection.title)
    return inspection


@transaction.atomic
def edit_plan(*, inspection: Inspection, version: int, by: User, at: dt.datetime, **plan: Any) -> Inspection:
    """Change the plan. Departments that were asked already are asked anew (`plan_changed`).

    :raises Stale: somebody changed it since the form was opened
    :raises BadInput: see `draft_inspection`; or another kind once there was a draw
    :raises WrongState: it is agreed, under way or over
    """
    lock_in(inspection, InspectionStatus.DRAFT)
    if inspection.version != version:
        raise Stale
    values = _checked(plan, at, kept=inspection)
    if values["kind"] != inspection.kind and inspection.draws.exists():
        raise BadInput(
            _("This inspection was drawn, or committed to be: its kind does not change any more."),
            field="kind", record=True,
        )  # fmt: skip
    changed = [name for name in PLAN if getattr(inspection, name) != values[name]]
    if not changed:
        return inspection
    for name in changed:
        setattr(inspection, name, values[name])
    plan_changed(inspection, *changed, by=by, at=at)
    notices.note("edited", inspection, by=by, at=at)
    return inspection


def plan_changed(
    inspection: Inspection, *fields: str, but: Partner | None = None, by: User, at: dt.datetime
) -> None:
    """The plan is another one: what the departments answered, they answered to the one before, and are asked anew. A form
    opened on the old plan is stale, also of a department that has not answered. but: one that is asked for itself.

    A draw is no change: the departments agreed to be drawn, and are told of what was.
    """
    asked = inspection.asked_at is not None
    if asked or fields:  # before, it is put together target by target
        inspection.plan_version += 1
    touch(inspection, at, *fields, "plan_version")
    if not asked:
        return
    others = staying(inspection).filter(leads=False)
    for partner in others if but is None else others.exclude(pk=but.pk):
        partner.inspection = inspection
        answered = partner.answer != PartAnswer.NONE
        if answered:
            _forget_answer(partner, at)
        else:
            Partner.objects.filter(pk=partner.pk).update(updated_at=at, version=F("version") + 1)
        if answered or fields:  # thirty targets more are one question, not thirty
            _ask(partner, by=by, at=at, again=True)


def _forget_answer(partner: Partner, at: dt.datetime) -> None:
    Partner.objects.filter(pk=partner.pk).update(
        answer=PartAnswer.NONE, answered_by=None, answered_at=None, plan_version=None, decline_reason="", updated_at=at,
        version=F("version") + 1,
    )  # fmt: skip
    partner.refresh_from_db()


def _ask(partner: Partner, *, by: User, at: dt.datetime, again: bool = False) -> None:
    """The department is told, and its clock runs."""
    inspection = partner.inspection
    if open_clock(partner, ANSWER_CLOCK) is None:
        start_clock(
            code=ANSWER_CLOCK, target=partner, department=partner.department, to_department=inspection.lead,
            region_id=inspection.region_id, by=by, at=at,
        )  # fmt: skip
    notices.tell_department(
        partner.department,
        inspection,
        "asked_again" if again else "asked",
        at=at,
        lead_department=inspection.lead_id,
    )


@transaction.atomic
def add_partner(
    *, inspection: Inspection, department: Department, role: str, task: str = "", by: User, at: dt.datetime
) -> Partner:
    """Name a department; once the others were asked it is asked at once. One left out before comes back.

    :raises BadInput: the office, in whatever part (T4: it sees the plan and counts), an inspecting one without a power of
        inspection (FACTS §2.6), a department of another county or on paper, one named already
    :raises WrongState: the plan is agreed, under way or over
    """
    lock_in(inspection, InspectionStatus.DRAFT)
    if role not in PartRole.values:
        raise BadInput(_("Say whether the department inspects or supports."), field="role")
    (check_power if role == PartRole.INSPECTING else check_inspecting)(department, "department")
    if department.region_id != inspection.region_id or not (department.active and department.has_account):
        raise BadInput(_("Choose a department of this county that works in this system."), field="department")
    partner = Partner.objects.filter(inspection=inspection, department=department).first()
    if partner is not None and partner.dropped_at is None:
        raise BadInput(_("This department takes part already."), field="department")
    if partner is None:
        partner = Partner(inspection=inspection, department=department, created_at=at)
    else:
        partner.version += 1
    partner.role, partner.task, partner.updated_at = role, task.strip(), at
    partner.dropped_by = partner.dropped_at = None
    partner.save()
    plan_changed(inspection, but=partner, by=by, at=at)
    notices.note("partner_added", inspection, by=by, at=at, department=department.pk, part_role=role)
    if inspection.asked_at is not None:
        _ask(partner, by=by, at=at)
    return partner


@transaction.atomic
def drop_partner(*, partner: Partner, by: User, at: dt.datetime) -> Partner:
    """Leave a department out, such as after it declined; its people leave with it.

    :raises BadInput: the lead
    :raises WrongState: the plan is agreed, under way or over, or it was left out already
    """
    inspection = partner.inspection
    lock_in(inspection, InspectionStatus.DRAFT)
    partner.refresh_from_db()
    if partner.leads:
        raise BadInput(_("The lead department stays. Cancel the inspection instead."))
    if partner.dropped_at is not None:
        raise WrongState(_("This department was left out already."))
    partner.members.filter(left_at=None).update(
        left_by=by, left_at=at, left_reason=for_the_record(gettext_noop("The department was left out.")), updated_at=at,
    )  # fmt: skip
    _forget_answer(partner, at)
    Partner.objects.filter(pk=partner.pk).update(dropped_by=by, dropped_at=at, version=F("version") + 1)
    partner.refresh_from_db()
    end_answer_clock(partner, for_the_record(gettext_noop("The department was left out.")), by=by, at=at)
    touch(inspection, at)
    notices.note("partner_dropped", inspection, by=by, at=at, department=partner.department_id)
    if inspection.asked_at is not None:
        notices.tell_department(partner.department, inspection, "left_out", at=at, tone="n")
    return partner


def end_answer_clock(partner: Partner, words: str, *, by: User, at: dt.datetime) -> None:
    """The department owes no answer any more."""
    clock = open_clock(partner, ANSWER_CLOCK)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, reason=words, by=by)


@transaction.atomic
def add_target(
    *,
    inspection: Inspection,
    subject: Subject,
    reason: str = "",
    drawn: bool = False,
    by: User,
    at: dt.datetime,
) -> Target:
    """Name a body to be inspected. drawn: by 双随机.

    :raises BadInput: a person, a body of another county, one that is on the plan already, or by hand where they are drawn
    :raises WrongState: the plan is agreed, under way or over
    """
    lock_in(inspection, InspectionStatus.DRAFT)
    if inspection.kind == InspectionKind.RANDOM and not drawn:
        raise BadInput(_("The targets of a random inspection are drawn, not added by hand."), field="subject")
    if subject.kind not in Target.KINDS or subject.region_id != inspection.region_id:
        raise BadInput(_("Choose an institution, pharmacy or supplier of this county."), field="subject")
    target = Target.objects.filter(inspection=inspection, subject=subject).first()
    if target is not None and target.dropped_at is None:
        raise BadInput(_("%(name)s is on this plan already.") % {"name": subject.name}, field="subject")
    if target is None:
        target = Target(inspection=inspection, subject=subject, created_at=at)
    else:
        target.version += 1
    target.reason, target.drawn, target.updated_at = reason.strip(), drawn, at
    target.added_by, target.added_at = by, at
    target.dropped_by = target.dropped_at = None
    target.drop_reason = ""
    target.save()
    if drawn:
        touch(inspection, at)
    else:
        plan_changed(inspection, by=by, at=at)
    notices.note("target_added", inspection, by=by, at=at, subject=subject.pk, drawn=drawn)
    return target


@transaction.atomic
def drop_target(*, target: Target, reason: str, by: User, at: dt.datetime) -> Target:
    """Leave a target out, with its reason (closed down, moved away). A notice it has is taken back.

    :raises BadInput: no reason
    :raises WrongState: it was visited or left out, it was drawn and no second person agreed, or the inspection is over
    """
    reason, inspection = needed(reason), target.inspection
    lock_in(inspection, *PLANNED, InspectionStatus.UNDER_WAY)
    target.refresh_from_db()
    target.inspection = inspection
    if target.dropped_at is not None:
        raise WrongState(_("This target was left out already."))
    if target.visits.standing().exists():
        raise WrongState(_("This target was visited: it stays."))
    _check_not_drawn(target)
    told = target in announced_to(inspection)
    target.dropped_by, target.dropped_at, target.drop_reason = by, at, reason[:200]
    target.updated_at, target.version = at, target.version + 1
    target.save(update_fields=["dropped_by", "dropped_at", "drop_reason", "updated_at", "version"])
    if inspection.status == InspectionStatus.DRAFT and not target.drawn:
        plan_changed(inspection, by=by, at=at)
    else:  # what was signed is carried out with one less
        touch(inspection, at)
    notices.note("target_dropped", inspection, by=by, at=at, subject=target.subject_id, reason=reason)
    if told:
        take_back([target], WhyBack.LEFT_OUT, by=by, at=at)
    return target


def _check_not_drawn(target: Target) -> None:
    """:raises WrongState: a draw that stands named it, and nobody of another department agreed to leave it out"""
    draw = target.inspection.draws.filter(
        status=DrawStatus.DRAWN, drawn_targets__subject=target.subject_id
    ).first()
    if draw is None or draw.annulments.filter(
        status=AskedFor.AGREED, target__subject=target.subject_id
    ).exists():
        return
    raise WrongState(
        _("It was drawn: ask on the page of %(number)s that it be left out. Somebody of another department has to agree.")
        % {"number": draw.number}
    )  # fmt: skip


@transaction.atomic
def ask_partners(*, inspection: Inspection, by: User, at: dt.datetime) -> Inspection:
    """Put the plan to the departments: each answers and names its people; its clock runs. The office sees who has not.

    :raises AlreadyDone: they were asked
    :raises BadInput: nothing is to be inspected
    :raises WrongState: the plan is agreed, under way or over
    """
    lock_in(inspection, InspectionStatus.DRAFT)
    if inspection.asked_at is not None:
        raise AlreadyDone(_("The departments were asked already."))
    # the targets of a random one are drawn, before witnesses: after the departments were asked
    if inspection.kind != InspectionKind.RANDOM and not inspection.targets.filter(dropped_at=None).exists():
        raise BadInput(_("Name at least one target first."))
    inspection.asked_by, inspection.asked_at, inspection.updated_at = by, at, at
    inspection.version += 1
    inspection.save(update_fields=["asked_by", "asked_at", "updated_at", "version"])
    others = list(staying(inspection).filter(leads=False).select_related("inspection__lead", "department"))
    for partner in others:
        _ask(partner, by=by, at=at)
    notices.note(
        "put_to_partners", inspection, by=by, at=at, departments=[each.department_id for each in others]
    )
    notices.tell_office(inspection, "begun_to_plan", at=at, tone="n", lead_department=inspection.lead_id)
    return inspection
