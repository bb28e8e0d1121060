"""Working-day arithmetic over the official calendar: holidays *and* make-up workdays (调休).

A `Calendar` is a value: counting asks no database. It holds the days that differ from Monday–Friday and
counts by bisect, so that any year can be counted; a year nobody has published yet counts Monday–Friday
and is reported by `provisional`.

Counting (FACTS §2.8): the day on which a period starts is not counted (民法典 art. 201, 民诉法 art. 85);
a period ends at 24:00 of its last day (民法典 art. 203).
"""

import datetime as dt
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput

_held = threading.local()
FIRST_MONTH_TO_ASK = 11  # the State Council announces the next year's calendar in late autumn


class Calendar:
    """The working days of all years, as known at one edition.

    days: (date, working, name, notice number) of every day that differs from Mon–Fri.
    published: the years whose official calendar is in the table.
    """

    def __init__(self, days: Iterable[tuple[dt.date, bool, str, str]], published: Iterable[int]) -> None:
        self.published = frozenset(published)
        self._days = {day: (working, name, notice) for day, working, name, notice in days}
        ordinals = [
            (day.toordinal(), day.weekday() < 5, working) for day, (working, _n, _o) in self._days.items()
        ]
        self._off = sorted(number for number, weekday, working in ordinals if weekday and not working)
        self._made_up = sorted(number for number, weekday, working in ordinals if not weekday and working)

    # -- loading ---------------------------------------------------------------------------------------------
    @classmethod
    def current(cls) -> "Calendar":
        """The calendar of this thread, compared with the database once a request or job."""
        held: Calendar | None = getattr(_held, "calendar", None)
        if held is None or not getattr(_held, "checked", False):
            return cls.fresh()
        return held

    @classmethod
    def fresh(cls) -> "Calendar":
        """The calendar as the database has it now: one small query, a second one only after a change."""
        from deadlines.models import CalendarDay, CalendarYear

        years = list(CalendarYear.objects.order_by("year").values_list("year", "published", "edition"))
        if getattr(_held, "years", None) != years:
            days = CalendarDay.objects.values_list("date", "working", "name", "notice_number")
            _held.calendar = cls(days, (year for year, published, _edition in years if published))
            _held.years = years
        _held.checked = True
        return _held.calendar  # type: ignore[no-any-return]

    # -- counting --------------------------------------------------------------------------------------------
    def _count(self, number: int) -> int:
        """How many working days there are up to and with the day of this ordinal (0001-01-01 is 1, a Monday)."""
        weeks, rest = divmod(number, 7)
        return (
            weeks * 5 + min(rest, 5) - bisect_right(self._off, number) + bisect_right(self._made_up, number)
        )

    def is_working(self, day: dt.date) -> bool:
        """Whether people work on `day`."""
        special = self._days.get(day)
        return day.weekday() < 5 if special is None else special[0]

    def working_days_between(self, a: dt.date, b: dt.date) -> int:
        """Working days after `a` up to and with `b`; negative where `b` is before `a`."""
        return self._count(b.toordinal()) - self._count(a.toordinal())

    def add_working_days(self, start: dt.date, n: int) -> dt.date:
        """The n-th working day after `start` (which is not counted); before it where n is negative.

        0 gives `start` itself, whether people work on it or not.

        :raises BadInput: when no calendar reaches that far
        """
        if n == 0:
            return start
        number, step = start.toordinal(), 1 if n > 0 else -1
        wanted = self._count(number) + n if n > 0 else self._count(number - 1) + n + 1
        far = number + n * 7 // 5
        # Step out by fortnights until the wanted day is surely behind: a long holiday costs another step.
        while step * (self._count(far) - wanted) < (0 if n > 0 else 1):
            far += step * 14
        if not 0 < far <= dt.date.max.toordinal():
            raise BadInput(_("This limit is too long for a calendar."))
        days = range(min(number, far), max(number, far) + 1)
        return dt.date.fromordinal(days[bisect_left(days, wanted, key=self._count)])

    def next_working_day(self, day: dt.date) -> dt.date:
        """`day` itself when people work on it, else the first working day after it (民诉法 art. 85)."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def provisional(self, a: dt.date, b: dt.date) -> bool:
        """Whether counting from `a` to `b` touches a year whose calendar is not published."""
        return not self.published.issuperset(range(min(a, b).year, max(a, b).year + 1))

    def next_year_missing(self, today: dt.date) -> bool:
        """Whether next year's calendar ought to be known by now, and is not (or this year's is missing)."""
        if today.year not in self.published:
            return True
        return today.month >= FIRST_MONTH_TO_ASK and today.year + 1 not in self.published

    # -- saying why ------------------------------------------------------------------------------------------
    def kind(self, day: dt.date) -> str:
        """What a day is: working | makeup | weekend | holiday."""
        special = self._days.get(day)
        if special is None:
            return "working" if day.weekday() < 5 else "weekend"
        return ("working" if day.weekday() < 5 else "makeup") if special[0] else "holiday"

    def name(self, day: dt.date) -> str:
        """The occasion of a special day, as the notice calls it; "" for ordinary days."""
        special = self._days.get(day)
        return special[1] if special else ""

    def notice(self, day: dt.date) -> str:
        """The number of the notice that made a day special; "" for ordinary days."""
        special = self._days.get(day)
        return special[2] if special else ""


def forget(**_signal: Any) -> None:
    """Compare with the database before the next use."""
    _held.checked = False


def drop() -> None:
    """Forget the loaded calendar altogether (tests roll editions back)."""
    _held.__dict__.clear()


# Django's own signal, not one between rooms: a request never counts by a calendar older than itself.
request_started.connect(forget, dispatch_uid="deadlines.calendar")
