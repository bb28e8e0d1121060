"""部门应办对照: every cell against a count by hand, and its list with exactly as many rows."""

import datetime as dt
import io
from statistics import median
from urllib.parse import parse_qs

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import local_date
from deadlines import owing, watching
from deadlines.actions.changes import pause_clock
from deadlines.actions.clocks import cancel_clock, meet_clock
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from desk.forms_monitor import WatchForm
from desk.monitor import departments_of
from journal.models import Event
from tests.desk.test_monitor import DAY
from tests.desk.test_monitor import _forget_calendar as _forget_calendar  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import as_user as as_user  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import at as at  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import case as case  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import clock as clock  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock, insurance, health, finance, at):
    """Pairs of departments with open, late, paused and done clocks; some done long ago, one cancelled."""
    for owes, awaits, age in ((health, insurance, 12), (finance, insurance, 5), (insurance, health, 33), (health, None, 8)):
        pair = {"department": owes, "to_department": awaits}
        clock(due=-2, **pair)
        clock(due=15, **pair)
        pause_clock(deadline=clock(due=15, **pair), reason="等待补正", at=at, by=None)
        cancel_clock(deadline=clock(**pair), at=at, reason="撤回")
        for days in range(3):
            meet_clock(deadline=clock(due=20, started=-age - days, **pair), at=at)
        meet_clock(deadline=clock(due=-1, started=-age, **pair), at=at)
        long_ago = clock(due=20, started=-80, **pair)
        meet_clock(deadline=long_ago, at=at)
        Deadline.objects.filter(pk=long_ago.pk).update(ended_at=at - 50 * DAY)


def by_hand(user, since, until, at):
    """{(owing, to): (open, overdue, in time, late, median)} counted row by row."""
    cells, days = {}, {}
    calendar = Calendar.current()
    for each in Deadline.objects.watched_by(user):
        done = each.status == "met" and since <= local_date(each.ended_at) <= until
        if each.status not in ("running", "paused") and not done:
            continue
        to = each.to_department_id or 0
        red = each.status == "running" and each.due_at <= at
        numbers = (int(not done), int(red), int(done and not each.late), int(done and each.late))
        for pair in ((each.department_id, to), (each.department_id, None), (None, to), (None, None)):
            cells[pair] = tuple(a + b for a, b in zip(cells.get(pair, (0, 0, 0, 0)), numbers, strict=True))
            if done:
                took = calendar.working_days_between(each.started_on, local_date(each.ended_at))
                days.setdefault(pair, []).append(took)
    return {pair: (*found, median(days[pair]) if pair in days else None) for pair, found in cells.items()}


def told(cells):
    return {pair: (c.open, c.overdue, c.in_time, c.late, c.median) for pair, c in cells.items()}


@pytest.mark.parametrize("back", [29, 45, 200])
def test_every_cell_is_what_a_count_by_hand_gives(world, office_coordinator, at, back):
    until = local_date(at)
    since = until - back * DAY
    cells = owing.matrix(office_coordinator, since=since, until=until, at=at)
    expected = by_hand(office_coordinator, since, until, at)
    assert told(cells) == expected
    assert cells[None, None].in_time == (16 if back == 200 else 12)
    assert all(told(cells)[None, None])


def test_every_number_opens_a_list_of_as_many_rows(as_user, world, office_coordinator, at):
    client = as_user(office_coordinator)
    context = client.get(reverse("desk:owes")).context
    cells = [cell for _name, row in context["rows"] for cell in row if cell] + [cell for cell in context["sums"] if cell]
    assert len(cells) > 10
    for cell in cells:
        for side in ("open", "overdue", "in_time", "late"):
            query = {name: values[0] for name, values in parse_qs(cell[side]).items()}
            form = WatchForm(query, departments=departments_of(office_coordinator, query))
            assert form.is_valid(), form.errors
            number = watching.tally(office_coordinator, form.watch(), at).total
            assert number == getattr(cell["cell"], side), (side, query)
    answer = client.get(f"{reverse('desk:monitor')}?{cells[0]['late']}")
    assert answer.context["page"]["total_label"] == f"共{cells[0]['cell'].late}项时限"


def test_a_leader_sees_the_own_row_and_column_and_nothing_hidden(
    world, case, health_head, insurance_head, office_coordinator, insurance, at
):
    day = local_date(at)
    own = owing.matrix(insurance_head, since=day, until=day, at=at)
    assert {pair for pair in own if None not in pair} and all(insurance.pk in pair for pair in own if None not in pair)
    assert owing.matrix(health_head, since=day, until=day, at=at) == {}  # the case is not open to health
    type(case).objects.filter(pk=case.pk).update(restricted=True)
    assert owing.matrix(office_coordinator, since=day, until=day, at=at) == {}


def test_an_empty_county_and_who_watches_nothing(as_user, office_coordinator, insurance_handler, at):
    day = local_date(at)
    assert owing.matrix(office_coordinator, since=day, until=day, at=at) == {}
    assert owing.matrix(insurance_handler, since=day, until=day, at=at) == {}
    assert 'class="empty"' in as_user(office_coordinator).get(reverse("desk:owes")).content.decode()


@pytest.mark.parametrize(
    ("period", "today", "first"),
    [
        ("30", (2026, 11, 23), (2026, 10, 25)), ("quarter", (2026, 11, 23), (2026, 10, 1)),
        ("quarter", (2026, 3, 31), (2026, 1, 1)), ("year", (2026, 11, 23), (2026, 1, 1)),
    ],
)  # fmt: skip
def test_the_first_day_of_a_period(period, today, first):
    assert owing.first_day(period, dt.date(*today)) == dt.date(*first)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("office_coordinator", 200), ("county_leader", 200), ("insurance_head", 200), ("insurance_section_head", 403),
        ("insurance_handler", 403), ("system_admin", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_who_opens_the_table(as_user, request, office, who, status):
    client = as_user(request.getfixturevalue(who))
    assert client.get(reverse("desk:owes"), {"period": "century"}).status_code == status
    assert client.post(reverse("desk:owes_export")).status_code == status


def test_the_table_as_a_file(as_user, world, office_coordinator):
    answer = as_user(office_coordinator).post(reverse("desk:owes_export"), {"period": "year"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    assert ("县卫健局", "县医保局") in {row[:2] for row in rows}
    assert len(rows) == Event.objects.get(verb="deadline.exported").params["rows"]


def test_the_table_asks_a_fixed_number(as_user, world, office_coordinator):
    client = as_user(office_coordinator)
    client.get(reverse("desk:owes"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("desk:owes"))
    assert len(asked) <= 12
