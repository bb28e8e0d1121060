"""The workbench's right rail: figures that rooms provide (`core.registry.figures`); a missing one is left out."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import pgettext

from core import registry, wording

MONTHS = 6
DIARY_ROWS = 5


def months_until(day: dt.date, number: int = MONTHS) -> list[dt.date]:
    """The first days of the `number` months that end with `day`'s own."""
    index = day.year * 12 + day.month - 1
    return [dt.date(each // 12, each % 12 + 1, 1) for each in range(index - number + 1, index + 1)]


def quarter_of(day: dt.date) -> dt.date:
    """The first day of `day`'s quarter."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def rail(user, today: dt.date) -> dict:
    """What the right rail shows of the cases `user` may see: lamps, money of six months, the diary."""
    shown: dict = {}
    if by_lamp := registry.figures.get("cases_by_lamp"):
        counts = by_lamp(user)
        shown["lamps"] = {colour: counts.get(colour, 0) for colour in "gyr"}
        shown["open_cases"] = sum(shown["lamps"].values())
    if by_month := registry.figures.get("recovered_by_month"):
        months = months_until(today)
        amounts = by_month(user, months=months)
        shown["recovered"] = [
            (
                pgettext("month", "%(month)d") % {"month": month.month},
                amounts.get(month, Decimal(0)),
                wording.ten_thousands(amounts.get(month, Decimal(0))),
            )
            for month in months
        ]
    if due_soon := registry.figures.get("due_soon"):
        coming = due_soon(user, limit=DIARY_ROWS + 1)
        shown["diary"], shown["diary_more"] = coming[:DIARY_ROWS], len(coming) > DIARY_ROWS
    return shown


def diary(user, limit: int) -> list[dict]:
    """The next last days of the user's department, at most `limit`; empty where no room tells."""
    due_soon = registry.figures.get("due_soon")
    return due_soon(user, limit=limit) if due_soon else []


def record(user, today: dt.date) -> list | None:
    """How the departments kept their limits this quarter, or None where no room tells."""
    clocks = registry.figures.get("clock_record")
    return clocks(user, since=quarter_of(today), until=today) if clocks else None
