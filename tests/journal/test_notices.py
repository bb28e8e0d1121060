"""Telling people: once each, in their language, and their own to read."""

import pytest
from django.utils import translation

from journal.actions import enqueue, notify, read_all, read_one
from journal.actions.events import UnknownVerb
from journal.models import Message, Notification
from journal.outbox import UnknownChannel
from journal.render import sentence
from tests.journal.test_record import Case


def test_everybody_is_told_once(insurance_handler, health_handler, insurance, now, django_assert_num_queries):
    people = [insurance_handler, health_handler, insurance_handler]
    with django_assert_num_queries(3):  # savepoint, insert, release
        told = notify(
            people,
            "user.signed_in",
            target=insurance_handler,
            at=now,
            case=Case(),
            department=insurance,
            tone="y",
        )
    assert told == 2
    row = Notification.objects.get(recipient=health_handler)
    assert (row.department_id, row.case_id, row.tone, row.target_kind, row.target_id, row.created_at) == (
        insurance.pk,
        7,
        "y",
        "user",
        insurance_handler.pk,
        now,
    )


def test_dedupe_tells_nobody_twice_but_a_newcomer_once(insurance_handler, health_handler, now):
    def tell(*people):
        return notify(people, "user.signed_in", target=None, at=now, dedupe="deadline:5:overdue")

    assert [tell(insurance_handler), tell(insurance_handler), tell(insurance_handler, health_handler)] == [
        1,
        0,
        1,
    ]
    assert Notification.objects.count() == 2


def test_blocked_people_are_left_out(insurance_handler, now):
    insurance_handler.is_active = False
    assert notify([insurance_handler], "user.signed_in", target=None, at=now) == 0
    assert not Notification.objects.exists()


def test_unknown_words_are_refused(insurance_handler, now):
    with pytest.raises(UnknownVerb):
        notify([insurance_handler], "case.vanished", target=None, at=now)
    with pytest.raises(ValueError, match="reporter"):
        notify([insurance_handler], "user.signed_in", target=None, at=now, reporter="x")
    assert not Notification.objects.exists()


def test_mail_goes_beside_the_notice_to_those_with_an_address(
    insurance_handler, health_handler, now, settings
):
    settings.EMAIL_NOTICES = True
    insurance_handler.email = "chen@example.org"
    for _ in range(2):
        notify([insurance_handler, health_handler], "user.signed_in", target=None, at=now, dedupe="k")
    message = Message.objects.get()
    assert (message.channel, message.payload["user"], message.available_at) == (
        "email",
        insurance_handler.pk,
        now,
    )
    notify([insurance_handler], "user.signed_in", target=None, at=now)
    assert Message.objects.count() == 2


def test_reading_ones_own_only(insurance_handler, health_handler, now):
    notify([insurance_handler, health_handler], "user.signed_in", target=None, at=now)
    mine = Notification.objects.get(recipient=insurance_handler)
    assert read_one(notification=mine, by=health_handler, at=now) is False
    assert read_one(notification=mine, by=insurance_handler, at=now) is True
    assert read_one(notification=mine, by=insurance_handler, at=now) is False
    assert read_all(by=health_handler, at=now) == 1
    assert read_all(by=health_handler, at=now) == 0
    assert not Notification.objects.unread().exists()


def test_others_see_nothing(insurance_handler, health_handler, now, db):
    from django.contrib.auth.models import AnonymousUser

    notify([insurance_handler], "user.signed_in", target=None, at=now)
    assert Notification.objects.visible_to(insurance_handler).count() == 1
    assert Notification.objects.visible_to(health_handler).count() == 0
    assert Notification.objects.visible_to(AnonymousUser()).count() == 0


def test_a_notice_is_said_in_the_readers_language(insurance_handler, now):
    notify([insurance_handler], "user.signed_in", target=insurance_handler, at=now)
    with translation.override("en"):
        assert sentence(Notification.objects.get()) == "陈晓岚 signed in"


def test_the_outbox_takes_known_channels_and_each_dedupe_once(db, now):
    with pytest.raises(UnknownChannel):
        enqueue("pigeon", {}, at=now)
    first = enqueue("webhook", {"url": "x"}, at=now, dedupe="one")
    assert enqueue("webhook", {"url": "y"}, at=now, dedupe="one") == first
    assert enqueue("webhook", {"url": "x"}, at=now) != first
    assert Message.objects.count() == 2
