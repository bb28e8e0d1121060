"""Clocks in tests: a calendar that forgets between tests, and the seeded dictionaries."""

import datetime as dt
from itertools import count
from types import SimpleNamespace

import pytest

from core import registry
from core.dates import SHANGHAI
from deadlines import calendar
from deadlines.actions.clocks import start_clock
from journal.models import Event


@pytest.fixture(autouse=True)
def _forget_calendar():
    """A test that rolled its calendar back leaves none behind."""
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture(autouse=True)
def _nobody_above(monkeypatch):
    """The rooms above would look for the referrals and strands these clocks only pretend to hang on."""
    monkeypatch.setattr(registry, "deadline_listeners", {})


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


@pytest.fixture
def case(insurance):
    """What clocks want to know of a case: cases are a floor above."""
    return SimpleNamespace(pk=4711, region_id=insurance.region_id, owner_id=insurance.pk)


@pytest.fixture
def clock(insurance, insurance_handler, health, case, working):
    """`clock("support_notice", at="2026-11-17", …)`: a started clock, 陈晓岚's unless said otherwise."""
    ids = count(1)

    def start(code="support_notice", at="2026-11-17", **more):
        at = at if isinstance(at, dt.datetime) else local(at)
        given = {
            "target": ("referral", next(ids)),
            "department": insurance,
            "person": insurance_handler,
            "to_department": health,
            "case": case,
        }
        return start_clock(code=code, at=at, **(given | more))

    return start


@pytest.fixture
def lamps_told(monkeypatch):
    """What the cases above were told: a list of (case ids, at)."""
    told = []
    monkeypatch.setattr(registry, "lamp_listeners", [lambda ids, at: told.append((list(ids), at))])
    return told


def verbs_of(deadline):
    """The record of one clock, oldest first."""
    return list(
        Event.objects.filter(target_kind="deadline", target_id=deadline.pk)
        .order_by("id")
        .values_list("verb", flat=True)
    )
