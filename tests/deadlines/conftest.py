"""Clocks in tests: a calendar that forgets between tests, and the seeded dictionaries."""

import datetime as dt

import pytest

from core.dates import SHANGHAI
from deadlines import calendar


@pytest.fixture(autouse=True)
def _forget_calendar():
    """A test that rolled its calendar back leaves none behind."""
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def working(db):
    """The seeded working calendar."""
    return calendar.Calendar.fresh()


def local(text: str) -> dt.datetime:
    """`2026-11-17 10:20` of Shanghai as an instant; a date alone is its 09:00."""
    at = dt.datetime.fromisoformat(text)
    if len(text) == 10:
        at = at.replace(hour=9)
    return at.replace(tzinfo=SHANGHAI).astimezone(dt.UTC)
