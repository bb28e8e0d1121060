"""No page over fifteen queries, panels included (issue 7), with a county in which something of everything stands.

The numbers beside the navigation are counted on every page here; people have them from the cache for some seconds
(ADR 0037). A page above the rule stands in `ABOVE` with what was measured: the bound is only ever lowered.
"""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import registry
from deadlines import calendar
from departments.models import User
from desk import tasks
from tests.access.conftest import world  # noqa: F401

pytestmark = [pytest.mark.numbers, pytest.mark.django_db]
BACKEND = "django.contrib.auth.backends.ModelBackend"
RULE = 15
READERS = ("insurance_handler", "insurance_section_head", "health_section_head", "office_coordinator")
LISTS = (
    "desk:workbench", "desk:todo", "desk:done", "desk:started", "desk:diary", "desk:notifications", "desk:help",
    "cases:list", "cases:subjects", "referrals:transfers", "referrals:support", "referrals:letters_in",
    "referrals:letters_out", "referrals:crimes", "referrals:tasks", "referrals:assists", "referrals:comparisons",
    "inspections:list", "inspections:draws", "inspections:coverage", "inspections:certificates", "sanctions:list",
    "sanctions:tasks", "sanctions:lists", "sanctions:publications", "rewards:list", "rewards:ageing", "meetings:list",
    "meetings:ledger", "meetings:proposals", "deadlines:calendar", "deadlines:rules", "departments:directory",
)  # fmt: skip
# one page of each room, by the name it has in `world`
THINGS = (
    "case", "subject", "referral", "crime", "comparison", "task", "random_plan", "draw", "sanction", "measure_task",
    "under_way", "proposal", "resolution", "reward",
)  # fmt: skip
ABOVE: dict[str, int] = {}


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def asked(client, url):
    """(status, how many queries) of a page."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return page.status_code, len(queries)


def pages(world):  # noqa: F811
    found = {name: reverse(name) for name in LISTS}
    found["desk:search"] = reverse("desk:search") + "?q=仁和"
    for name in THINGS:
        thing = getattr(world, name)
        found[name] = registry.kinds[thing.kind_code].url(thing)
    return found


def test_no_page_asks_more_than_the_rule(request, world, system_admin):  # noqa: F811
    costs: dict[str, int] = {}
    opened = set()
    addresses = pages(world)
    for name in READERS:
        client = Client()
        client.force_login(request.getfixturevalue(name), BACKEND)
        client.get(reverse("desk:help"))
        for page, url in addresses.items():
            status, cost = asked(client, url)
            if status == 200:
                opened.add(page)
                costs[page] = max(cost, costs.get(page, 0))
    client = Client()
    client.force_login(system_admin, BACKEND)
    for page in ("desk:settings", "departments:people"):
        status, cost = asked(client, reverse(page))
        assert status == 200
        costs[page] = cost
    assert opened == set(addresses)
    over = {page: cost for page, cost in sorted(costs.items()) if cost > ABOVE.get(page, RULE)}
    assert over == {}
    assert set(ABOVE) <= set(costs)


def test_who_counted_nothing_has_no_row(request, world):  # noqa: F811
    """The workbench does not ask a room that counted none: so none of them may have a row all the same."""
    told = 0
    for name in (*READERS, "insurance_deputy_head", "insurance_registrar", "health_handler", "health_registrar"):
        user = User.objects.get(pk=request.getfixturevalue(name).pk)
        for code, counted in tasks.numbers(user).items():
            for source, number in zip(tasks.sources(code), counted, strict=True):
                rows = list(source.rows(user, 5))
                told += len(rows)
                assert not rows or number != 0, (name, code, source.rows)
    assert told > 20
