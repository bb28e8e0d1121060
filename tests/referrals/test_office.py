"""The office sees what is late between departments and presses it from its own desk (C30)."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deadlines.models import Deadline
from referrals import workbench_office as desk
from referrals.models import Referral
from tests.factories.follow_ups import ask_completion, supervise
from tests.factories.referrals import bring_referral, make_dispatch

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """What is late is asked of the clock on the wall."""
    return timezone.now()


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def make_late(referral):
    Deadline.objects.open().of("referral", referral.pk).update(
        due_at=timezone.now() - DAY, due_on=timezone.localdate() - DAY
    )
    return referral


def test_what_is_late_waits_for_the_coordinator_until_it_is_pressed(
    letter, office_coordinator, county_leader, insurance_handler, now
):
    letter("withdrawn")
    late = make_late(letter("accepted"))
    rows = desk.todo_rows(office_coordinator, 10)
    assert [(row.action_url, row.source, row.lamp) for row in rows] == [
        (reverse("referrals:referral_supervise", args=[late.pk]), "县卫健局", "r")
    ]
    assert seat(office_coordinator).get(rows[0].action_url).status_code == 200
    for other in (county_leader, insurance_handler):
        assert not desk.todo_count(other).exists()
    supervise(
        referral=late, demand="说明", reply_on=timezone.localdate() + 3 * DAY, by=office_coordinator, at=now
    )
    assert list(desk.todo_count(office_coordinator)) == []


def test_who_is_in_time_and_who_waits_for_us_is_not_pressed(letter, office_coordinator, now):
    accepted = letter("accepted")
    assert list(desk.todo_count(office_coordinator)) == []
    Deadline.objects.open().of("referral", accepted.pk).update(
        due_at=now - DAY, due_on=timezone.localdate() - DAY, department=accepted.sender
    )
    assert list(desk.todo_count(office_coordinator)) == []  # the sender is late, not the receiver


def test_the_desk_asks_the_same_for_one_letter_and_three(
    case, receiver, market, police, insurance_handler, office_coordinator, now
):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            found = desk.todo_rows(office_coordinator, 10)
        return len(asked), len(found)

    sent = make_dispatch(case, [receiver, market, police], by=insurance_handler, at=now, status="sent").referrals.all()
    make_late(bring_referral(sent[0], "sent", at=now))
    queries()  # the calendar is read once
    one, rows = queries()
    assert rows == 1
    for each in sent[1:]:
        make_late(each)
    assert queries() == (one, 3)


def test_the_office_reads_where_the_letters_of_a_case_stand_and_not_what_they_say(letter, office_coordinator):
    referral = letter("accepted")
    page = seat(office_coordinator).get(reverse("cases:detail", args=[referral.case_id])).content.decode()
    assert referral.number in page
    assert reverse("referrals:exchange", args=[referral.case_id]) in page
    subject = Referral.objects.get(pk=referral.pk).dispatch.subject
    assert subject not in page


def test_the_office_reads_dates_of_a_clock_and_not_what_was_written_about_it(
    case, receiver, insurance_handler, office_coordinator, health_handler, health_section_head, health_registrar, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent")
    referral = bring_referral(dispatch.referrals.get(), "received", at=now)
    missing = "缺少第三冊病历原件"
    ask_completion(
        referral=referral, missing=missing, due_on=timezone.localdate(now) + 10 * DAY, by=health_handler, at=now
    )
    clocks = Deadline.objects.filter(changes__reason__contains=missing)
    assert clocks.exists()  # there is what could leak
    for clock in clocks:
        places = (
            reverse("deadlines:detail", args=[clock.pk]), f"/api/v1/deadlines/{clock.pk}/", "/api/v1/deadlines/",
        )  # fmt: skip
        for place in places:
            seen = seat(office_coordinator).get(place)
            assert seen.status_code == 200 and missing not in seen.content.decode()
            assert clock.due_on.isoformat() in seen.content.decode()
        for place in places[:2]:
            assert missing in seat(insurance_handler).get(place).content.decode()
    assert Deadline.objects.get(pk=clock.pk).changes.filter(reason__contains=missing).exists()
