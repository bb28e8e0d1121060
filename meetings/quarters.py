"""Quarters of the calendar, by local dates."""

import datetime as dt

ORDINALS = {1: "一", 2: "二", 3: "三", 4: "四"}


def quarter_of(day: dt.date) -> tuple[int, int]:
    """(year, quarter) a day lies in."""
    return day.year, (day.month + 2) // 3


def first_day(year: int, quarter: int) -> dt.date:
    return dt.date(year, quarter * 3 - 2, 1)


def last_day(year: int, quarter: int) -> dt.date:
    return first_day(*following(year, quarter)) - dt.timedelta(days=1)


def held_by(year: int, quarter: int, month: int) -> dt.date:
    """The last day of the quarter's first, second or third month."""
    if month == 3:
        return last_day(year, quarter)
    return dt.date(year, quarter * 3 - 2 + month, 1) - dt.timedelta(days=1)


def following(year: int, quarter: int) -> tuple[int, int]:
    """The quarter after this one."""
    return (year + 1, 1) if quarter == 4 else (year, quarter + 1)


def between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Every quarter from `start` to `end`, both included."""
    found = []
    while start <= end:
        found.append(start)
        start = following(*start)
    return found
