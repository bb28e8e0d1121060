import datetime as dt

import pytest

from core.dates import add_months, chinese_date, end_of, local_date, start_of

UTC = dt.UTC


def test_local_date_is_the_date_in_shanghai():
    assert local_date(dt.datetime(2026, 11, 19, 15, 59, tzinfo=UTC)) == dt.date(2026, 11, 19)
    assert local_date(dt.datetime(2026, 11, 19, 16, 0, tzinfo=UTC)) == dt.date(2026, 11, 20)


def test_a_day_is_the_24_hours_between_start_and_end():
    day = dt.date(2026, 11, 19)
    assert start_of(day).astimezone(UTC) == dt.datetime(2026, 11, 18, 16, tzinfo=UTC)
    assert end_of(day) == start_of(day + dt.timedelta(days=1))


def test_chinese_date_has_no_leading_zeros():
    assert chinese_date(dt.date(2026, 1, 9)) == "2026年1月9日"


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
        (dt.date(2026, 11, 15), 1, dt.date(2026, 12, 15)),
        (dt.date(2024, 2, 29), 36, dt.date(2027, 2, 28)),
    ],
)
def test_add_months_ends_on_the_last_day_where_there_is_no_such_day(day, months, result):
    assert add_months(day, months) == result
