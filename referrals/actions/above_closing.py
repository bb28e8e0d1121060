"""催办、办结、退回补报: what whoever registered a task does about it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, StillOpen, WrongState
from core.states import move
from deadlines.actions.clocks import start_clock
from deadlines.calendar import Calendar
from departments.models import User
from journal.actions import record
from referrals import notices_above as notices
from referrals.actions.above_cases import unstated
from referrals.actions.above_intake import clock_code, lock_task
from referrals.actions.papers import needed
from referrals.enums_above import TASK_OWING, Handling, TaskKind, TaskStatus
from referrals.models import Task, TaskChase


@transaction.atomic
def chase_task(*, task: Task, remark: str = "", by: User, at: dt.datetime) -> TaskChase:
    """Remind whoever owes the report. A reminder on a day off counts for the next working day.

    :raises AlreadyDone: it was chased for this working day
    :raises WrongState: nothing is owed any more
    """
    locked = lock_task(task)
    if locked.status not in TASK_OWING:
        raise WrongState
    on = Calendar.current().next_working_day(local_date(at))
    if locked.chases.filter(on=on).exists():
        raise AlreadyDone(_("It was already chased today: at most one reminder a working day."))
    number = locked.chases.count() + 1
    chase = TaskChase.objects.create(task=locked, on=on, number=number, remark=remark.strip(), by=by, at=at)
    record("task.chased", target=locked, by=by, at=at, number=locked.number, times=number, remark=chase.remark)
    notices.task_chased(locked, number, at=at)
    return chase


@transaction.atomic
def close_task(*, task: Task, remark: str = "", by: User, at: dt.datetime) -> Task:
    """办结: only what was reported, with the state of every case stated.

    :raises StillOpen: cases without a statement, or our handling still stands; `details["items"]` names them
    :raises BadInput: no case hangs on it and nobody says why (help asked by another place may have none)
    :raises WrongState, MovedOn: it was not reported
    """
    locked = lock_task(task)
    if locked.status != TaskStatus.REPORTED:
        raise WrongState(_("A task is closed only when it was reported back."))
    items = [_("Say what became of %(number)s.") % {"number": number} for number in unstated(locked)]
    if locked.handling == Handling.SUSPENDED:
        items.append(_("Our handling stands suspended: say whether the case came back or stays above."))
    if items:
        raise StillOpen(" ".join(items), items=items)
    if not remark.strip() and locked.kind != TaskKind.ASSIST and not locked.links.exists():
        raise BadInput(_("No case hangs on this task. Say why."), field="remark")
    move(locked, TaskStatus.CLOSED, at=at, closed_by=by, closed_at=at, close_remark=remark.strip())
    record("task.closed", target=locked, by=by, at=at, number=locked.number, remark=locked.close_remark)
    notices.task_closed(locked, at=at)
    task.refresh_from_db()
    return task


@transaction.atomic
def redo_task(*, task: Task, reason: str, due_on: dt.date, by: User, at: dt.datetime) -> Task:
    """退回补报: the body is not content; the same person reports again by a new date.

    :raises BadInput: no reason, or a date that is not later than today
    :raises WrongState, MovedOn: it was not reported
    """
    reason = needed(reason)
    if due_on <= local_date(at):
        raise BadInput(_("The limit must be later than today."), field="due_on")
    locked = lock_task(task)
    if locked.status != TaskStatus.REPORTED:
        raise WrongState
    if locked.handling:
        raise WrongState(_("A case that was handed to the higher level is not reported again."))
    move(
        locked, TaskStatus.ACCEPTED, at=at, redo_count=locked.redo_count + 1, redo_reason=reason, due_on=due_on,
        reported_by=None, reported_at=None,
    )  # fmt: skip
    assert locked.department is not None  # a task that was reported has had its department
    start_clock(
        code=clock_code(locked), target=locked, department=locked.department, person=locked.handler,
        region_id=locked.region_id, due_on=due_on, by=by, at=at,
    )  # fmt: skip
    record("task.redone", target=locked, by=by, at=at, number=locked.number, reason=reason, due_on=due_on)
    notices.task_redone(locked, at=at)
    task.refresh_from_db()
    return task
