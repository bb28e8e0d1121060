"""The pages of minutes: edited with a conflict shown, countersigned, issued, read in extracts."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case
from meetings.actions import minutes as actions
from meetings.models import AgendaItem, Minutes
from tests.factories.cases import make_case
from tests.factories.meetings import closed


@pytest.fixture
def minutes(meeting, topic, begun):
    closed(meeting, at=begun)
    return actions.draft_minutes(meeting=meeting, at=begun)


@pytest.fixture
def sign_in(client, begun):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with time_machine.travel(begun + dt.timedelta(minutes=5), tick=False):
        yield as_user


def hidden(client, url):
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return dict(
        re.findall(
            r'<input type="hidden" name="(form_key|seen|expected_version|text_version)" value="([^"]*)"',
            page.content.decode(),
        )
    )


def send(client, url, **fields):
    return client.post(url, {**hidden(client, url), **fields})


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.pk])


def test_minutes_go_their_way_through_the_pages(
    minutes, office_coordinator, insurance_deputy_head, insurance_head, health_registrar, sign_in, begun
):
    part = minutes.parts.get(position=1)
    client = sign_in(office_coordinator)
    assert minutes.get_absolute_url() in client.get("/").content.decode().replace("&amp;", "&")
    page = client.get(minutes.get_absolute_url()).content.decode()
    assert url("edit_part", part) in page and url("circulate", minutes) in page
    first = hidden(client, url("edit_part", part))
    assert send(client, url("edit_part", part), text="会议研究了甲。").status_code == 302
    conflict = client.post(url("edit_part", part), {**first, "form_key": "k" * 20, "text": "会议研究了乙。"})
    shown = conflict.content.decode()
    assert conflict.status_code == 200 and "会议研究了甲。" in shown and "会议研究了乙。" in shown
    again = re.search(r'name="expected_version" value="(\d+)"', shown)[1]
    answer = client.post(
        url("edit_part", part),
        {"form_key": "m" * 20, "expected_version": again, "text": "会议研究了甲和乙。"},
    )
    assert answer.status_code == 302
    assert (
        "会议研究了甲。" in client.get(url("edit_part", part)).content.decode()
    )  # an earlier text is never lost
    assert send(client, url("edit_part", part), text="").status_code == 200
    assert send(client, url("circulate", minutes)).status_code == 302
    sign_in(insurance_deputy_head)
    assert minutes.get_absolute_url() in client.get("/").content.decode().replace("&amp;", "&")
    assert send(client, url("sign", minutes), kind="objected").status_code == 200
    stale = hidden(client, url("sign", minutes)) | {
        "text_version": "1",
        "kind": "signed",
        "form_key": "n" * 20,
    }
    assert client.post(url("sign", minutes), stale).status_code == 200
    assert send(client, url("sign", minutes), kind="signed").status_code == 302
    sign_in(insurance_head)
    assert send(client, url("approve", minutes)).status_code == 200
    assert send(client, url("approve", minutes), unsigned_reason="其余单位口头同意").status_code == 302
    sign_in(office_coordinator)
    assert "/" in client.get("/").content.decode()
    for name in ("minutes_preview", "minutes_pdf", "minutes_word"):
        assert client.get(url(name, minutes)).status_code == 200
    assert send(client, url("issue", minutes)).status_code == 302
    minutes.refresh_from_db()
    page = client.get(minutes.get_absolute_url()).content.decode()
    assert minutes.document.number in page and url("edit_part", part) not in page
    sign_in(health_registrar)
    assert client.get(minutes.document.get_absolute_url()).status_code == 200
    assert client.get(url("edit_part", part)).status_code == 403


def test_an_extract_is_for_whom_it_concerns(
    minutes,
    topic,
    health,
    office_coordinator,
    health_registrar,
    insurance_handler,
    insurance_deputy_head,
    sign_in,
    begun,
):
    client = sign_in(health_registrar)
    assert client.get(url("extract", minutes)).status_code == 404
    AgendaItem.objects.filter(pk=topic.pk).update(department=health)
    assert client.get(url("extract", minutes)).content.startswith(b"%PDF")
    case = make_case(by=insurance_handler, at=begun)
    Case.objects.filter(pk=case.pk).update(major=True)
    AgendaItem.objects.filter(pk=topic.pk).update(case=case)
    assert client.get(url("extract", minutes), {"case": case.pk}).status_code == 404
    assert client.get(url("extract", minutes), {"case": "x"}).status_code == 404
    sign_in(insurance_handler)
    assert client.get(url("extract", minutes), {"case": case.pk}).content.startswith(b"%PDF")
    assert f"?case={case.pk}" in client.get(minutes.get_absolute_url()).content.decode()
    sign_in(office_coordinator)
    assert client.get(url("extract", minutes), {"department": health.pk}).content.startswith(b"%PDF")
    assert client.get(url("extract", minutes), {"department": 0}).status_code == 404


def test_a_meeting_without_minutes_says_so(meeting, office_coordinator, sign_in):
    page = sign_in(office_coordinator).get(meeting.get_absolute_url() + "?tab=minutes").content.decode()
    assert "empty" in page and Minutes.objects.count() == 0
