"""Instants are UTC; dates of law are local dates in Asia/Shanghai."""

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


EARLIEST = dt.date(2000, 1, 1)  # nothing is found, discovered or received before the house's time
MOST_MONTHS_AHEAD = 60  # no limit is set further ahead: a slip of the pen, and beyond it no calendar counts


def local_date(at: dt.datetime) -> dt.date:
    """The date of law on which the instant `at` falls."""
    return at.astimezone(SHANGHAI).date()


def start_of(day: dt.date) -> dt.datetime:
    """00:00 of a local date, as an aware instant."""
    return dt.datetime.combine(day, dt.time.min, SHANGHAI)


def end_of(day: dt.date) -> dt.datetime:
    """24:00 of a local date: the first instant after it (民法典 art. 203)."""
    return start_of(day + dt.timedelta(days=1))


def chinese_date(day: dt.date) -> str:
    """`2026年11月9日`, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or that month's last day where there is none (民法典 art. 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def too_far(day: dt.date, today: dt.date) -> bool:
    """Whether a limit lies further ahead than anybody sets one (`MOST_MONTHS_AHEAD`)."""
    return day > add_months(today, MOST_MONTHS_AHEAD)
