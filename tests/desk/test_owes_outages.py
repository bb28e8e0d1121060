"""部门应办对照 without our own outages: every cell against a count by hand, its lists, and what the page says."""

import datetime as dt
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.dates import local_date, start_of
from deadlines import owing, watching
from deadlines.actions.clocks import meet_clock
from deadlines.actions.outages import note_outage
from deadlines.models import Deadline
from departments.enums import Role
from desk.forms_monitor import WatchForm
from desk.monitor import departments_of
from journal.models import Event
from tests.cast import person
from tests.deadlines.test_outages import by_hand as by_hand_excused
from tests.desk.test_monitor import DAY
from tests.desk.test_monitor import _forget_calendar as _forget_calendar  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import as_user as as_user  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import at as at  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import case as case  # noqa: PLC0414 - a fixture
from tests.desk.test_monitor import clock as clock  # noqa: PLC0414 - a fixture
from tests.desk.test_owes import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock, insurance, health, finance, county, at, office):
    """Pairs of departments with clocks on time, late, and late by little after a day on which the house stood still."""
    day = local_date(at) - 10 * DAY
    admin = person("gl09", "安守规", office, Role.SYSTEM_ADMIN)
    note_outage(
        begins_at=start_of(day) + dt.timedelta(hours=9), ends_at=start_of(day) + dt.timedelta(hours=18), region=county,
        what="机房停电", by=admin, at=at,
    )  # fmt: skip
    for owes, awaits in ((health, insurance), (finance, insurance), (health, None)):
        pair = {"department": owes, "to_department": awaits}
        for due in (-20, -10, -10, 15):
            clock(due=due, **pair)
            done = clock(due=due, **pair)
            meet_clock(deadline=done, at=at)
            if due == -10:  # done on the morning after its last day
                Deadline.objects.filter(pk=done.pk).update(ended_at=start_of(day + DAY) + dt.timedelta(hours=3))


def by_hand(user, since, until, at):
    from deadlines.models import Outage

    cells, found = {}, list(Outage.objects.standing())
    for each in Deadline.objects.watched_by(user):
        done = each.status == "met" and since <= local_date(each.ended_at) <= until
        if not done and each.status not in ("running", "paused"):
            continue
        out = by_hand_excused(each, found, at)
        red = each.status == "running" and each.due_at <= at
        numbers = (
            not done, red and not out, done and not each.late, done and each.late and not out,
            not done and out, done and out,
        )  # fmt: skip
        to = each.to_department_id or 0
        for pair in ((each.department_id, to), (each.department_id, None), (None, to), (None, None)):
            cells[pair] = tuple(a + b for a, b in zip(cells.get(pair, (0,) * 6), numbers, strict=True))
    return cells


@pytest.mark.parametrize("back", [29, 5])
def test_every_cell_is_what_a_count_by_hand_gives(world, office_coordinator, at, back):
    until = local_date(at)
    since = until - back * DAY
    cells = owing.matrix(office_coordinator, since=since, until=until, at=at, without_outages=True)
    assert {
        pair: (c.open, c.overdue, c.in_time, c.late, c.overdue_out, c.late_out) for pair, c in cells.items()
    } == by_hand(office_coordinator, since, until, at)
    assert cells[None, None].late_out == (6 if back == 29 else 0)
    plain = owing.matrix(office_coordinator, since=since, until=until, at=at)
    assert plain[None, None].late == cells[None, None].late + cells[None, None].late_out
    assert {pair: median for pair, (*_numbers, median) in told(plain).items()} == {
        pair: median for pair, (*_numbers, median) in told(cells).items()
    }


def test_only_excused_ones_in_the_period_still_fill_the_table(clock, world, office_coordinator, at):
    Deadline.objects.exclude(status="met").update(status="cancelled", ended_at=at)
    Deadline.objects.filter(status="met").exclude(ended_at__lt=at - 5 * DAY).update(status="cancelled")
    day = local_date(at)
    cells = owing.matrix(office_coordinator, since=day - 29 * DAY, until=day, at=at, without_outages=True)
    assert (cells[None, None].late, cells[None, None].late_out) == (0, 6)


def test_every_number_opens_a_list_of_as_many_rows(as_user, world, office_coordinator, at):
    context = as_user(office_coordinator).get(reverse("desk:owes"), {"outages": "out"}).context
    cells = [cell for _name, row in context["rows"] for cell in row if cell] + [context["whole"]]
    assert context["whole"]["cell"].late_out == 6
    for cell in cells:
        for side in ("open", "overdue", "in_time", "late", "overdue_out", "late_out"):
            query = {name: values[0] for name, values in parse_qs(cell[side]).items()}
            form = WatchForm(query, departments=departments_of(office_coordinator, query))
            assert form.is_valid(), form.errors
            assert watching.tally(office_coordinator, form.watch(), at).total == getattr(cell["cell"], side), (side, query)
    page = as_user(office_coordinator).get(f"{reverse('desk:monitor')}?{context['whole']['late_out']}")
    assert page.context["page"]["total_label"] == "共6项时限"
    assert "只看因系统停用不计的" in page.content.decode()


def test_the_page_says_what_is_left_out(as_user, world, office_coordinator):
    client = as_user(office_coordinator)
    plain = client.get(reverse("desk:owes"), {"outages": "else"})
    assert (plain.context["out"], "机房停电" in plain.content.decode()) == ("", False)
    page = client.get(reverse("desk:owes"), {"outages": "out", "period": "year"}).content.decode()
    assert "机房停电" in page and "剔除系统停用影响" in page and "6项逾期办结" in page
    assert "?period=quarter&amp;outages=out" in page and 'name="outages" value="out"' in page


def test_without_outages_it_says_so(as_user, clock, office_coordinator):
    clock(due=-2)
    page = as_user(office_coordinator).get(reverse("desk:owes"), {"outages": "out"}).content.decode()
    assert "尚无停用记录" in page


def test_the_file_says_so_too(as_user, world, office_coordinator):
    import io

    answer = as_user(office_coordinator).post(reverse("desk:owes_export"), {"outages": "out"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "系统停用" in sheet["A2"].value
    assert Event.objects.get(verb="deadline.exported").params["query"] == "owes=30&outages=out"


def test_it_asks_for_little_more_than_before(as_user, world, office_coordinator):
    client = as_user(office_coordinator)
    asked = {}
    for out in ("", "out"):
        client.get(reverse("desk:owes"), {"outages": out})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk:owes"), {"outages": out})
        asked[out] = len(queries)
    assert asked["out"] <= asked[""] + 1 and asked["out"] <= 13
