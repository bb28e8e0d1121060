"""Lamps: a colour, the number of working days, and the words — always together (shape is the page's)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from core.dates import local_date
from deadlines.calendar import Calendar
from deadlines.enums import DeadlineStatus, Stage

_LATE = (Stage.OVERDUE, Stage.ESCALATED)


@dataclass(frozen=True)
class Lamp:
    """color: g | y | r | n (over, or waiting); days: working days left, negative when late, None when over."""

    color: str
    days: int | None
    words: str | Promise

    @property
    def lamp(self) -> str:
        return self.color

    @property
    def lamp_words(self) -> str | Promise:
        return self.words


def lamp_of(deadline: Any, today: dt.date, calendar: Calendar | None = None) -> Lamp:
    """The lamp of a clock on a local date: green, amber from its warning on, red once late — for ever.

    Pass the `calendar` where many lamps are drawn.
    """
    if deadline.status == DeadlineStatus.CANCELLED:
        return Lamp("n", None, _("Cancelled"))
    if deadline.status == DeadlineStatus.MET:
        return Lamp("r", None, _("Done late")) if deadline.late else Lamp("n", None, _("Done in time"))
    calendar = calendar or Calendar.current()
    days = calendar.working_days_between(today, deadline.due_on)
    if deadline.status == DeadlineStatus.PAUSED:
        return Lamp("r" if deadline.late else "n", days, _("Clock paused"))
    if deadline.due_on < today or deadline.stage in _LATE:
        return Lamp("r", days, _late(days))
    amber = today >= local_date(deadline.warn_at) or deadline.stage == Stage.WARNED
    return Lamp("y" if amber else "g", days, _left(days, deadline.due_on == today))


def _late(days: int) -> str | Promise:
    if days >= 0:  # the days since are all days off, or the hours are over
        return pgettext_lazy("lamp, working days", "overdue")
    return ngettext_lazy("%(n)d working day late", "%(n)d working days late", "n") % {"n": -days}


def _left(days: int, due_today: bool) -> str | Promise:
    if due_today:
        return _("Due today")
    if days <= 0:  # due on a day off, and no working day before it
        return _("No working day left")
    return ngettext_lazy("%(n)d working day left", "%(n)d working days left", "n") % {"n": days}
