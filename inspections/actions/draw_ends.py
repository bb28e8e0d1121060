"""What a draw and its ends have in common, and how one drawn target is left out: with a second person's word."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import AlreadyDone, BadInput, WrongState
from departments.models import User
from inspections import draw_notices as notices
from inspections.actions.common import lock
from inspections.actions.planning import drop_target
from inspections.draw_enums import AskedFor, DrawStatus
from inspections.enums import PLANNED, InspectionStatus
from inspections.models import Annulment, Draw, DrawnTarget, Inspection, Target


def lock_row(draw: Draw, *allowed: str) -> None:
    """:raises AlreadyDone: the draw, as it is now, is in none of these states"""
    Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    draw.refresh_from_db()
    if draw.status not in allowed:
        raise AlreadyDone(_("%(number)s is no longer open: %(state)s.") % {
            "number": draw.number, "state": draw.get_status_display(),
        })  # fmt: skip


def check_end(inspection: Inspection) -> None:
    """Whether a draw may still end: with its draft, or, once the plan was signed, with the whole inspection.

    :raises WrongState: the plan waits for its signature, somebody was visited, or the inspection is over
    """
    if inspection.status == InspectionStatus.DRAFT:
        return
    if inspection.approved_at is None or inspection.status not in (
        InspectionStatus.AGREED,
        InspectionStatus.UNDER_WAY,
    ):
        raise WrongState(_("The plan is agreed: what is drawn does not change any more."))
    if inspection.visits.standing().exists():
        raise WrongState(_("Targets were visited: report what was found instead."))


def on_plan(draw: Draw, drawn: DrawnTarget) -> Target:
    """The target of the plan a draw named, before it is visited.

    :raises WrongState: it was left out or visited, or the inspection is over
    """
    if draw.inspection.status not in (*PLANNED, InspectionStatus.UNDER_WAY):
        raise WrongState(state=draw.inspection.status)
    target = draw.inspection.targets.staying().filter(subject=drawn.subject_id).first()
    if target is None:
        raise WrongState(_("This target was left out already."))
    if target.visits.standing().exists():
        raise WrongState(_("This target was visited: it stays."))
    return target


@transaction.atomic
def ask_leave_out(*, draw: Draw, target: DrawnTarget, reason: str, by: User, at: dt.datetime) -> Annulment:
    """Ask that one drawn target be left out, such as a body that closed. It stays until a second person agrees.

    :raises BadInput: no reason, or a long one (field `reason`)
    :raises AlreadyDone: the draw was not made or has ended, or somebody has asked already
    :raises WrongState: the target was left out or visited, or the inspection is over
    """
    lock(draw.inspection)
    lock_row(draw, DrawStatus.DRAWN)
    on_plan(draw, target)
    asked = asked_to(draw, target, reason, by, at)
    notices.of_draw("leave_out_asked", draw, by=by, at=at, code=target.code, reason=asked.reason)
    notices.tell_others(
        draw, "to_leave_out", at=at, than=by.department, code=target.code, reason=asked.reason
    )
    return asked


def asked_to(draw: Draw, target: DrawnTarget | None, reason: str, by: User, at: dt.datetime) -> Annulment:
    if not reason.strip() or len(reason.strip()) > 300:
        raise BadInput(
            _("Give the reason, in at most 300 characters: it is published with the draw."), field="reason"
        )
    if draw.annulments.filter(status=AskedFor.OPEN).exists():
        raise AlreadyDone(_("Somebody has asked for this already: it waits for a second person."))
    return Annulment.objects.create(
        draw=draw, target=target, reason=reason.strip(), asked_by=by, asked_for=by.department, asked_at=at
    )


def left_out(
    draw: Draw, asked: Annulment, target: DrawnTarget, *, agreed: bool, by: User, at: dt.datetime
) -> Draw:
    if agreed:
        drop_target(target=on_plan(draw, target), reason=asked.reason, by=by, at=at)
        notices.of_draw("target_left_out", draw, by=by, at=at, code=target.code, reason=asked.reason)
    else:
        notices.of_draw("leave_out_refused", draw, by=by, at=at, code=target.code, reason=asked.words)
    notices.tell_others(draw, "leave_out_answered", at=at, than=by.department, code=target.code)
    return draw
