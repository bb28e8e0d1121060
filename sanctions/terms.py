"""The terms of sanctions: from a first day, an amount and a unit to the last day. Pure functions, no clock, no row.

民法典 art. 200–202 (FACTS §2.8): a term counted in days, months or years runs by the calendar; the day on which it begins
is not counted; counted in months or years its last day is the day of the same number in the last month, and where that
month has none, its last day. So what was cancelled on 2024-03-15 for three years is barred through 2027-03-15 and may
apply on 2027-03-16; of 2024-02-29 the last day is 2027-02-28. The last day does not move on a day off: art. 203 helps who
has to act by a day, and would here prolong a burden (ADR 0060).
"""

import datetime as dt

from core.dates import add_months
from sanctions.enums import TermUnit

BAR_YEARS = 3  # the mechanism, part 3 (4): 三年内不得重新申请
PERSON_BAR_YEARS = 5  # 条例 art. 43
LONGEST = {TermUnit.DAY: 36_600, TermUnit.MONTH: 1_200, TermUnit.YEAR: 100}


def last_day(start: dt.date, amount: int, unit: str) -> dt.date:
    """The last day of a term of `amount` `unit` that begins on `start`.

    :raises ValueError: the amount is below one or beyond `LONGEST`, or no such unit
    """
    kind = TermUnit(unit)
    if not 1 <= amount <= LONGEST[kind]:
        raise ValueError(f"no term of {amount} {unit}")
    if kind == TermUnit.DAY:
        return start + dt.timedelta(days=amount)
    return add_months(start, amount * (12 if kind == TermUnit.YEAR else 1))


# the Regulations' own terms of a measure of the catalogue: from, to (months), article
BY_LAW = {
    "suspend-designation": (6, 12, "《医疗保障基金使用监督管理条例》第三十八条、第四十条"),
    "insured-settlement": (3, 12, "《医疗保障基金使用监督管理条例》第四十一条"),
}


def within_law(code: str, since: dt.date, until: dt.date | None) -> bool:
    """Whether a measure of this code lasts as long as its article allows, both ends counted; others: any term."""
    if code not in BY_LAW:
        return True
    least, most, _article = BY_LAW[code]
    longest = last_day(since, most, TermUnit.MONTH)
    return until is not None and last_day(since, least, TermUnit.MONTH) <= until <= longest


def bar_until(cancelled_on: dt.date, years: int = BAR_YEARS) -> dt.date:
    """The last day of the bar after a cancellation on that day."""
    return last_day(cancelled_on, years, TermUnit.YEAR)


def free_from(until: dt.date) -> dt.date:
    """The first day on which a subject barred through `until` may apply."""
    return until + dt.timedelta(days=1)


def holds_on(day: dt.date, since: dt.date, until: dt.date | None) -> bool:
    """Whether a burden from `since` through `until`, both counted, lies on the subject that day; None never ends."""
    return since <= day and (until is None or day <= until)


def is_over(today: dt.date, until: dt.date | None) -> bool:
    """Whether the last day has passed: it counts in full (民法典 art. 203: until 24:00)."""
    return until is not None and until < today
