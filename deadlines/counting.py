"""From a limit and its dated changes to a due date: replayed, never added up.

Units (FACTS §2.8, T3: the unit is stored with every limit, because “日” is not always a working day):

- hour: from the moment itself (民法典 art. 200–203; 310号令 art. 5); nothing is skipped, nothing rolls over;
- day: natural days, the first not counted; a last day off moves to the next working day where the rule
  says so (民诉法 art. 85, 民法典 art. 203);
- working_day: working days only, the first not counted (行政处罚法 art. 85 for 二日/三日/五日/七日);
- month: the same day of a later month, or its last day (民法典 art. 202); rolls over like days;
- date: a date fixed by a rule, or stated in a letter: that date, whatever day it is.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.dates import add_months, end_of, local_date, start_of
from core.refusals import BadInput
from deadlines.calendar import Calendar
from deadlines.enums import ChangeKind, Unit

_CALENDAR_DAYS = (Unit.DAY, Unit.MONTH)


@dataclass(frozen=True)
class Due:
    """The dates and instants of one clock; the sweep compares them and never computes.

    due_on: last local date in time; due_at: the first instant too late; warn_at, escalate_at: when amber
    and the superiors' turn begin; provisional: counted over a year that is not published.
    """

    due_on: dt.date
    due_at: dt.datetime
    warn_at: dt.datetime
    escalate_at: dt.datetime
    provisional: bool

    def fields(self) -> dict[str, Any]:
        """The columns of `Deadline` these are kept in."""
        return dict(vars(self))


class _Run:
    """A clock while its changes are applied one after the other."""

    def __init__(self, deadline: Any, calendar: Calendar) -> None:
        self.unit, self.calendar = deadline.unit, calendar
        self.started_at = deadline.started_at
        self.roll_over = deadline.rule.roll_over and self.unit in _CALENDAR_DAYS
        self.fixed = False  # set by an agreed date: it is meant as it stands
        start, amount = local_date(deadline.started_at), deadline.amount
        if self.unit == Unit.HOUR:
            self.instant = deadline.started_at + dt.timedelta(hours=amount)
        elif self.unit == Unit.DATE:
            self.day = deadline.first_due_on
        else:
            self.day = self._later(start, amount)

    def _later(self, day: dt.date, amount: int) -> dt.date:
        if self.unit == Unit.WORKING_DAY:
            return self.calendar.add_working_days(day, amount)
        if self.unit == Unit.MONTH:
            return add_months(day, amount)
        return day + dt.timedelta(days=amount)

    def extend(self, amount: int | None, new_date: dt.date | None) -> None:
        """Counted on from the old last day, or to an agreed date."""
        self.fixed = new_date is not None
        if self.unit == Unit.HOUR:
            self.instant = end_of(new_date) if new_date else self.instant + dt.timedelta(hours=amount or 0)
        else:
            self.day = new_date or self._later(self.day, amount or 0)

    def skip(self, paused_at: dt.datetime, resumed_at: dt.datetime) -> None:
        """Give back what was left when the clock was paused; a clock already late gets nothing back."""
        if self.unit == Unit.HOUR:
            if paused_at < self.instant:
                self.instant += resumed_at - paused_at
            return
        paused, resumed = local_date(paused_at), local_date(resumed_at)
        if paused > self.due_on:
            return
        self.fixed = False
        if self.unit in _CALENDAR_DAYS:
            self.day += resumed - paused
        elif resumed > paused:
            left = self.calendar.working_days_between(paused, self.day)
            self.day = self.calendar.next_working_day(self.calendar.add_working_days(resumed, left))

    @property
    def due_on(self) -> dt.date:
        if self.unit == Unit.HOUR:
            return local_date(self.instant - dt.timedelta.resolution)
        return self.calendar.next_working_day(self.day) if self.roll_over and not self.fixed else self.day


def replay(deadline: Any, changes: Iterable[Any], calendar: Calendar) -> Due:
    """The due date of `deadline` after its dated `changes` (pause, resume, extend), oldest first.

    Recalculations are on the record but are no step: they say that the calendar changed, and this uses
    the calendar it is given. Reads `unit, amount, started_at, first_due_on, rule` of the deadline.

    :raises BadInput: when the limit ends beyond any calendar
    """
    try:
        return _replay(deadline, changes, calendar)
    except (OverflowError, ValueError) as far:
        raise BadInput(_("This limit is too long for a calendar.")) from far


def _replay(deadline: Any, changes: Iterable[Any], calendar: Calendar) -> Due:
    run = _Run(deadline, calendar)
    paused_at = None
    for change in changes:
        if change.kind == ChangeKind.PAUSE:
            paused_at = change.at
        elif change.kind == ChangeKind.RESUME:
            run.skip(paused_at, change.at)
        elif change.kind == ChangeKind.EXTEND:
            run.extend(change.amount, change.new_date)
    due_on = run.due_on
    rule = deadline.rule
    if run.unit == Unit.HOUR:
        due_at = run.instant
        warn_at = due_at - (due_at - run.started_at) / 4
    else:
        due_at = end_of(due_on)
        warn_at = start_of(calendar.add_working_days(due_on, -rule.warn_days))
    escalate_at = max(due_at, end_of(calendar.add_working_days(due_on, rule.escalate_days)))
    return Due(
        due_on=due_on,
        due_at=due_at,
        warn_at=max(warn_at, run.started_at),
        escalate_at=escalate_at if rule.escalate_days else due_at,
        provisional=run.unit != Unit.HOUR and calendar.provisional(local_date(run.started_at), due_on),
    )
