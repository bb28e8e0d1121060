import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import registry
from core.registry import Kind, Verb
from departments.models import Department
from desk.inbox import PAGE
from journal.actions import notify
from journal.models import Notification

AT = dt.datetime(2026, 11, 16, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    """A verb and a kind of the test's own, so that no other room is needed."""
    monkeypatch.setitem(
        registry.verbs, "test.sent", Verb("test.sent", "Letter {number} was sent", note="remark")
    )
    for code in ("department", "case"):
        monkeypatch.setitem(
            registry.kinds,
            code,
            Kind(
                code,
                visible=Department.objects.visible_to,
                title=lambda thing: thing.name,
                url=lambda thing: f"/departments/{thing.pk}/",
            ),
        )


@pytest.fixture
def tell(insurance_handler, insurance):
    def told(number=1, *, to=insurance_handler, target=insurance, case=None, tone="n", at=AT, **params):
        notify([to], "test.sent", target=target, case=case, at=at, tone=tone, number=number, **params)
        return Notification.objects.order_by("-pk").first()

    return told


@pytest.fixture
def signed_in(client, insurance_handler):
    client.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
    return client


def listed(client, **query):
    return client.get(reverse("desk:notifications"), query).content.decode()


def test_without_notifications_the_page_says_what_would_come(signed_in):
    assert 'class="empty"' in listed(signed_in)


def test_newest_comes_first_with_its_words(signed_in, tell):
    tell(7)
    tell(8, remark="with two files", tone="r")
    html = listed(signed_in)
    assert html.index("Letter 8 was sent") < html.index("Letter 7 was sent")
    assert "with two files" in html
    assert 'class="late unread"' in html
    assert '<span class="dot" aria-hidden="true">2</span>' in html


def test_nobody_reads_what_another_was_told(signed_in, tell, health_handler):
    tell(9, to=health_handler)
    assert "Letter 9" not in listed(signed_in)


def test_opening_marks_as_read_and_leads_to_the_thing(signed_in, tell, insurance):
    told = tell()
    answer = signed_in.post(reverse("desk:notification_open", args=[told.pk]))
    assert answer.url == f"/departments/{insurance.pk}/"
    told.refresh_from_db()
    assert told.read_at is not None


def test_a_thing_that_may_no_longer_be_seen_leads_back_to_the_list(signed_in, tell, other_insurance):
    told = tell(target=other_insurance)
    html = listed(signed_in)
    assert "标为已读" in html
    answer = signed_in.post(reverse("desk:notification_open", args=[told.pk]))
    assert answer.url == reverse("desk:notifications")


def test_a_thing_of_a_kind_that_is_gone_leads_back_to_the_list(signed_in, tell, monkeypatch):
    told = tell()
    monkeypatch.delitem(registry.kinds, "department")
    assert "Letter 1" in listed(signed_in)
    answer = signed_in.post(reverse("desk:notification_open", args=[told.pk]))
    assert answer.url == reverse("desk:notifications")


def test_the_notification_of_another_does_not_exist(signed_in, tell, health_handler):
    told = tell(to=health_handler)
    assert signed_in.post(reverse("desk:notification_open", args=[told.pk])).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_everything_is_read_at_once_and_nothing_of_others(signed_in, tell, health_handler):
    mine, theirs = tell(1), tell(2, to=health_handler)
    assert signed_in.post(reverse("desk:notifications_read")).url == reverse("desk:notifications")
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.read_at is not None
    assert theirs.read_at is None
    assert 'class="dot"' not in listed(signed_in)


def test_reading_is_done_by_post_only(signed_in, tell):
    told = tell()
    assert signed_in.get(reverse("desk:notification_open", args=[told.pk])).status_code == 405
    assert signed_in.get(reverse("desk:notifications_read")).status_code == 405


def test_only_unread_ones_when_asked(signed_in, tell):
    told = tell(1)
    tell(2)
    signed_in.post(reverse("desk:notification_open", args=[told.pk]))
    html = listed(signed_in, only="unread")
    assert "Letter 2" in html
    assert "Letter 1" not in html


def test_pages_go_on_where_the_last_one_ended(signed_in, tell):
    for number in range(PAGE + 1):
        tell(f"n{number:02}")
    first = signed_in.get(reverse("desk:notifications")).context["page"]
    assert (len(first.rows), first.has_next, first.has_previous) == (PAGE, True, False)
    second = signed_in.get(reverse("desk:notifications") + "?" + first.next_query).context["page"]
    assert [row.text for row in second.rows] == ["Letter n00 was sent"]
    assert (second.has_next, second.has_previous) == (False, True)


def test_a_strange_place_to_go_on_is_the_beginning(signed_in, tell):
    tell(1)
    assert "Letter 1" in listed(signed_in, before="x'")


def test_the_list_asks_the_same_number_of_questions_for_every_length(
    signed_in, tell, insurance, monkeypatch
):
    """The frame's own questions (session, post, region) are counted too; three more rows add none."""
    monkeypatch.setattr(registry, "nav", [])  # what other rooms count is theirs
    asked = []
    for rows in (1, 3):
        for n in range(rows):
            tell(n, case=insurance)
        with CaptureQueriesContext(connection) as questions:
            listed(signed_in)
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 12
