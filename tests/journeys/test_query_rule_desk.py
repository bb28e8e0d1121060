"""No page of the desk over 15 queries, panels included, while the numbers beside the navigation are kept (issue 7).

Every GET address of the desk is opened by everybody of `SEERS` whom `tests.access.doors` lets in, in its world, where
something of everything stands.
"""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines import calendar
from tests.access.actors import ACTORS
from tests.access.conftest import world  # noqa: F401
from tests.access.doors import DOORS

pytestmark = [pytest.mark.numbers, pytest.mark.django_db]

MOST = 15
# one for each set of rights; the others of `ACTORS` open no page that none of these opens
SEERS = (
    "owner_handler", "owner_section_head", "owner_deputy_head", "owner_registrar", "receiver_handler",
    "receiver_section_head", "receiver_registrar", "stranger", "office", "outsider", "system_admin",
)  # fmt: skip
# begin and end of transactions are no questions
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def _client(request, actor):
    client = Client()
    client.force_login(request.getfixturevalue(ACTORS[actor]), backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("departments:password"))  # the frame: its numbers are counted and kept
    return client


def _asked(client, url):
    """How many queries this page costs; None where it leads elsewhere."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    for close in answer._resource_closers:  # a file that was sent; answer.close() would end the connection
        close()
    if answer.status_code != 200:
        return None
    return sum(not query["sql"].startswith(CONTROL) for query in queries.captured_queries)


def test_no_page_of_the_desk_asks_more_than_it_may(request, world, settings):  # noqa: F811
    settings.NUMBERS_SECONDS = 600
    opened, over = set(), {}
    for actor in SEERS:
        client = _client(request, actor)
        for name, door in DOORS.items():
            if not name.startswith("desk:") or door.get is None or actor not in door.get:
                continue
            url = reverse(name, kwargs=door.kwargs(world)) + door.query
            cost = _asked(client, url)
            if cost is None:
                continue
            opened.add(name)
            most = MOST
            if cost > most and (cost := _asked(client, url)) > most:  # the first time fills what a process remembers
                over[name, actor] = cost
    assert over == {}
    assert len(opened) > 20
