"""Who may do what with an inspection. The lead plans, each department answers for itself, the office only coordinates."""

from departments.enums import LEADERS, Function, Role
from departments.models import User
from inspections.enums import PLANNED, WITH_POWER, InspectionKind, InspectionStatus, MemberRole, PartAnswer
from inspections.models import Checklist, EnforcementCertificate, Inspection, Member, Partner, Target
from inspections.querysets import is_expert, may_inspect
from inspections.rules_writing import writers

S = InspectionStatus
# who drafts and works; who answers for a department; who signs the plan (SigningRule of inspections, DESIGN §2)
WORKING = (Role.HANDLER, *LEADERS)
ANSWERING = (Role.REGISTRAR, *LEADERS)
SIGNERS = (Role.DEPUTY_HEAD, Role.HEAD)


def can_list(user: User) -> bool:
    """Whoever meets business data, and outside experts: each sees what the door opens."""
    return may_inspect(user) or is_expert(user)


def can_plan(user: User) -> bool:
    """Handlers and leaders of a department with a power of inspection: the office coordinates and never leads (T4)."""
    return may_inspect(user) and user.has_role(*WORKING) and user.department.function in WITH_POWER


def leads(user: User, inspection: Inspection) -> bool:
    """Handlers and leaders of the lead department."""
    return can_plan(user) and user.department.pk == inspection.lead_id


def of_lead(user: User, inspection: Inspection) -> bool:
    """Everybody who works or keeps the desk of the lead department."""
    desk = user.has_role(*WORKING, Role.REGISTRAR) and may_inspect(user)
    return desk and user.department.pk == inspection.lead_id


def answers_for(user: User, partner: Partner) -> bool:
    """The registrar and the leaders of a department that takes part; of the lead also its handlers."""
    if not may_inspect(user) or user.department.pk != partner.department_id or partner.dropped_at is not None:
        return False
    return user.has_role(*ANSWERING) or (partner.leads and user.has_role(*WORKING))


def takes_part(user: User, inspection: Inspection) -> bool:
    """Somebody of a department that takes part."""
    if not may_inspect(user):
        return False
    return inspection.partners.filter(department=user.department, dropped_at=None).exists()


# -- the plan -----------------------------------------------------------------------------------------------------


def can_edit(user: User, inspection: Inspection) -> bool:
    return inspection.status == S.DRAFT and leads(user, inspection)


def can_add_target(user: User, inspection: Inspection) -> bool:
    """By hand; those of a random inspection are drawn."""
    return inspection.kind != InspectionKind.RANDOM and can_edit(user, inspection)


def can_ask(user: User, inspection: Inspection) -> bool:
    """The action asks for a target."""
    return inspection.asked_at is None and can_edit(user, inspection)


def can_drop_partner(user: User, partner: Partner) -> bool:
    return not partner.leads and partner.dropped_at is None and can_edit(user, partner.inspection)


def can_edit_partner(user: User, partner: Partner) -> bool:
    return partner.dropped_at is None and can_edit(user, partner.inspection)


def can_drop_target(user: User, target: Target) -> bool:
    """The action refuses it once it was visited."""
    planned = target.inspection.status in (*PLANNED, S.UNDER_WAY)
    return planned and target.dropped_at is None and leads(user, target.inspection)


def can_confirm(user: User, partner: Partner) -> bool:
    """Name its people and take part; the lead names its own before it asks the others."""
    inspection = partner.inspection
    asked = inspection.asked_at is not None or partner.leads
    return inspection.status == S.DRAFT and asked and answers_for(user, partner)


def can_decline(user: User, partner: Partner) -> bool:
    return not partner.leads and partner.answer != PartAnswer.DECLINED and can_confirm(user, partner)


def can_name_officer(user: User, partner: Partner) -> bool:
    """Somebody more, once the plan is agreed."""
    going = partner.inspection.status in (S.AGREED, S.UNDER_WAY)
    return going and partner.inspects and answers_for(user, partner)


def can_add_expert(user: User, inspection: Inspection) -> bool:
    return inspection.status in (*PLANNED, S.UNDER_WAY) and leads(user, inspection)


def can_leave(user: User, member: Member) -> bool:
    """The department that named the person; the lead of its experts."""
    going = member.inspection.status in (*PLANNED, S.UNDER_WAY)
    return going and member.left_at is None and answers_for(user, member.partner)


def can_submit(user: User, inspection: Inspection) -> bool:
    """The action says who has not answered."""
    return inspection.asked_at is not None and can_edit(user, inspection)


def _to_sign(inspection: Inspection) -> bool:
    return inspection.status == S.AGREED and inspection.approved_at is None


def signs(user: User, inspection: Inspection) -> bool:
    """The lead's deputy head or head."""
    return may_inspect(user) and user.has_role(*SIGNERS) and user.department.pk == inspection.lead_id


def can_approve(user: User, inspection: Inspection) -> bool:
    """Not offered to who wrote in it; the action refuses them, too."""
    return _to_sign(inspection) and signs(user, inspection) and user.pk not in writers(inspection)


def can_return(user: User, inspection: Inspection) -> bool:
    return _to_sign(inspection) and signs(user, inspection)


def can_send_notices(user: User, inspection: Inspection) -> bool:
    """The lead's desk; the action finds out whether a target is without one."""
    signed = inspection.status == S.AGREED and inspection.approved_at is not None
    return signed and inspection.announced and of_lead(user, inspection)


def can_begin(user: User, inspection: Inspection) -> bool:
    signed = inspection.status == S.AGREED and inspection.approved_at is not None
    return signed and leads(user, inspection)


def can_postpone(user: User, inspection: Inspection) -> bool:
    return inspection.status in (*PLANNED, S.UNDER_WAY) and leads(user, inspection)


def can_cancel(user: User, inspection: Inspection) -> bool:
    """The action refuses it once a target was visited."""
    return inspection.status in (*PLANNED, S.UNDER_WAY) and leads(user, inspection)


# -- certificates and checklists ------------------------------------------------------------------------------------


def can_see_certificates(user: User) -> bool:
    return may_inspect(user)


def can_keep_certificates(user: User) -> bool:
    """Each department's registrar and leaders keep those of its people; the office has none (T4)."""
    return may_inspect(user) and user.has_role(*ANSWERING) and user.department.function != Function.OFFICE


def can_withdraw_certificate(user: User, certificate: EnforcementCertificate) -> bool:
    own = can_keep_certificates(user) and user.department.pk == certificate.department_id
    return own and certificate.withdrawn_at is None


def can_read(user: User, inspection: Inspection) -> bool:
    """Whether visits and findings are open to the person; the office sees the plan and counts."""
    return Inspection.objects.readable_by(user).filter(pk=inspection.pk).exists()


def is_member(user: User, inspection: Inspection) -> bool:
    """Somebody who goes, but no expert: experts write nothing here."""
    return user.department is not None and any(
        each.user_id == user.pk
        and each.left_at is None
        and each.role != MemberRole.EXPERT
        and each.partner.department_id == user.department.pk
        for each in inspection.members.all()
    )


def can_keep_checklist(user: User, checklist: Checklist) -> bool:
    """One's own department's; those that ship are copied, not changed."""
    return can_keep_certificates(user) and checklist.department_id == user.department.pk
