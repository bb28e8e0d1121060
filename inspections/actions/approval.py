"""提请审批, 审批, 通知, start: nobody goes before the lead's deputy head has signed (国办发〔2024〕54号, 条例 art. 29)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import BadInput, FourEyes, StillOpen, WrongState
from core.states import move
from departments.models import User
from documents.actions import issue_document
from inspections import contexts, notices
from inspections.actions.common import OFFICERS, check_certificates, inspectors, lock_in, needed, staying
from inspections.draw_rules import drawn_or_none
from inspections.enums import InspectionStatus, PartAnswer
from inspections.models import Inspection, Target
from inspections.rules_writing import writers

FORM, NOTICE = "inspection_approval", "inspection_notice"


def missing(inspection: Inspection) -> list[str]:
    """What has to happen before the plan can be submitted, in sentences."""
    found = []
    if not inspection.targets.filter(dropped_at=None).exists():
        found.append(_("Name at least one target."))
    if not drawn_or_none(inspection):
        found.append(_("Draw its targets and officers."))
    if inspection.asked_at is None:
        found.append(_("Put the plan to the departments."))
    for partner in staying(inspection):
        said = {"department": partner.department}
        if partner.answer == PartAnswer.DECLINED:
            found.append(_("%(department)s does not take part: leave it out.") % said)
        elif partner.answer == PartAnswer.NONE:
            found.append(_("%(department)s has not answered.") % said)
        elif partner.inspects and len(inspectors(of=partner)) < OFFICERS:
            found.append(_("%(department)s names fewer than two officers.") % said)
    return found


def _check_whole(inspection: Inspection, at: dt.datetime) -> None:
    if found := missing(inspection):
        raise StillOpen(" ".join(found), items=found)
    if inspection.ends_on < local_date(at):
        raise BadInput(_("The days of this plan have passed. Postpone it first."))
    check_certificates(inspection, inspection.ends_on, "")


@transaction.atomic
def submit_inspection(*, inspection: Inspection, by: User, at: dt.datetime) -> Inspection:
    """提请审批: every department has confirmed and named its people; the lead's deputy head is asked to sign.

    :raises StillOpen: naming who has not answered, or names too few
    :raises BadInput: a certificate ends before the inspection, or its days have passed
    :raises WrongState: it is not a draft
    """
    lock_in(inspection, InspectionStatus.DRAFT)
    _check_whole(inspection, at)
    move(
        inspection, InspectionStatus.AGREED, at=at, submitted_by=by, submitted_at=at, returned_by=None, returned_at=None,
        return_reason="",
    )  # fmt: skip
    notices.note("submitted", inspection, by=by, at=at)
    notices.tell_signers(inspection, "to_approve", at=at)
    return inspection


@transaction.atomic
def return_inspection(*, inspection: Inspection, reason: str, by: User, at: dt.datetime) -> Inspection:
    """The signer sends the plan back to be changed. What the departments confirmed stands until the plan changes.

    :raises BadInput: no reason
    :raises WrongState: it does not wait for a signature
    """
    reason = needed(reason)
    lock_in(inspection, InspectionStatus.AGREED)
    if inspection.approved_at is not None:
        raise WrongState(_("It was signed already. Postpone or cancel it."))
    move(
        inspection, InspectionStatus.DRAFT, at=at, submitted_by=None, submitted_at=None, returned_by=by, returned_at=at,
        return_reason=reason[:300],
    )  # fmt: skip
    notices.note("returned", inspection, by=by, at=at, reason=reason)
    notices.tell_lead(inspection, "was_returned", at=at, tone="r", reason=reason)
    return inspection


@transaction.atomic
def approve_inspection(*, inspection: Inspection, opinion: str = "", by: User, at: dt.datetime) -> Inspection:
    """审批: the lead's deputy head signs; the approval form (审批表) is numbered and printed.

    :raises FourEyes: who drafted, changed or submitted it
    :raises StillOpen, BadInput: see `submit_inspection`; somebody left or a certificate ended meanwhile
    :raises WrongState: it does not wait for a signature
    """
    lock_in(inspection, InspectionStatus.AGREED)
    if inspection.approved_at is not None:
        raise WrongState(_("It was signed already."))
    if by.pk in writers(inspection):
        raise FourEyes(_("You wrote in this plan or submitted it: another leader has to sign it."))
    _check_whole(inspection, at)
    inspection.approved_by, inspection.approved_at, inspection.updated_at = by, at, at
    inspection.version += 1
    notices.note("approved", inspection, by=by, at=at, reason=opinion.strip()[:300])
    notices.tell_lead(inspection, "was_approved", at=at, tone="g")
    for partner in staying(inspection).filter(leads=False):
        notices.tell_department(
            partner.department, inspection, "goes_ahead", at=at, tone="g", starts_on=inspection.starts_on
        )
    inspection.approval_form = issue_document(
        kind=FORM, department=inspection.lead, target=inspection, case=None,
        context=contexts.of_approval(inspection, opinion=opinion.strip(), by=by, at=at), by=by, at=at,
    )  # fmt: skip
    inspection.save(update_fields=["approved_by", "approved_at", "approval_form", "updated_at", "version"])
    return inspection


@transaction.atomic
def send_notices(*, inspection: Inspection, by: User, at: dt.datetime) -> list[Target]:
    """通知书: one numbered letter to each target that has none for these days. 四不两直 sends none.

    :raises WrongState: it is not signed, announces itself to nobody, or every target has its notice
    """
    lock_in(inspection, InspectionStatus.AGREED)
    if inspection.approved_at is None:
        raise WrongState(_("The plan is not signed yet."))
    if not inspection.announced:
        raise WrongState(_("This kind of inspection announces itself to nobody."))
    targets = list(
        inspection.targets.filter(dropped_at=None, notice=None).select_related("subject").order_by("pk")
    )
    if not targets:
        raise WrongState(_("Every target has its notice."))
    inspection.updated_at, inspection.version = at, inspection.version + 1
    inspection.save(update_fields=["updated_at", "version"])
    notices.note("noticed", inspection, by=by, at=at, count=len(targets))
    for target in targets:
        target.notice = issue_document(
            kind=NOTICE, department=inspection.lead, target=inspection, case=None,
            context=contexts.of_notice(target, by=by, at=at), by=by, at=at,
        )  # fmt: skip
        target.updated_at, target.version = at, target.version + 1
        target.save(update_fields=["notice", "updated_at", "version"])
    return targets


@transaction.atomic
def begin_inspection(*, inspection: Inspection, by: User, at: dt.datetime) -> Inspection:
    """The inspection begins: signed, announced where it is announced, on its first day or later.

    :raises WrongState: it is not signed, or a target has no notice
    :raises BadInput: its first day has not come, its last has passed, or a certificate is not valid any more
    """
    lock_in(inspection, InspectionStatus.AGREED)
    if inspection.approved_at is None:
        raise WrongState(_("The plan is not signed yet."))
    if inspection.announced and inspection.targets.filter(dropped_at=None, notice=None).exists():
        raise WrongState(_("Send every target its notice first."))
    if local_date(at) < inspection.starts_on:
        raise BadInput(
            _("It begins on %(day)s. Postpone it to another day, or wait.")
            % {"day": inspection.starts_on.isoformat()}
        )
    _check_whole(inspection, at)
    move(inspection, InspectionStatus.UNDER_WAY, at=at, started_by=by, started_at=at)
    notices.note("begun", inspection, by=by, at=at)
    people = [
        each.user
        for each in inspection.members.filter(left_at=None, user__isnull=False).select_related("user")
    ]
    notices.tell([user for user in people if user and user.pk != by.pk], inspection, "has_begun", at=at,
                 department=inspection.lead, tone="b")  # fmt: skip
    return inspection
