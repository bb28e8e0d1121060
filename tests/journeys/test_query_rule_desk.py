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
from tests.factories.above import make_letter, make_task
from tests.factories.assist import make_assist
from tests.factories.cases import make_case, make_subject
from tests.factories.comparisons import make_comparison
from tests.factories.meetings import proposal
from tests.factories.referrals import bring_referral, make_dispatch, make_need, make_reply

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
            if cost > MOST and (cost := _asked(client, url)) > MOST:  # the first time fills what a process remembers
                over[name, actor] = cost
    assert over == {}
    assert len(opened) > 20


TABS = ("workbench", "todo", "sign", "read", "done", "started", "drafts", "notifications", "diary")


def _one_of_each(insurance, health, police, office, by, at):
    """A case with letters of every state, tasks from above, requests and comparisons: something on every tab."""
    def case():
        return make_case(by=by, at=at, subject=make_subject(insurance.region, at=at))

    for status in ("draft", "submitted", "reviewed", "approved"):
        make_dispatch(case(), [health], by=by, at=at, status=status)

    def letter(status):
        dispatch = make_dispatch(case(), [health], by=by, at=at, status="sent")
        return bring_referral(dispatch.referrals.get(), status, at=at)

    for status in ("sent", "received", "accepted", "returned"):
        letter(status)
    make_reply(letter("accepted"), at=at, status="submitted")
    make_need(case(), health, by=by, at=at, status="submitted")
    for status in ("assigned", "accepted"):
        make_task(by=by, at=at, status=status)
    make_letter(make_task(by=by, at=at, status="accepted"), at=at)
    for stage in ("draft", "posted"):
        make_assist(case(), by=by, at=at, stage=stage)
    for status in ("draft", "submitted", "sent"):
        make_comparison(police, by=by, at=at, status=status)
    proposal(office, at=at)


def test_a_tab_costs_the_same_for_three_of_each_as_for_one(
    request, insurance, health, police, office, insurance_handler, settings, now,
    insurance_section_head, insurance_deputy_head, insurance_registrar, health_handler, health_section_head,
    health_registrar, office_coordinator, police_registrar,
):  # fmt: skip
    settings.NUMBERS_SECONDS = 600
    actors = ("owner_handler", "owner_section_head", "owner_registrar", "receiver_handler", "receiver_section_head")
    clients = {actor: _client(request, actor) for actor in (*actors, "office")}
    costs = []
    for more in (1, 2):
        for _ in range(more):
            _one_of_each(insurance, health, police, office, insurance_handler, now)
        for client in clients.values():
            _asked(client, reverse("desk:workbench"))  # the first time fills what a process remembers
        costs.append({
            (actor, name): _asked(client, reverse(f"desk:{name}")) for actor, client in clients.items() for name in TABS
        })  # fmt: skip
    one, three = costs
    assert {page: (one[page], n) for page, n in three.items() if n != one[page]} == {}
    assert max(three.values()) <= MOST
