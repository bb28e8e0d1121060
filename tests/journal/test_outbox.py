"""What leaves the house leaves once: leases, failures, two relays, and the two channels for real."""

import datetime as dt
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction

from journal import outbox
from journal.actions import enqueue, notify
from journal.models import Message, Notification
from journal.outbox import ATTEMPTS, LEASE, Undeliverable, claim, relay


@pytest.fixture
def channel(monkeypatch):
    """A channel of the test's own: notes what it delivers, fails while told to."""

    class Channel:
        fail = None

        def __init__(self):
            self.delivered = []

        def __call__(self, message, *, at):
            if self.fail:
                raise self.fail
            self.delivered.append(message.payload["n"])

    made = Channel()
    monkeypatch.setitem(outbox.handlers, "test", made)
    return made


def put(at, *numbers):
    return [enqueue("test", {"n": number}, at=at) for number in numbers]


def test_delivered_once_in_order(channel, db, now):
    put(now, 1, 2, 3)
    assert relay(at=now) == 3
    assert relay(at=now + dt.timedelta(days=1)) == 0
    assert channel.delivered == [1, 2, 3]
    assert set(Message.objects.values_list("done_at", "attempts", "error")) == {(now, 1, "")}


def test_nothing_leaves_before_its_time(channel, db, now):
    put(now + LEASE, 1)
    assert relay(at=now) == 0
    assert relay(at=now + LEASE) == 1


def test_a_failure_is_tried_again_later_and_later_then_put_aside(channel, db, now):
    message = put(now, 1)[0]
    channel.fail = OSError("no route")
    at, waits = now, []
    for _ in range(ATTEMPTS):
        assert relay(at=at) == 0
        message.refresh_from_db()
        waits.append(message.available_at - at)
        assert relay(at=message.available_at - dt.timedelta(seconds=1)) == 0  # the lease holds
        at = message.available_at
    assert waits[:4] == [LEASE, 2 * LEASE, 4 * LEASE, 8 * LEASE]
    assert waits[-1] == outbox.LONGEST
    assert (message.attempts, message.error, message.done_at) == (ATTEMPTS, "OSError: no route", None)
    assert message.failed_at is not None
    channel.fail = None
    assert relay(at=at + dt.timedelta(days=9)) == 0


def test_recovery_clears_the_error(channel, db, now):
    message = put(now, 1)[0]
    channel.fail = OSError("no route")
    relay(at=now)
    channel.fail = None
    assert relay(at=now + LEASE) == 1
    message.refresh_from_db()
    assert (message.error, message.failed_at, message.done_at) == ("", None, now + LEASE)


def test_what_can_never_arrive_is_put_aside_at_once(channel, db, now):
    message = put(now, 1)[0]
    channel.fail = Undeliverable("gone")
    assert relay(at=now) == 0
    message.refresh_from_db()
    assert (message.attempts, message.error, message.failed_at) == (1, "gone", now)


def test_a_bad_message_holds_up_no_other(channel, db, now, monkeypatch):
    bad = Message.objects.create(channel="vanished", created_at=now, available_at=now)
    put(now, 1)
    assert relay(at=now) == 1
    bad.refresh_from_db()
    assert bad.failed_at == now and "vanished" in bad.error


def test_the_effect_and_done_commit_together(db, now, monkeypatch, insurance_handler):
    """A handler that writes and then fails leaves neither its rows nor a done message."""

    def half(message, *, at):
        notify([insurance_handler], "user.signed_in", target=None, at=at)
        raise OSError("power cut")

    monkeypatch.setitem(outbox.handlers, "test", half)
    put(now, 1)
    assert relay(at=now) == 0
    assert not Notification.objects.exists()


def test_a_worker_killed_after_its_claim_loses_nothing(channel, db, now):
    put(now, 1)
    assert len(claim(at=now)) == 1  # and then nothing: killed
    assert relay(at=now) == 0
    assert relay(at=now + LEASE) == 1
    assert channel.delivered == [1]


def test_a_worker_that_wakes_after_its_lease_delivers_nothing(channel, db, now):
    put(now, 1)
    (pk, attempt), *_ = claim(at=now)
    assert relay(at=now + LEASE) == 1
    assert outbox._deliver(pk, attempt, now + LEASE) is False
    assert channel.delivered == [1]


