"""Digests: numbers only, worked out for their reader when they are sent, on working days, once."""

import datetime as dt

import pytest
from django.urls import reverse

from core import registry
from core.refusals import BadInput
from deadlines import calendar
from journal.models import Message, Notification
from journal.render import Saying
from tests.factories.cases import make_case
from workspace import actions
from workspace.actions import subscriptions
from workspace.models import Subscription

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def view(insurance_handler, now):
    return actions.save_view(user=insurance_handler, page="registry", name="张三的案子", query="", shared=True, at=now)


@pytest.fixture
def subscribed(view, insurance_handler, now):
    return actions.subscribe(view=view, rhythm="daily", by=insurance_handler, at=now)


def told():
    return [(each.recipient.name, each.params) for each in Notification.objects.filter(verb="view.digest").order_by("pk")]


def test_a_reader_is_told_numbers_once_a_working_day(subscribed, insurance_handler, health_handler, now, settings):
    settings.EMAIL_NOTICES = True
    insurance_handler.email = "chen@example.org"
    insurance_handler.save()
    make_case(by=insurance_handler, at=now + DAY / 2, title="李四骗保案")
    make_case(by=health_handler, at=now)
    Notification.objects.all().delete()
    Message.objects.all().delete()
    assert actions.send_digests(at=now) == 0  # from tomorrow on
    assert actions.send_digests(at=now + DAY - dt.timedelta(hours=3)) == 0  # seven in the morning
    assert actions.send_digests(at=now + DAY) == 1
    assert actions.send_digests(at=now + DAY) == 0
    assert told() == [("陈晓岚", {"total": 1, "fresh": 1, "soon": 0, "late": 0})]
    [mail] = Message.objects.all()
    said = Saying.of(mail.payload["verb"], mail.payload["params"]).text
    assert said == "您订阅的视图：共 1 件，新增 1 件，即将到期 0 件，逾期 0 件"
    assert "李四" not in str(mail.payload) and "张三" not in str(mail.payload)
    assert actions.send_digests(at=now + 5 * DAY) == 0  # Saturday
    assert actions.send_digests(at=now + 7 * DAY) == 1
    assert told()[1][1]["fresh"] == 0
    assert not subscriptions.send_digest(subscription_id=subscribed.pk, told_on=now.date(), at=now)  # a late double


def test_once_a_week_is_once_a_week(view, insurance_handler, now):
    actions.subscribe(view=view, rhythm="weekly", by=insurance_handler, at=now)
    assert [actions.send_digests(at=now + days * DAY) for days in (1, 3, 7, 8, 14)] == [0, 0, 1, 0, 1]


def test_it_ends_with_the_post_and_with_the_view(subscribed, view, insurance_handler, insurance_handler_2, now):
    actions.subscribe(view=view, rhythm="daily", by=insurance_handler_2, at=now)
    insurance_handler.posts.update(until=now.date())
    assert actions.send_digests(at=now + DAY) == 1
    assert [row.user for row in Subscription.objects.all()] == [insurance_handler_2]
    view.department = None  # shared no longer
    view.save()
    assert actions.send_digests(at=now + 2 * DAY) == 0
    assert not Subscription.objects.exists()
    actions.subscribe(view=view, rhythm="daily", by=insurance_handler, at=now)
    actions.delete_view(view=view)
    assert not Subscription.objects.exists()


def test_one_that_cannot_be_told_holds_up_no_other(
    subscribed, view, insurance_handler, insurance_handler_2, now, monkeypatch
):
    actions.subscribe(view=view, rhythm="daily", by=insurance_handler_2, at=now)
    numbers = registry.digests["registry"]

    def broken(query, user, since):
        if user == insurance_handler:
            raise ZeroDivisionError
        return numbers(query, user, since)

    monkeypatch.setitem(registry.digests, "registry", broken)
    assert actions.send_digests(at=now + DAY) == 1
    monkeypatch.setitem(registry.digests, "registry", numbers)
    assert actions.send_digests(at=now + DAY) == 1
    monkeypatch.delitem(registry.digests, "registry")
    assert actions.send_digests(at=now + 2 * DAY) == 0 and not Subscription.objects.exists()


def test_a_lamp_in_the_filters_counts_as_itself(subscribed, view, insurance_handler, now):
    make_case(by=insurance_handler, at=now).__class__.objects.update(lamp="r")
    view.query = "lamp=r"
    view.save()
    assert actions.send_digests(at=now + DAY) == 1
    assert told()[0][1] == {"total": 1, "fresh": 1, "soon": 0, "late": 1}
    assert Notification.objects.get(verb="view.digest").tone == "r"


def test_what_cannot_be_subscribed(view, insurance_handler, now):
    with pytest.raises(BadInput):
        actions.subscribe(view=view, rhythm="hourly", by=insurance_handler, at=now)
    other = actions.save_view(user=insurance_handler, page="elsewhere", name="x", query="", at=now)
    with pytest.raises(BadInput):
        actions.subscribe(view=other, rhythm="daily", by=insurance_handler, at=now)


def test_the_page_of_a_view(client, view, insurance_handler, insurance_handler_2, health_handler):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    address = reverse("workspace:digest", args=[view.pk])
    assert as_user(health_handler).get(address).status_code == 404
    page = as_user(insurance_handler_2).get(address).content.decode()
    assert "张三的案子" in page and "每个工作日" in page
    for rhythm in ("weekly", "daily", "daily"):
        assert client.post(address, {"rhythm": rhythm}).status_code == 302
    assert Subscription.objects.get().rhythm == "daily"
    assert client.post(address, {"rhythm": "hourly"}).status_code == 200
    assert "checked" in client.get(address).content.decode() or "selected" in client.get(address).content.decode()
    client.post(address, {"rhythm": ""})
    assert not Subscription.objects.exists()
