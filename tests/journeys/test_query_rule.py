"""The workbench asks only rooms that counted something: with a county in which something of everything stands."""

import datetime as dt

import pytest
import time_machine

from deadlines import calendar
from departments.models import User
from desk import tasks
from tests.access.conftest import world  # noqa: F401

pytestmark = [pytest.mark.numbers, pytest.mark.django_db]
READERS = ("insurance_handler", "insurance_section_head", "health_section_head", "office_coordinator")

@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def test_who_counted_nothing_has_no_row(request, world):  # noqa: F811
    """A room that counted none is not asked for rows: so none of them may have a row all the same."""
    told = 0
    for name in (*READERS, "insurance_deputy_head", "insurance_registrar", "health_handler", "health_registrar"):
        user = User.objects.get(pk=request.getfixturevalue(name).pk)
        for code, counted in tasks.numbers(user).items():
            for source, number in zip(tasks.sources(code), counted, strict=True):
                rows = list(source.rows(user, 5))
                told += len(rows)
                assert not rows or number != 0, (name, code, source.rows)
    assert told > 20