@pytest.mark.django_db(transaction=True)
def test_two_relays_share_the_work(channel, now):
    put(now, *range(60))
    start = threading.Barrier(2)

    def work():
        try:
            start.wait(10)
            relay(at=now)
            relay(at=now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(channel.delivered) == list(range(60))
    assert Message.objects.filter(attempts=1).exclude(done_at=None).count() == 60


@pytest.mark.django_db(transaction=True)
def test_a_row_locked_for_a_moment_is_waited_for(channel, now):
    """As a second relay does that lost the race for a claim: it locks the row only to see it is taken."""
    put(now, 1)
    ((pk, attempt),) = claim(at=now)
    locked, go = threading.Event(), threading.Event()

    def look():
        try:
            with transaction.atomic():
                Message.objects.select_for_update().get(pk=pk)
                locked.set()
                go.wait(0.3)
        finally:
            connections.close_all()

    other = threading.Thread(target=look)
    other.start()
    assert locked.wait(10)
    assert outbox._deliver(pk, attempt, now) is True
    other.join()
    assert channel.delivered == [1]


def test_done_and_failed_exclude_each_other(db, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(channel="x", created_at=now, available_at=now, done_at=now, failed_at=now)


# -- e-mail --------------------------------------------------------------------------------------------------
@pytest.fixture
def mailing(settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_NOTICES = True


def test_a_mail_says_that_something_waits_and_no_more(mailing, insurance_handler, now, settings):
    insurance_handler.email = "chen@example.org"
    insurance_handler.save()
    notify([insurance_handler], "user.unblocked", target=insurance_handler, at=now)
    assert relay(at=now) == 1
    letter = mail.outbox[0]
    assert letter.to == ["chen@example.org"]
    assert settings.HOUSE_ADDRESS in letter.body
    assert letter.extra_headers["Message-ID"] == f"<house-{Message.objects.get().pk}@{settings.EMAIL_DOMAIN}>"


@pytest.mark.parametrize("state", ["off", "no address", "blocked", "gone"])
def test_mail_that_cannot_go_is_put_aside_with_its_reason(mailing, insurance_handler, now, settings, state):
    insurance_handler.email = "" if state == "no address" else "chen@example.org"
    insurance_handler.is_active = state != "blocked"
    insurance_handler.save()
    if state == "off":
        settings.EMAIL_HOST = ""
    user = 0 if state == "gone" else insurance_handler.pk
    message = enqueue("email", {"user": user, "verb": "user.unblocked", "params": {}}, at=now)
    assert relay(at=now) == 0
    message.refresh_from_db()
    assert message.error and message.failed_at == now and mail.outbox == []


# -- webhooks ------------------------------------------------------------------------------------------------
@pytest.fixture
def receiver(settings):
    """A real server on this machine; answers with `status`."""

    class Receiver(BaseHTTPRequestHandler):
        status, got = 200, []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Receiver.got.append((dict(self.headers), body))
            self.send_response(Receiver.status)
            if Receiver.status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    settings.WEBHOOK_URLS = [Receiver.url]
    settings.WEBHOOK_KEY = "key"
    yield Receiver
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_signed_and_numbered(receiver, db, now):
    message = enqueue("webhook", {"url": receiver.url, "event": "case.registered", "case": 5}, at=now)
    assert relay(at=now) == 1
    headers, body = receiver.got[0]
    assert json.loads(body)["case"] == 5
    assert headers["X-House-Message"] == str(message.pk)
    assert headers["X-House-Signature"] == "sha256=" + hmac.new(b"key", body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_than_yes_is_tried_again(receiver, db, now, status):
    receiver.status = status
    message = enqueue("webhook", {"url": receiver.url}, at=now)
    assert relay(at=now) == 0
    message.refresh_from_db()
    assert str(status) in message.error and message.failed_at is None
    receiver.status = 200
    assert relay(at=now + LEASE) == 1


@pytest.mark.parametrize("payload", [{}, {"url": "http://169.254.169.254/"}])
def test_only_listed_addresses_are_called(receiver, db, now, payload):
    message = enqueue("webhook", payload, at=now)
    assert relay(at=now) == 0
    message.refresh_from_db()
    assert message.failed_at == now and receiver.got == []
