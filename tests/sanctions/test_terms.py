"""Terms agree with an independent calculation for every start date 2024–2030, in every unit; 29 February is settled."""

import calendar
import datetime as dt

import pytest

from sanctions.terms import BAR_YEARS, PERSON_BAR_YEARS, bar_until, free_from, holds_on, is_over, last_day

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2030, 12, 31)
EVERY_DAY = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def by_hand(start, amount, unit):
    """The last day counted another way: the calendar's own month lengths, or day by day."""
    if unit == "day":
        day = start
        for _number in range(amount):  # the first day is not counted
            day = dt.date.fromordinal(day.toordinal() + 1)
        return day
    year, month = start.year, start.month
    for _number in range(amount * (12 if unit == "year" else 1)):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(1, "day"), (30, "day"), (365, "day"), (1, "month"), (3, "month"), (6, "month"), (12, "month"), (36, "month"),
     (1, "year"), (3, "year"), (5, "year")],
)  # fmt: skip
def test_every_start_date_agrees_with_the_calculation_by_hand(amount, unit):
    wrong = [day for day in EVERY_DAY if last_day(day, amount, unit) != by_hand(day, amount, unit)]
    assert wrong == []
    assert len(EVERY_DAY) == 2557


def test_the_bars_of_every_start_date():
    assert (BAR_YEARS, PERSON_BAR_YEARS) == (3, 5)
    for day in EVERY_DAY:
        until = bar_until(day)
        assert until == by_hand(day, 3, "year")
        assert (until.month, until.day) == (
            (day.month, day.day) if (day.month, day.day) != (2, 29) else (2, 28)
        )
        assert free_from(until) == until + dt.timedelta(days=1)
        assert holds_on(until, day, until)
        assert not holds_on(free_from(until), day, until)
        assert not is_over(until, until)
        assert is_over(free_from(until), until)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "until"),
    [
        ("2024-02-29", 3, "year", "2027-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2028-02-29", 1, "month", "2028-03-29"),
        ("2027-01-31", 1, "month", "2027-02-28"),
        ("2026-12-31", 2, "month", "2027-02-28"),
        ("2025-02-28", 3, "year", "2028-02-28"),
        ("2026-11-16", 6, "month", "2027-05-16"),
    ],
)
def test_days_that_a_month_does_not_have(start, amount, unit, until):
    assert last_day(dt.date.fromisoformat(start), amount, unit) == dt.date.fromisoformat(until)


@pytest.mark.parametrize(
    ("amount", "unit"), [(0, "year"), (-1, "month"), (101, "year"), (40000, "day"), (1, "week")]
)
def test_no_such_term(amount, unit):
    with pytest.raises(ValueError, match=r"\w"):
        last_day(FIRST, amount, unit)


def test_what_has_no_last_day_never_ends():
    assert holds_on(dt.date(2099, 1, 1), FIRST, None)
    assert not holds_on(FIRST - dt.timedelta(days=1), FIRST, None)
    assert not is_over(dt.date(2099, 1, 1), None)
