"""A county with its six departments and the office; every department can answer."""

import datetime as dt

import pytest

from tests.factories.meetings import called, quarter

DAY = dt.timedelta(days=1)


@pytest.fixture
def members(insurance, health, market, finance, reform, police):
    return [insurance, health, market, finance, reform, police]


@pytest.fixture
def board(members, office, office_coordinator, insurance_deputy_head, health_registrar):
    """The office of a county whose six departments are asked to its meetings."""
    return office


@pytest.fixture
def planned(board, now):
    """The meeting of the fourth quarter of 2026, being prepared."""
    return quarter(board, at=now)


@pytest.fixture
def meeting(board, planned, now):
    """The same, called for the afternoon of the same day, with one topic beside what was collected."""
    return called(board, at=now, meeting=planned)


@pytest.fixture
def begun(now):
    """A moment at which the called meeting has begun."""
    return now + dt.timedelta(hours=4)


@pytest.fixture
def topic(meeting):
    """The topic of that meeting the office added."""
    return meeting.items.select_related("meeting__office", "meeting__region").get(title="会商大要案件")
