"""A year as twelve small months, for the page of the working calendar."""

import calendar as weeks
import datetime as dt
from dataclasses import dataclass

from core.seeded import seeded
from deadlines.calendar import Calendar


@dataclass(frozen=True)
class Cell:
    """One day. css: off | rest | work | "" — holiday, weekend, make-up workday, ordinary; title says why."""

    date: dt.date
    css: str
    title: str
    today: bool


@dataclass(frozen=True)
class Month:
    """first: its first day; weeks: rows of seven cells, None outside the month; working: working days."""

    first: dt.date
    weeks: list[list[Cell | None]]
    working: int


_CSS = {"holiday": "off", "weekend": "rest", "makeup": "work", "working": ""}


def months_of(year: int, calendar: Calendar, today: dt.date) -> list[Month]:
    """The twelve months, weeks beginning on Monday."""
    made = []
    for month in range(1, 13):
        rows: list[list[Cell | None]] = []
        working = 0
        for week in weeks.Calendar(firstweekday=0).monthdatescalendar(year, month):
            row: list[Cell | None] = []
            for day in week:
                if day.month != month:
                    row.append(None)
                    continue
                working += calendar.is_working(day)
                row.append(Cell(day, _CSS[calendar.kind(day)], seeded(calendar.name(day)), day == today))
            rows.append(row)
        made.append(Month(dt.date(year, month, 1), rows, working))
    return made
