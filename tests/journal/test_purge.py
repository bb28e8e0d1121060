"""Notices and finished messages are kept for a while; what waits is kept; the record says what went."""

import datetime as dt

import pytest

from journal import clerk
from journal.actions import clearing
from journal.actions.clearing import purge
from journal.models import Event, Message, Notification
from journal.render import sentence

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def kept(settings):
    settings.KEEP_NOTICES_DAYS, settings.KEEP_MESSAGES_DAYS = 180, 90


@pytest.fixture
def notice(insurance_handler, now):
    def told(*, made, read=None):
        return Notification.objects.create(
            recipient=insurance_handler, verb="post.filled", created_at=now - made * DAY,
            read_at=None if read is None else now - read * DAY,
        )  # fmt: skip

    return told


@pytest.fixture
def message(db, now):
    def put(*, made, done=None, failed=None):
        return Message.objects.create(
            channel="webhook", created_at=now - made * DAY, available_at=now - made * DAY,
            done_at=None if done is None else now - done * DAY,
            failed_at=None if failed is None else now - failed * DAY,
        )  # fmt: skip

    return put


@pytest.mark.parametrize(
    ("made", "read", "stays"),
    [
        (1, 0, True), (180, 180, True), (181, 181, False), (300, 179, True),  # by the day it was read
        (181, None, True), (360, None, True), (361, None, False), (361, 3, False),
    ],
)  # fmt: skip
def test_notices(notice, now, made, read, stays):
    notice(made=made, read=read)
    assert purge(at=now) == (int(not stays), 0)
    assert Notification.objects.exists() is stays


@pytest.mark.parametrize(
    ("state", "stays"),
    [
        ({"made": 400}, True),  # it waits still
        ({"made": 95, "done": 90}, True),
        ({"made": 95, "done": 91}, False),
        ({"made": 180, "failed": 180}, True),  # a person has longer to look
        ({"made": 181, "failed": 181}, False),
    ],
)
def test_messages(message, now, state, stays):
    message(**state)
    assert purge(at=now) == (0, int(not stays))
    assert Message.objects.exists() is stays


def test_the_record_says_what_went(notice, message, now):
    for _ in range(3):
        notice(made=400)
    message(made=400, done=399)
    before = Event.objects.count()
    assert purge(at=now) == (3, 1)
    event = Event.objects.get(verb="journal.purged")
    assert Event.objects.count() == before + 1
    assert (event.params["notices"], event.params["messages"], event.actor_id) == (3, 1, None)
    assert event.params["read_until"] == (now - 180 * DAY).isoformat()
    assert "3" in sentence(event) and "1" in sentence(event)
    assert purge(at=now) == (0, 0)
    assert Event.objects.count() == before + 1  # nothing went: nothing to say


def test_a_long_neglected_house_is_cleared_in_portions(notice, now, monkeypatch):
    monkeypatch.setattr(clearing, "BATCH", 2)
    for _ in range(3):
        notice(made=400)
    assert [purge(at=now)[0] for _ in range(3)] == [2, 1, 0]


def test_the_clerk_does_it(notice, now):
    notice(made=4000)
    assert clerk.run_job(clerk.job_named("purge"), at=now)
    assert not Notification.objects.exists()
