"""Who goes: departments answer and name their people; somebody joins or leaves later."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import meet_clock, open_clock
from departments.enums import Role
from departments.models import Post, User
from inspections import notices
from inspections.actions.common import (
    OFFICERS,
    in_post,
    inspectors,
    lock_in,
    needed,
    staying,
    touch,
)
from inspections.actions.draw_plan import check_drawn, drawn_left_out
from inspections.actions.planning import ANSWER_CLOCK, plan_changed
from inspections.enums import InspectionStatus, MemberRole, PartAnswer, PartRole
from inspections.models import EnforcementCertificate, Inspection, Member, Partner

GOING = (InspectionStatus.AGREED, InspectionStatus.UNDER_WAY)


def _officer(partner: Partner, certificate: EnforcementCertificate, field: str, at: dt.datetime) -> None:
    """Whether somebody may inspect for the department with this certificate.

    :raises BadInput: a supporting department's, another department's, withdrawn, ending before the inspection, its
        holder has left, or was not drawn where officers were
    """
    if partner.role != PartRole.INSPECTING:
        raise BadInput(
            _("A supporting department assists: nobody of it signs as an inspector."),
            field=field,
            record=True,
        )
    if certificate.department_id != partner.department_id:
        raise BadInput(
            _("%(name)s's certificate is of another department.") % {"name": certificate.user.name},
            field=field, record=True,
        )  # fmt: skip
    if certificate.withdrawn_at is not None or certificate.valid_until < partner.inspection.ends_on:
        raise BadInput(
            _("%(name)s's certificate %(number)s is not valid until %(day)s. Name somebody else or renew it.")
            % {"name": certificate.user.name, "number": certificate.number,
               "day": partner.inspection.ends_on.isoformat()},
            field=field,
        )  # fmt: skip
    in_post(partner.department, certificate.user, at, field)
    check_drawn(partner, certificate, field)


def _name(
    partner: Partner,
    *,
    certificate: EnforcementCertificate | None,
    user: User,
    field: str,
    by: User,
    at: dt.datetime,
) -> Member:
    """:raises BadInput: see `_officer`; or the person was named already, also by another department"""
    if certificate is not None:
        _officer(partner, certificate, field, at)
    else:
        in_post(partner.department, user, at, field)
    if Member.objects.filter(inspection=partner.inspection_id, user=user, left_at=None).exists():
        raise BadInput(_("%(name)s was named already.") % {"name": user.name}, field=field)
    return Member.objects.create(
        inspection=partner.inspection, partner=partner, user=user, name=user.name,
        role=MemberRole.INSPECTOR if certificate else MemberRole.ASSISTANT, certificate=certificate,
        certificate_number=certificate.number if certificate else "", named_by=by, named_at=at, declared_by=by,
        declared_at=at, created_at=at, updated_at=at,
    )  # fmt: skip


def _check_declared(declared: bool) -> None:
    if not declared:
        raise BadInput(
            _(
                "Ask each of them whether they have an interest in what is inspected; who has one is not named."
            ),
            field="declared",
        )


@transaction.atomic
def confirm_part(
    *, partner: Partner, officers: Sequence[EnforcementCertificate] = (), assistants: Sequence[User] = (),
    declared: bool = False, reason: str = "", by: User, at: dt.datetime,
) -> Partner:  # fmt: skip
    """A department takes part and names its people, instead of those it named before. declared: nobody has an interest.

    officers: certificates of those who inspect, at least two of an inspecting department; assistants never sign as
    inspectors. The lead names its own people likewise, also before it asks the others. reason: why somebody the draw
    named does not go; it stays with the person who leaves.

    :raises BadInput: one officer only, somebody drawn left out without a reason (field `reason`), nobody at all,
        not declared, a certificate of another department or not valid
        until the end, somebody named twice, an officer of a supporting department
    :raises WrongState: the plan is agreed, under way or over, or the department was not asked
    """
    inspection = partner.inspection
    lock_in(inspection, InspectionStatus.DRAFT)
    partner.refresh_from_db()
    if partner.dropped_at is not None or (inspection.asked_at is None and not partner.leads):
        raise WrongState(_("This department is not asked at present."))
    if partner.role == PartRole.SUPPORTING and officers:
        _officer(partner, officers[0], "officers", at)
    if partner.role == PartRole.INSPECTING and len({each.pk for each in officers}) < OFFICERS:
        raise BadInput(
            _("An inspecting department sends at least two officers with a valid certificate."),
            field="officers",
        )
    if not officers and not assistants:
        raise BadInput(_("Name at least one person."), field="assistants")
    _check_declared(declared)
    if missing := drawn_left_out(partner, officers):
        names = "、".join(each.name for each in missing)
        reason = needed(reason, "reason", _("%(names)s were drawn: say why they do not go.") % {"names": names})
        Member.objects.filter(pk__in=[each.pk for each in missing]).update(
            left_by=by, left_at=at, left_reason=reason[:200], updated_at=at
        )
        left = [each.user_id for each in missing]
        notices.note("member_left", inspection, by=by, at=at, left_users=left, reason=reason[:200])
    gone = partner.members.filter(left_at=None).exclude(role=MemberRole.EXPERT)
    gone.update(
        left_by=by, left_at=at, left_reason=for_the_record(gettext_noop("Named anew.")), updated_at=at,
    )  # fmt: skip
    for certificate in officers:
        _name(partner, certificate=certificate, user=certificate.user, field="officers", by=by, at=at)
    for user in assistants:
        _name(partner, certificate=None, user=user, field="assistants", by=by, at=at)
    _answer(partner, PartAnswer.CONFIRMED, "", by=by, at=at)
    notices.note(
        "confirmed", inspection, by=by, at=at, department=partner.department_id, officers=len(officers),
        assistants=len(assistants),
    )  # fmt: skip
    if not partner.leads:
        notices.tell_lead(
            inspection, "partner_confirmed", at=at, tone="g", from_department=partner.department_id
        )
    if (
        inspection.asked_at is not None
        and not staying(inspection).exclude(answer=PartAnswer.CONFIRMED).exists()
    ):
        notices.tell_lead(inspection, "all_confirmed", at=at, tone="g")
    return partner


def _answer(partner: Partner, answer: str, reason: str, *, by: User, at: dt.datetime) -> None:
    partner.answer, partner.decline_reason = answer, reason
    partner.answered_by, partner.answered_at = by, at
    partner.plan_version = partner.inspection.plan_version
    partner.updated_at, partner.version = at, partner.version + 1
    partner.save(update_fields=[
        "answer", "decline_reason", "answered_by", "answered_at", "plan_version", "updated_at", "version",
    ])  # fmt: skip
    clock = open_clock(partner, ANSWER_CLOCK)
    if clock is not None:
        meet_clock(deadline=clock, at=at, by=by)


@transaction.atomic
def decline_part(*, partner: Partner, reason: str, by: User, at: dt.datetime) -> Partner:
    """A department does not take part, and says why; the lead leaves it out or asks for another plan.

    :raises BadInput: no reason
    :raises WrongState: it leads, was not asked, or the plan is agreed or over
    """
    reason = needed(reason)
    lock_in(partner.inspection, InspectionStatus.DRAFT)
    partner.refresh_from_db()
    if partner.leads or partner.dropped_at is not None or partner.inspection.asked_at is None:
        raise WrongState(_("This department is not asked at present."))
    partner.members.filter(left_at=None).update(
        left_by=by, left_at=at, left_reason=for_the_record(gettext_noop("The department does not take part.")),
        updated_at=at,
    )  # fmt: skip
    _answer(partner, PartAnswer.DECLINED, reason[:300], by=by, at=at)
    notices.note(
        "declined", partner.inspection, by=by, at=at, department=partner.department_id, reason=reason
    )
    notices.tell_lead(
        partner.inspection,
        "partner_declined",
        at=at,
        tone="r",
        from_department=partner.department_id,
        reason=reason,
    )
    notices.tell_office(
        partner.inspection,
        "partner_declined",
        at=at,
        tone="r",
        from_department=partner.department_id,
        reason=reason,
    )
    return partner


@transaction.atomic
def name_officer(
    *,
    partner: Partner,
    certificate: EnforcementCertificate,
    declared: bool = False,
    by: User,
    at: dt.datetime,
) -> Member:
    """Another officer of a department once the plan is agreed, such as before somebody leaves.

    :raises BadInput: see `confirm_part`
    :raises WrongState: the plan is not agreed, or everything is over
    """
    lock_in(partner.inspection, *GOING)
    _check_declared(declared)
    member = _name(partner, certificate=certificate, user=certificate.user, field="certificate", by=by, at=at)
    touch(partner.inspection, at)
    notices.note("member_named", partner.inspection, by=by, at=at, new_user=member.user_id)
    return member


@transaction.atomic
def add_expert(
    *, inspection: Inspection, user: User | None = None, name: str = "", unit: str = "", declared: bool = False,
    by: User, at: dt.datetime,
) -> Member:  # fmt: skip
    """An expert assists, and never signs as an inspector. Of an outside expert with a post the page opens this
    inspection alone; another is written down by name and unit.

    :raises BadInput: nobody named, somebody without the post of an expert, or named already
    :raises WrongState: the inspection is over
    """
    lock_in(inspection, InspectionStatus.DRAFT, *GOING)
    name, unit = name.strip(), unit.strip()
    if user is not None:
        held = Post.objects.current(local_date(at)).filter(
            user=user, role=Role.EXPERT, department__region=inspection.region
        )
        post = held.select_related("department").first()
        if post is None or not user.is_active:
            raise BadInput(_("%(name)s is no outside expert at present.") % {"name": user.name}, field="user")
        name, unit = user.name, unit or post.department.name
        if Member.objects.filter(inspection=inspection, user=user, left_at=None).exists():
            raise BadInput(_("%(name)s was named already.") % {"name": user.name}, field="user")
    if not name or not unit:
        raise BadInput(_("Give the name and the unit of the expert."), field="unit" if name else "name")
    _check_declared(declared)
    member = Member.objects.create(
        inspection=inspection, partner=inspection.partners.get(leads=True), user=user, name=name, unit=unit,
        role=MemberRole.EXPERT, named_by=by, named_at=at, declared_by=by, declared_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    touch(inspection, at)
    notices.note("expert_named", inspection, by=by, at=at)
    if user is not None:
        notices.tell([user], inspection, "you_are_expert", at=at, department=inspection.lead)
    return member


@transaction.atomic
def leave(*, member: Member, reason: str, by: User, at: dt.datetime) -> Member:
    """Somebody does not go after all: an interest that came up (回避), illness, another post.

    :raises BadInput: no reason
    :raises WrongState: fewer than two officers would be left, the person left already, or the inspection is over
    """
    reason = needed(reason)
    inspection = member.inspection
    lock_in(inspection, InspectionStatus.DRAFT, *GOING)
    member.refresh_from_db()
    if member.left_at is not None:
        raise WrongState(_("This person has left already."))
    rest = [each for each in inspectors(of=member.partner) if each.pk != member.pk]
    confirmed = member.partner.answer == PartAnswer.CONFIRMED
    if member.role == MemberRole.INSPECTOR and confirmed and len(rest) < OFFICERS:
        raise WrongState(_("Fewer than two officers would be left. Name somebody else first."))
    member.left_by, member.left_at, member.left_reason = by, at, reason[:200]
    member.updated_at, member.version = at, member.version + 1
    member.save(update_fields=["left_by", "left_at", "left_reason", "updated_at", "version"])
    left = [member.user_id] if member.user_id else []
    touch(inspection, at)
    notices.note("member_left", inspection, by=by, at=at, left_users=left, reason=reason)
    return member


@transaction.atomic
def edit_division(*, partner: Partner, task: str, version: int, by: User, at: dt.datetime) -> Partner:
    """What a department does in the inspection, in a line of the plan.

    :raises Stale: it was changed since the form was opened
    :raises WrongState: the plan is agreed, under way or over
    """
    lock_in(partner.inspection, InspectionStatus.DRAFT)
    partner.refresh_from_db()
    if partner.version != version:
        raise Stale
    partner.task, partner.updated_at, partner.version = task.strip()[:200], at, partner.version + 1
    partner.save(update_fields=["task", "updated_at", "version"])
    plan_changed(partner.inspection, by=by, at=at)
    partner.refresh_from_db()
    notices.note("partner_edited", partner.inspection, by=by, at=at, department=partner.department_id)
    return partner
