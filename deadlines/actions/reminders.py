"""催办 of a clock, where the room of the thing counts no reminders of its own; and what leaves the list as a file."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import AlreadyDone, WrongState
from deadlines import notices
from deadlines.actions.guard import check_clock, lock
from deadlines.calendar import Calendar
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline, Reminder
from departments.models import User
from journal.actions import record


@transaction.atomic
def remind_clock(*, deadline: Deadline, by: User, at: dt.datetime) -> Reminder:
    """Remind who owes it. A reminder on a day off counts for the next working day.

    :raises AlreadyDone: it was reminded for this working day
    :raises WrongState: nothing is owed any more, or the clock stands
    """
    check_clock(at)
    locked = lock(deadline)
    if locked.status == DeadlineStatus.PAUSED:
        raise WrongState(_("The clock is paused: nobody has to act now."))
    if locked.status != DeadlineStatus.RUNNING:
        raise WrongState(_("This is done: there is nobody to remind."))
    on = Calendar.current().next_working_day(local_date(at))
    if locked.reminders.filter(on=on).exists():
        raise AlreadyDone(_("It was already chased today: at most one reminder a working day."))
    number = locked.reminders.count() + 1
    reminder = Reminder.objects.create(deadline=locked, number=number, on=on, by=by, at=at)
    notices.note("deadline.reminded", deadline=locked, by=by, at=at, times=number, due_on=locked.due_on)
    notices.tell("deadline.was_reminded", deadline=locked, at=at, but=by, times=number, due_on=locked.due_on)
    return reminder


@transaction.atomic
def note_clocks_exported(*, rows: int, query: str, by: User, at: dt.datetime) -> None:
    """Write into the record who took how many clocks out of the list as a file, under which filters."""
    record("deadline.exported", target=None, by=by, at=at, rows=rows, query=query)
