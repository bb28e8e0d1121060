"""The workbench's right rail: figures that rooms provide (`core.registry.figures`); a missing one is left out."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import pgettext

from core import registry, wording
from core.gathering import Gathering, Steps, begun, side_by_side, stepwise

MONTHS = 6
DIARY_ROWS = 5


def months_until(day: dt.date, number: int = MONTHS) -> list[dt.date]:
    """The first days of the `number` months that end with `day`'s own."""
    index = day.year * 12 + day.month - 1
    return [dt.date(each // 12, each % 12 + 1, 1) for each in range(index - number + 1, index + 1)]


def quarter_of(day: dt.date) -> dt.date:
    """The first day of `day`'s quarter."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


@stepwise
def rail(user, today: dt.date, asked: Gathering) -> Steps:
    """What the right rail shows of the cases `user` may see: lamps, money of six months, the diary."""
    months = months_until(today)
    wanted = {"cases_by_lamp": {}, "recovered_by_month": {"months": months}, "due_soon": {"limit": DIARY_ROWS + 1}}
    codes = [code for code in wanted if code in registry.figures]
    told = yield from side_by_side([begun(registry.figures[code], user, **wanted[code]) for code in codes], asked)
    known, shown = dict(zip(codes, told, strict=True)), {}
    if "cases_by_lamp" in known:
        counts = known["cases_by_lamp"]
        shown["lamps"] = {colour: counts.get(colour, 0) for colour in "gyr"}
        shown["open_cases"] = sum(shown["lamps"].values())
    if "recovered_by_month" in known:
        amounts = known["recovered_by_month"]
        shown["recovered"] = [
            (
                pgettext("month", "%(month)d") % {"month": month.month},
                amounts.get(month, Decimal(0)),
                wording.ten_thousands(amounts.get(month, Decimal(0))),
            )
            for month in months
        ]
    if "due_soon" in known:
        coming = known["due_soon"]
        shown["diary"], shown["diary_more"] = coming[:DIARY_ROWS], len(coming) > DIARY_ROWS
    return shown


def diary(user, limit: int) -> list[dict]:
    """The next last days of the user's department, at most `limit`; empty where no room tells."""
    due_soon = registry.figures.get("due_soon")
    return due_soon(user, limit=limit) if due_soon else []


@stepwise
def record(user, today: dt.date, asked: Gathering) -> Steps:
    """How the departments kept their limits this quarter, or None where no room tells."""
    clocks = registry.figures.get("clock_record")
    if clocks is None:
        return None
    return (yield from begun(clocks, user, since=quarter_of(today), until=today)(asked))
