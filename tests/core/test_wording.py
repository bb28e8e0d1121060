import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from core import wording

AT = dt.datetime(2026, 11, 19, 18, 30, tzinfo=dt.UTC)  # 2026-11-20 02:30 in Shanghai


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-19T02:42:00Z", tick=False), translation.override("en"):
        yield


def test_today_is_the_local_date():
    assert wording.today() == dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        (wording.day, AT, "2026-11-20"),
        (wording.day, dt.date(2026, 1, 2), "2026-01-02"),
        (wording.day, None, "—"),
        (wording.day, "", "—"),
        (wording.short_day, AT, "11-20"),
        (wording.short_day, dt.date(2025, 11, 20), "2025-11-20"),
        (wording.short_day, None, "—"),
        (wording.clock, AT, "02:30"),
        (wording.clock, None, "—"),
        (wording.moment, AT, "11-20 02:30"),
        (wording.moment, None, "—"),
        (wording.recent, dt.datetime(2026, 11, 19, 1, tzinfo=dt.UTC), "09:00"),
        (wording.recent, AT, "11-20"),
        (wording.recent, None, "—"),
        (wording.weekday, AT, "Fri"),
        (wording.weekday, None, ""),
        (wording.long_day, AT, "Fri 11/20"),
        (wording.long_day, dt.date(2025, 11, 20), "Thu 11/20/2025"),
        (wording.long_day, None, "—"),
        (wording.money, Decimal("1286400"), "1,286,400.00"),
        (wording.money, "86240.005", "86,240.01"),
        (wording.money, 0, "0.00"),
        (wording.money, None, "—"),
        (wording.money, "", "—"),
        (wording.ten_thousands, Decimal("382000"), "38.2"),
        (wording.ten_thousands, None, "—"),
    ],
)
def test_words_of_dates_and_money(words, value, said):
    assert words(value) == said


@pytest.mark.parametrize("words", [wording.money, wording.ten_thousands])
def test_money_is_never_a_float(words):
    with pytest.raises(TypeError):
        words(1.5)


def test_what_is_stored_is_chinese_for_an_english_hand_too():
    assert translation.get_language() == "en"
    assert wording.for_the_record("forwarded to %(department)s", department="县公安局") == "已转送县公安局"
    assert translation.get_language() == "en"
