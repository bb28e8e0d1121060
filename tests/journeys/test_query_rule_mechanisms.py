"""No page of referrals, inspections and sanctions over 14 queries, panels included, while the numbers beside the
navigation are kept (`NUMBERS_SECONDS`); whoever comes when they are counted anew waits for up to three more (issue 7).

Every page of these rooms is opened by everybody of `SEERS` whom `tests.access.doors` lets in, in its world, where something
of everything stands.
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
from tests.factories.referrals import make_dispatch, make_need

pytestmark = [pytest.mark.numbers, pytest.mark.django_db]

MOST = 14
FRAME = 3  # what the frame asks when its numbers are not kept
ROOMS = ("referrals:", "inspections:", "sanctions:")
# one for each set of rights; the others of `ACTORS` open no page that none of these opens
SEERS = (
    "owner_handler", "owner_section_head", "owner_deputy_head", "owner_registrar", "receiver_handler",
    "receiver_section_head", "receiver_registrar", "stranger", "office", "outsider", "system_admin",
)  # fmt: skip
# page → its bound, and why it is more
EXCEPTIONS = {
    # rows of eight kinds of letter, each with its own clocks and door; the same number for one row and for three
    "referrals:letters_out": 16,
}
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


def test_no_page_asks_more_than_it_may(request, world, settings):  # noqa: F811
    settings.NUMBERS_SECONDS = 600
    opened, over = set(), {}
    for actor in SEERS:
        client = _client(request, actor)
        for name, door in DOORS.items():
            if not name.startswith(ROOMS) or door.get is None or actor not in door.get:
                continue
            url = reverse(name, kwargs=door.kwargs(world)) + door.query
            cost = _asked(client, url)
            if cost is None:
                continue
            opened.add(name)
            most = EXCEPTIONS.get(name, MOST)
            if cost > most and (cost := _asked(client, url)) > most:  # the first time fills what a process remembers
                over[name, actor] = cost
    assert over == {}
    assert len(opened) > 200


def test_the_frame_asks_three_more_when_it_counts(request, world, settings):  # noqa: F811
    settings.NUMBERS_SECONDS = 600
    client, url = _client(request, "owner_section_head"), reverse("departments:password")
    kept = _asked(client, url)
    settings.NUMBERS_SECONDS = 0
    assert _asked(client, url) <= kept + FRAME


def test_lists_of_letters_ask_the_same_for_one_row_and_three(
    request, insurance_handler, health, case_of_insurance, settings, now
):
    settings.NUMBERS_SECONDS = 600
    case = case_of_insurance
    urls = [reverse(f"referrals:{name}") for name in ("transfers", "support", "letters_in", "letters_out")]
    urls.append(reverse("referrals:exchange", args=[case.pk]))
    clients = [_client(request, actor) for actor in ("owner_handler", "receiver_registrar", "office")]
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_dispatch(case, [health], by=insurance_handler, at=now, status="sent", kind="bulletin")
            make_need(case, health, by=insurance_handler, at=now, status="sent")
        for client in clients:
            _asked(client, urls[0])
        costs.append([[_asked(client, url) for url in urls] for client in clients])
    assert costs[0] == costs[1]


@pytest.fixture
def case_of_insurance(
    county, office, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
    health_registrar, office_coordinator, now,
):  # fmt: skip
    from tests.factories.cases import make_case, make_subject

    return make_case(by=insurance_handler, at=now, subject=make_subject(county, at=now))
