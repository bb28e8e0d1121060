"""Lists for comparison and requests between places stand in the lists of letters, with lamps like the others."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deadlines.models import Deadline
from referrals import boxes
from tests.factories.above import make_task
from tests.factories.assist import make_assist
from tests.factories.comparisons import make_comparison
from tests.factories.referrals import make_dispatch
from tests.referrals.conftest import police_section_head  # noqa: F401 - fixture

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """The lamps of the pages are of today."""
    return timezone.now() - DAY


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def everything(
    case, receiver, police, police_handler, police_registrar, police_section_head, insurance_handler, now  # noqa: F811
):
    """A letter, a list for comparison and a request to another place of the insurance department; drafts beside them."""
    letter = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    compared = make_comparison(police, by=insurance_handler, at=now, status="received")
    assist = make_assist(case, by=insurance_handler, at=now, stage="delivered")
    make_comparison(police, by=insurance_handler, at=now)
    make_assist(case, by=insurance_handler, at=now)
    return letter, compared, assist


def listed(client, box, **query):
    page = client.get(reverse(f"referrals:letters_{box}"), query)
    return [row.thing for row in page.context["rows"]]


def late(thing):
    clocks = Deadline.objects.open().of(thing.kind_code, thing.pk)
    assert clocks.update(due_at=timezone.now() - DAY, due_on=timezone.localdate() - DAY)


def test_what_went_out_stands_in_one_list_with_lamps(everything, seat, insurance_handler, police):
    letter, compared, assist = everything
    client = seat(insurance_handler)
    assert listed(client, "out") == [letter, compared, assist]
    late(compared)
    expected = {
        ("kind", "comparison"): [compared],
        ("kind", "assist"): [assist],
        ("kind", "transfer"): [letter],
        ("lamp", "r"): [compared],
        ("lamp", "g"): [letter, assist],
        ("status", "received"): [compared, assist],
        ("status", "sent"): [letter],
        ("department", police.pk): [compared],
        ("q", compared.number): [compared],
        ("q", assist.document.number): [assist],
        ("open", "1"): [letter, compared, assist],
    }
    assert {query: listed(client, "out", **dict([query])) for query in expected} == expected
    page = client.get(reverse("referrals:letters_out")).content.decode()
    assert "柳川市医疗保障局" in page and "数据比对" in page and "异地协查函" in page
    assert page.count('name="ids"') == 1  # only letters are dealt with in bulk


def test_what_came_in_stands_there_too_and_only_at_whom_it_came_to(
    everything, seat, office_coordinator, insurance_handler, police_handler, health_handler, insurance, now
):
    letter, compared, _assist = everything
    asked = make_task(by=office_coordinator, at=now, kind="assist", status="accepted", department=insurance)
    above = make_task(by=office_coordinator, at=now, status="accepted", department=insurance)
    assert listed(seat(insurance_handler), "in") == [above, asked]
    assert listed(seat(insurance_handler), "in", kind="assigned") == [above]
    assert listed(seat(insurance_handler), "in", q=asked.number) == [asked]
    assert listed(seat(insurance_handler), "in", status="accepted", open="1", kind="assist") == [asked]
    assert listed(seat(insurance_handler), "in", status="accepted", open="1") == [above, asked]
    assert listed(seat(insurance_handler), "in", status="sent") == []
    assert listed(seat(police_handler), "in") == [compared]
    assert listed(seat(health_handler), "in") == [letter]
    assert listed(seat(police_handler), "out") == []


def test_over_and_open_are_told_apart(everything, seat, insurance_handler, case, police, now):
    from referrals.actions.assist_letters import withdraw_assist
    from referrals.actions.comparison_ends import withdraw_comparison

    letter, compared, assist = everything
    withdraw_assist(letter=assist, reason="错发", by=insurance_handler, at=timezone.now())
    withdraw_comparison(comparison=compared, reason="错发", by=insurance_handler, at=timezone.now())
    client = seat(insurance_handler)
    assert listed(client, "out", open="1") == [letter]
    assert listed(client, "out", status="withdrawn") == [compared, assist]


def test_pages_follow_each_other_across_the_tables(everything, seat, insurance_handler, monkeypatch):
    monkeypatch.setattr(boxes, "PAGE", 1)
    client, seen, query = seat(insurance_handler), [], ""
    for _page in everything:
        page = client.get(reverse("referrals:letters_out") + f"?{query}")
        seen += [row.thing for row in page.context["rows"]]
        query = page.context["page"]["next_query"]
    assert (tuple(seen), query) == (everything, "")
    again = client.get(reverse("referrals:letters_out") + "?" + urlencode({"before": "2026-01-01T00:00:00+08:00~9~0"}))
    assert len(again.context["rows"]) == 1  # what cannot be a place does not narrow


def test_one_row_of_each_asks_as_much_as_three(everything, seat, case, receiver, police, insurance_handler, now):
    client = seat(insurance_handler)
    listed(client, "out")
    with CaptureQueriesContext(connection) as one:
        assert len(listed(client, "out")) == 3
    for _ in range(2):
        make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin")
        make_comparison(police, by=insurance_handler, at=now, status="sent")
        make_assist(case, by=insurance_handler, at=now, stage="posted")
    with CaptureQueriesContext(connection) as three:
        assert len(listed(client, "out")) == 9
    assert len(three) == len(one)
