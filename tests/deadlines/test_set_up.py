"""How calendar and clock rules stand, for the administrator's settings."""

import datetime as dt

import pytest
import time_machine

from deadlines import calendar, set_up
from deadlines.actions.calendar import SpecialDay, set_year
from deadlines.models import ClockRule


@pytest.fixture(autouse=True)
def _fresh():
    calendar.drop()
    yield
    calendar.drop()


def test_next_year_is_asked_for_in_late_autumn(db, now):
    with time_machine.travel(dt.datetime(2026, 10, 1, 4, tzinfo=dt.UTC), tick=False):
        assert set_up.calendar(None) == (True, "已录入至2026年。")
    with time_machine.travel(now, tick=False):
        assert set_up.calendar(None) == (False, "2027年工作日历尚未录入。")
        days = [SpecialDay(dt.date(2027, 1, 1), False, "元旦")]
        set_year(year=2027, notice_number="国办发明电〔2026〕9号", days=days, at=now)
        calendar.drop()
        assert set_up.calendar(None) == (True, "已录入至2027年。")
    with time_machine.travel(dt.datetime(2029, 2, 1, 4, tzinfo=dt.UTC), tick=False):
        assert set_up.calendar(None) == (False, "2029年工作日历尚未录入。")


def test_clock_rules_are_counted_once_a_code(db):
    assert set_up.clock_rules(None) == (True, f"共{ClockRule.objects.count()}项时限。")
    ClockRule.objects.all().delete()
    assert set_up.clock_rules(None) == (False, "共0项时限。")
