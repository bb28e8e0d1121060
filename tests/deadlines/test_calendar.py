"""Counting working days: the vectors of the law, of the notice, and properties that always hold."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.refusals import BadInput
from deadlines import seeds
from deadlines.calendar import Calendar, forget
from deadlines.models import CalendarDay, CalendarYear

D = dt.date


@pytest.fixture(scope="module")
def official():
    """The seeded calendar, without a database."""
    return Calendar(
        (
            (day, working, name, seeds.NOTICES[year])
            for year in seeds.NOTICES
            for day, working, name in seeds.special_days(year)
        ),
        seeds.NOTICES,
    )


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [  # FACTS §2.8
        (D(2026, 9, 30), 3, D(2026, 10, 10)),
        (D(2026, 2, 13), 3, D(2026, 2, 25)),
        (D(2026, 5, 6), 3, D(2026, 5, 9)),
        (D(2026, 9, 18), 3, D(2026, 9, 22)),
        (D(2026, 11, 20), 3, D(2026, 11, 25)),
        (D(2026, 9, 15), 15, D(2026, 10, 12)),
        # the other way
        (D(2026, 10, 8), -1, D(2026, 9, 30)),
        (D(2026, 10, 5), -1, D(2026, 9, 30)),
        (D(2026, 5, 9), -3, D(2026, 5, 6)),
        (D(2026, 10, 3), 0, D(2026, 10, 3)),
    ],
)
def test_vectors(official, start, n, end):
    assert official.add_working_days(start, n) == end


def test_year_2026_has_248_working_days(official):
    assert official.working_days_between(D(2025, 12, 31), D(2026, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "working", "kind"),
    [
        (D(2026, 10, 1), False, "holiday"),
        (D(2026, 10, 3), False, "holiday"),
        (D(2026, 10, 8), True, "working"),
        (D(2026, 10, 10), True, "makeup"),
        (D(2026, 9, 20), True, "makeup"),
        (D(2026, 1, 4), True, "makeup"),
        (D(2026, 11, 21), False, "weekend"),
        (D(2026, 11, 20), True, "working"),
    ],
)
def test_kinds_of_day(official, day, working, kind):
    assert (official.is_working(day), official.kind(day)) == (working, kind)


def test_days_off_of_2026_are_those_of_the_notice(official):
    def span(m1, d1, m2, d2):
        first, last = D(2026, m1, d1), D(2026, m2, d2)
        return {first + dt.timedelta(n) for n in range((last - first).days + 1)}

    off = (
        span(1, 1, 1, 3) | span(2, 15, 2, 23) | span(4, 4, 4, 6) | span(5, 1, 5, 5)
        | span(6, 19, 6, 21) | span(9, 25, 9, 27) | span(10, 1, 10, 7)
    )  # fmt: skip
    made_up = {D(2026, *md) for md in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
    year = span(1, 1, 12, 31)
    assert {day for day in year if official.kind(day) == "makeup"} == made_up
    assert {day for day in year if not official.is_working(day)} == off | {
        day for day in year if day.weekday() >= 5
    } - made_up


def test_a_special_day_says_why(official):
    assert official.name(D(2026, 10, 1)) == "国庆节"
    assert official.name(D(2026, 10, 6)) == "休息日（与9月20日调休）"
    assert official.notice(D(2026, 10, 10)) == "国办发明电〔2025〕7号"
    assert (official.name(D(2026, 11, 20)), official.notice(D(2026, 11, 20))) == ("", "")


def test_next_working_day(official):
    assert official.next_working_day(D(2026, 10, 1)) == D(2026, 10, 8)
    assert official.next_working_day(D(2026, 10, 8)) == D(2026, 10, 8)


def test_unpublished_years_count_monday_to_friday_and_say_so(official):
    assert official.add_working_days(D(2031, 10, 1), 3) == D(2031, 10, 6)
    assert official.provisional(D(2026, 12, 30), D(2027, 1, 4))
    assert official.provisional(D(2027, 1, 4), D(2026, 12, 30))
    assert not official.provisional(D(2024, 1, 1), D(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "missing"),
    [(D(2026, 10, 31), False), (D(2026, 11, 1), True), (D(2027, 1, 1), True), (D(2025, 12, 1), False)],
)
def test_a_missing_year_is_warned_of(official, today, missing):
    assert official.next_year_missing(today) is missing


@pytest.mark.parametrize("n", [10_000_000, -10_000_000])
def test_no_calendar_reaches_for_ever(official, n):
    with pytest.raises(BadInput):
        official.add_working_days(D(2026, 1, 1), n)


def test_a_year_wholly_off_is_stepped_over():
    off = [(D(2026, 1, 1) + dt.timedelta(n), False, "", "") for n in range(365)]
    calendar = Calendar(off, [2026])
    assert calendar.add_working_days(D(2025, 12, 31), 1) == D(2027, 1, 1)
    assert calendar.add_working_days(D(2027, 1, 1), -1) == D(2025, 12, 31)


DAYS = st.dates(D(2023, 6, 1), D(2028, 6, 1))


@settings(max_examples=300, deadline=None)
@given(start=DAYS, n=st.integers(-300, 300))
def test_add_then_count_back(official, start, n):
    end = official.add_working_days(start, n)
    if n > 0:
        assert official.is_working(end)
        assert official.working_days_between(start, end) == n
    elif n < 0:
        assert official.is_working(end)
        # the day counted to is itself the |n|-th before `start`
        assert official.working_days_between(end - dt.timedelta(1), start - dt.timedelta(1)) == -n


@settings(max_examples=200, deadline=None)
@given(a=DAYS, b=DAYS, n=st.integers(0, 200))
def test_monotone(official, a, b, n):
    first, last = sorted((a, b))
    assert official.add_working_days(first, n) <= official.add_working_days(last, n)
    assert official.add_working_days(first, n) <= official.add_working_days(first, n + 1)
    assert official.working_days_between(a, b) == -official.working_days_between(b, a)


@settings(max_examples=100, deadline=None)
@given(a=DAYS, span=st.integers(0, 120))
def test_counting_equals_walking(official, a, span):
    b = a + dt.timedelta(span)
    walked = sum(official.is_working(a + dt.timedelta(n)) for n in range(1, span + 1))
    assert official.working_days_between(a, b) == walked


@pytest.mark.django_db
def test_the_database_holds_the_official_calendar(official, django_assert_num_queries):
    with django_assert_num_queries(2):
        loaded = Calendar.fresh()
    assert loaded._days == official._days
    assert loaded.published == official.published
    with django_assert_num_queries(0):
        assert Calendar.current() is loaded
    with django_assert_num_queries(1):
        assert Calendar.fresh() is loaded


@pytest.mark.django_db
def test_a_request_looks_once_whether_the_calendar_changed(working):
    day = CalendarDay.objects.get(date=D(2026, 10, 10))
    day.working = False
    day.save()
    year = CalendarYear.objects.get(year=2026)
    year.edition = "00000000-0000-0000-0000-000000000001"
    year.save()
    assert Calendar.current().is_working(D(2026, 10, 10))
    forget()  # what the start of a request does
    assert not Calendar.current().is_working(D(2026, 10, 10))


@pytest.mark.django_db
def test_seeding_again_keeps_what_was_edited():
    CalendarDay.objects.filter(date=D(2026, 10, 10)).update(name="改过")
    before = CalendarDay.objects.count()
    seeds.load_calendar()
    seeds.load_rules()
    assert CalendarDay.objects.count() == before
    assert CalendarDay.objects.get(date=D(2026, 10, 10)).name == "改过"
