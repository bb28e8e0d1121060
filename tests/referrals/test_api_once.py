"""Every call of the API that makes something makes it once under its Idempotency-Key."""

import datetime as dt
import json
import secrets

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from referrals.models import (
    AssistLetter,
    AssistThreshold,
    Comparison,
    CrimeThreshold,
    CriminalTransfer,
    Dispatch,
    OutsideStay,
    Task,
    TaskCase,
)
from tests.factories.above import make_task
from tests.factories.cases import resident_id

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def given(case, crime_sides, health, police, county, office_coordinator, insurance_handler, now):
    """What each call is sent, by the name of its address: (who, address, body, what it makes)."""
    today = local_date(now)
    subject, category = case.subjects.first(), case.categories.first().code
    letter = {"case": case.pk, "subject": "关于移交的函", "facts": "事实", "limit_on": today + 20 * DAY}
    task = make_task(
        by=office_coordinator, at=now, status="accepted", department=insurance_handler.department
    )
    people = [{"name": "张三", "number": resident_id(811)}]
    handler, office = insurance_handler, office_coordinator
    return {
        "dispatch-list": (handler, [], {**letter, "kind": "transfer", "receivers": [health.pk]}, Dispatch),
        "dispatch-support": (
            handler, [],
            {**letter, "receiver": health.pk, "discovered_on": today, "questions": ["是否合理"]}, Dispatch,
        ),
        "task-list": (
            office, [],
            {"kind": "assigned", "body_name": "市局", "number": "9号", "subject": "通知", "request": "核查",
             "received_on": today, "due_on": today + 20 * DAY}, Task,
        ),
        "task-lead": (
            handler, [task.pk],
            {"subjects": [subject.pk], "categories": [category], "facts": "疑点", "duplicates_known": True}, TaskCase,
        ),
        "outsidestay-list": (
            handler, [],
            {"case": case.pk, "place": "柳川市", "hospital": "柳川医院", "cost": "60000", "admitted_on": today - DAY},
            OutsideStay,
        ),
        "assistletter-list": (
            handler, [],
            {"case": case.pk, "stay": None, "body_name": "柳川市医保局", "title": "关于协查的函", "facts": "疑似挂床。",
             "request": "请核实。", "reason": "金额未达标准但涉嫌伪造", "manifest": []}, AssistLetter,
        ),
        "assistthreshold-list": (
            office, [], {"amount": "50000", "basis": "市局通知", "effective_from": today}, AssistThreshold,
        ),
        "comparison-list": (
            handler, [],
            {"receiver": police.pk, "kind": "household", "purpose": "核查", "basis": "机制",
             "limit_on": today + 14 * DAY, "people": people}, Comparison,
        ),
        "criminaltransfer-list": (
            handler, [],
            {"case": case.pk, "crime": "诈骗罪", "article": "刑法第二百六十六条", "found_on": today, "facts": "事实",
             "persons": [subject.pk]}, CriminalTransfer,
        ),
        "crimethreshold-list": (
            office, [],
            {"crime": "职务侵占罪", "article": "刑法第二百七十一条", "large_from": "5000", "large_to": "5000",
             "huge_from": "50000", "huge_to": "50000", "enormous_from": "500000", "basis": "本省规定"}, CrimeThreshold,
        ),
    }  # fmt: skip


CREATING = (
    "dispatch-list", "dispatch-support", "task-list", "task-lead", "outsidestay-list", "assistletter-list",
    "assistthreshold-list", "comparison-list", "criminaltransfer-list", "crimethreshold-list",
)  # fmt: skip


@pytest.mark.parametrize("name", CREATING)
def test_a_call_sent_twice_under_one_key_makes_one_thing(name, given):
    user, args, body, model = given[name]
    client, key = Client(), secrets.token_urlsafe(24)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    version = Task.objects.get(pk=args[0]).version if args else 0

    def send(key):
        return client.post(
            reverse(name, args=args), json.dumps(body, default=str), content_type="application/json",
            headers={"Idempotency-Key": key, "If-Match": f'"{version}"'},
        )  # fmt: skip

    before = model.objects.count()
    assert send("short").status_code == 400
    first, again = send(key), send(key)
    assert first.status_code == 201, first.content.decode()
    if not name.startswith("crime") and not name.startswith("criminal"):  # they see to it themselves
        assert (again.status_code, again.json()) == (201, first.json())
    assert first.json()["id"] == again.json()["id"]
    assert model.objects.count() == before + 1


def test_a_key_that_did_something_else_is_refused(given):
    client, key = Client(), secrets.token_urlsafe(24)
    for name, status in (("dispatch-list", 201), ("outsidestay-list", 409)):
        user, _args, body, _model = given[name]
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        sent = client.post(
            reverse(name), json.dumps(body, default=str), content_type="application/json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip
        assert sent.status_code == status
    assert not OutsideStay.objects.exists()
