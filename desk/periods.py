"""Months, quarters and years of the statistics: 2026-11, 2026Q4, 2026; each of whole months."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import pgettext

from core.dates import EARLIEST, add_months
from core.offers import Span

PATTERN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?")
LAST_YEAR = 2100


@dataclass(frozen=True)
class Period:
    """A month, quarter or year of the local calendar. months: 1, 3 or 12."""

    code: str
    since: dt.date
    months: int

    @property
    def until(self) -> dt.date:
        """Its last day."""
        return add_months(self.since, self.months) - dt.timedelta(days=1)

    @property
    def span(self) -> Span:
        return self.since, self.until

    @property
    def chinese(self) -> str:
        """As papers name it: 2026年第四季度."""
        year = f"{self.since.year}年"
        if self.months == 12:
            return f"{year}度"
        if self.months == 3:
            return f"{year}第{'一二三四'[self.since.month // 3]}季度"
        return f"{year}{self.since.month}月"

    @property
    def label(self) -> str:
        """In the reader's language."""
        values = {"year": self.since.year, "quarter": self.since.month // 3 + 1, "month": self.since.month}
        pattern = {
            12: pgettext("period", "Year %(year)d"),
            3: pgettext("period", "Quarter %(quarter)d of %(year)d"),
            1: pgettext("period", "%(year)d-%(month)02d"),
        }[self.months]
        return pattern % values

    @property
    def parts(self) -> list["Period"]:
        """The quarters of a year, the months of a quarter; none of a month."""
        if self.months == 12:
            return [Period(f"{self.code}Q{n}", dt.date(self.since.year, 3 * n - 2, 1), 3) for n in range(1, 5)]
        if self.months == 3:
            firsts = (add_months(self.since, n) for n in range(3))
            return [Period(f"{first:%Y-%m}", first, 1) for first in firsts]
        return []


def read(text: str) -> Period | None:
    """The period a code names; None where it names none, or a year nobody counts."""
    found = PATTERN.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found[1])
    if not EARLIEST.year <= year < LAST_YEAR:
        return None
    if found[2]:
        return Period(found[0], dt.date(year, int(found[2]), 1), 1)
    if found[3]:
        return Period(found[0], dt.date(year, 3 * int(found[3]) - 2, 1), 3)
    return Period(found[0], dt.date(year, 1, 1), 12)


def year_of(day: dt.date) -> Period:
    """The calendar year a day is in."""
    return Period(f"{day.year}", dt.date(day.year, 1, 1), 12)


def offered(year: int) -> list[Period]:
    """A year, its quarters and its months, as a page offers them."""
    whole = Period(f"{year}", dt.date(year, 1, 1), 12)
    return [whole, *whole.parts, *(month for quarter in whole.parts for month in quarter.parts)]
