"""整改: by a day, followed by a person, reported as done, confirmed by another or sent back."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, reassign_clock, start_clock
from departments.models import User
from inspections import notices
from inspections.actions.common import in_post, needed
from inspections.actions.more_time import CLOCK, lock_task, overtake_request
from inspections.enums import RectificationStatus
from inspections.models import Finding, Rectification

RUNNING = (RectificationStatus.OPEN, RectificationStatus.DONE)


def begin_rectification(
    finding: Finding, *, due_on: dt.date, person: User, by: User, at: dt.datetime
) -> Rectification:
    """Part of deciding on a finding.

    :raises BadInput: a day that has passed or lies years ahead, a person of another department
    """
    if due_on < local_date(at):
        raise BadInput(_("This day has passed."), field="due_on")
    if too_far(due_on, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field="due_on")
    in_post(finding.department, person, at, "person")
    task = Rectification.objects.create(
        finding=finding,
        department=finding.department,
        person=person,
        due_on=due_on,
        created_at=at,
        updated_at=at,
    )
    start_clock(
        code=CLOCK, target=task, department=task.department, to_department=finding.inspection.lead, person=person,
        region_id=finding.inspection.region_id, due_on=due_on, by=by, at=at,
    )  # fmt: skip
    if person.pk != by.pk:
        notices.tell_person(task, "rectification_yours", at=at, due_on=due_on)
    return task


def replace_rectification(task: Rectification, words: str, *, by: User, at: dt.datetime) -> None:
    """It went into a case instead; part of deciding on a finding."""
    move(task, RectificationStatus.REPLACED, at=at, confirmed_by=None, confirmed_at=None)
    overtake_request(task, by=by, at=at)
    clock = open_clock(task, CLOCK)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, reason=words, by=by)


@transaction.atomic
def report_rectified(*, task: Rectification, text: str, by: User, at: dt.datetime) -> Rectification:
    """The inspected have put it right: what was done. Somebody else confirms it.

    :raises BadInput: nothing said
    :raises WrongState, MovedOn: it is not to be done
    """
    text = needed(text, "text", _("Say what was put right."))
    lock_task(task)
    move(task, RectificationStatus.DONE, at=at, done_by=by, done_at=at, done_text=text[:500])
    overtake_request(task, by=by, at=at)
    notices.of_rectification("rectified", task, by=by, at=at)
    notices.tell_leaders_of(task, "rectification_to_confirm", at=at, but=by)
    return task


@transaction.atomic
def confirm_rectified(*, task: Rectification, by: User, at: dt.datetime) -> Rectification:
    """It is put right indeed. It was done when it was reported, and is late if that was late.

    :raises FourEyes: by who reported it
    :raises WrongState, MovedOn: it is not reported as done
    """
    lock_task(task)
    if task.status != RectificationStatus.DONE or task.done_at is None:
        raise WrongState(state=task.status)
    if task.done_by_id == by.pk:
        raise FourEyes(_("You reported this as done: somebody else has to confirm it."))
    move(task, RectificationStatus.CONFIRMED, at=at, confirmed_by=by, confirmed_at=at)
    clock = open_clock(task, CLOCK)
    if clock is not None:
        meet_clock(deadline=clock, at=at, done_at=max(task.done_at, clock.started_at))
    notices.of_rectification("rectification_confirmed", task, by=by, at=at)
    notices.tell_person(task, "rectification_was_confirmed", at=at, tone="g")
    return task


@transaction.atomic
def send_back(*, task: Rectification, reason: str, by: User, at: dt.datetime) -> Rectification:
    """Not put right yet (形式整改): back, with the reason. The clock has run on.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not reported as done
    """
    reason = needed(reason)
    lock_task(task)
    if task.status != RectificationStatus.DONE:
        raise WrongState(state=task.status)
    move(task, RectificationStatus.OPEN, at=at, done_by=None, done_at=None, done_text="")
    notices.of_rectification("rectification_sent_back", task, by=by, at=at, reason=reason)
    notices.tell_person(task, "rectification_was_sent_back", at=at, tone="r", reason=reason)
    return task


@transaction.atomic
def reassign_rectification(
    *, task: Rectification, person: User, reason: str, by: User, at: dt.datetime
) -> Rectification:
    """Another person of the department follows it; the last day stays.

    :raises BadInput: no reason, the same person, or one of another department (field `person`)
    :raises WrongState: it is over
    """
    reason = needed(reason)
    lock_task(task)
    if task.status not in RUNNING:
        raise WrongState(state=task.status)
    if person.pk == task.person_id:
        raise BadInput(_("This person follows it already."), field="person")
    in_post(task.department, person, at, "person")
    Rectification.objects.filter(pk=task.pk).update(person=person, updated_at=at, version=F("version") + 1)
    task.refresh_from_db()
    clock = open_clock(task, CLOCK)
    if clock is not None:
        reassign_clock(deadline=clock, person=person, at=at, by=by)
    notices.of_rectification(
        "rectification_reassigned", task, by=by, at=at, new_user=person.pk, reason=reason
    )
    notices.tell_person(task, "rectification_yours", at=at, due_on=task.due_on)
    return task
