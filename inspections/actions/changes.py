"""延期 and 取消: dated, with a reason, told to everybody who counted on it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.models import User
from inspections import notices
from inspections.actions.common import check_certificates, check_days, lock_in, needed, staying
from inspections.actions.planning import end_answer_clock
from inspections.actions.taking_back import announced_to, take_back
from inspections.enums import PLANNED, InspectionStatus, WhyBack
from inspections.models import Inspection, Postponement, Target


@transaction.atomic
def postpone_inspection(
    *, inspection: Inspection, starts_on: dt.date, ends_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Inspection:
    """Other days, the same plan: answers and signature stand. Notices that went out are taken back, and sent anew.

    :raises BadInput: no reason, the same days, days out of order or passed, or a certificate that ends before them
    :raises WrongState: targets were visited, or it is over
    """
    reason = needed(reason)
    lock_in(inspection, *PLANNED, InspectionStatus.UNDER_WAY)
    faults = check_days(starts_on, ends_on, at)
    under_way = inspection.status == InspectionStatus.UNDER_WAY
    if under_way and starts_on != inspection.starts_on:
        faults["starts_on"] = _("It has begun: only its last day moves.")
    elif under_way:
        faults.pop("starts_on", None)
    if faults:
        raise BadInput.several(faults)
    if (starts_on, ends_on) == (inspection.starts_on, inspection.ends_on):
        raise BadInput(_("These are the days it has."), field="ends_on" if under_way else "starts_on")
    check_certificates(inspection, ends_on, "ends_on")
    Postponement.objects.create(
        inspection=inspection, old_starts_on=inspection.starts_on, old_ends_on=inspection.ends_on, starts_on=starts_on,
        ends_on=ends_on, reason=reason[:300], by=by, at=at,
    )  # fmt: skip
    inspection.starts_on, inspection.ends_on = starts_on, ends_on
    inspection.updated_at, inspection.version = at, inspection.version + 1
    inspection.save(update_fields=["starts_on", "ends_on", "updated_at", "version"])
    told = [] if under_way else announced_to(inspection)
    if not under_way:
        inspection.targets.filter(notice__isnull=False).update(notice=None, updated_at=at)
    notices.note("postponed", inspection, by=by, at=at, starts_on=starts_on, ends_on=ends_on, reason=reason)
    _tell(inspection, "was_postponed", at, starts_on=starts_on, reason=reason)
    take_back(_of(inspection, told), WhyBack.POSTPONED, by=by, at=at)
    return inspection


@transaction.atomic
def cancel_inspection(*, inspection: Inspection, reason: str, by: User, at: dt.datetime) -> Inspection:
    """Not carried out, for a reason that stays on the record; nobody owes an answer any more, notices are taken back.

    :raises BadInput: no reason
    :raises WrongState: a target was visited (report what was found), a draw of it stands, or it is over
    """
    reason = needed(reason)
    lock_in(inspection, *PLANNED, InspectionStatus.UNDER_WAY)
    if inspection.visits.standing().exists():
        raise WrongState(_("Targets were visited: report what was found instead."))
    if (draw := inspection.draws.standing().first()) is not None:
        raise WrongState(
            _(
                "%(number)s stands: ask on its page that it be annulled or given up. "
                "Somebody of another department has to agree."
            )
            % {"number": draw.number}
        )
    partners = list(staying(inspection))
    move(
        inspection,
        InspectionStatus.CANCELLED,
        at=at,
        cancelled_by=by,
        cancelled_at=at,
        cancel_reason=reason[:300],
    )
    words = for_the_record(gettext_noop("The inspection was cancelled."))
    for partner in partners:
        end_answer_clock(partner, words, by=by, at=at)
    notices.note("cancelled", inspection, by=by, at=at, reason=reason)
    _tell(inspection, "was_cancelled", at, reason=reason)
    take_back(_of(inspection, announced_to(inspection)), WhyBack.CANCELLED, by=by, at=at)
    return inspection


def _of(inspection: Inspection, targets: list[Target]) -> list[Target]:
    """The targets with the inspection as it is now."""
    for target in targets:
        target.inspection = inspection
    return targets


def _tell(inspection: Inspection, verb: str, at: dt.datetime, **params: Any) -> None:
    """The departments that were asked, and the office."""
    if inspection.asked_at is None:
        return
    for partner in staying(inspection).filter(leads=False):
        notices.tell_department(partner.department, inspection, verb, at=at, **params)
    notices.tell_office(inspection, verb, at=at, tone="n", **params)
