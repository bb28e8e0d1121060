"""The ledger of resolutions and one resolution, as people click it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from journal.models import Event
from meetings.models import Resolution, ResolutionStep
from tests.factories.cases import pdf
from tests.factories.meetings import came, note_all, resolution
from tests.meetings.test_meeting_pages import send, url
from tests.meetings.test_resolutions import task as task  # noqa: PLC0414 - a fixture


@pytest.fixture
def sign_in(client):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with time_machine.travel(dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC), tick=False):
        yield as_user


def test_a_resolution_goes_its_way_through_the_pages(
    task, insurance_handler, insurance_handler_2, insurance_section_head, office_coordinator, sign_in, media
):
    client = sign_in(office_coordinator)
    page = client.get(task.get_absolute_url()).content.decode()
    assert url("press", task) in page
    assert send(client, url("press", task), demand="", reply_on="2026-12-10").status_code == 200
    assert send(client, url("press", task), demand="本周内办结", reply_on="2026-12-10").status_code == 302
    assert client.get(url("press", task)).status_code == 403  # the answer may still come
    sign_in(insurance_handler)
    assert task.get_absolute_url() in client.get("/").content.decode()
    assert send(client, url("progress", task), text="已核对", upload=pdf("佐证.pdf")).status_code == 302
    step = ResolutionStep.objects.get(kind="progress")
    assert client.get(url("evidence", step)).content.startswith(b"%PDF")
    taken = Event.objects.filter(verb="meeting.file_taken").latest("pk")
    assert (taken.target_id, taken.actor_id, taken.params["name"]) == (task.pk, insurance_handler.pk, "佐证.pdf")
    assert send(client, url("report_done", task), text="已移交").status_code == 302
    sign_in(office_coordinator)
    assert task.get_absolute_url() in client.get("/").content.decode()
    assert send(client, url("task_back", task), reason="材料不全").status_code == 302
    sign_in(insurance_section_head)
    assert (
        send(
            client, url("reassign_task", task), person=str(insurance_handler_2.pk), reason="轮岗"
        ).status_code
        == 302
    )
    sign_in(insurance_handler_2)
    assert send(client, url("report_done", task), text="补齐").status_code == 302
    sign_in(office_coordinator)
    assert send(client, url("confirm_done", task)).status_code == 302
    page = client.get(task.get_absolute_url()).content.decode()
    assert "青联动办函" in page and "佐证.pdf" in page
    (media / step.file).write_bytes(b"%PDF-1.7 changed")
    assert "msg error" in client.get(url("evidence", step), follow=True).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_costs_the_same_for_one_and_three(
    number, meeting, topic, insurance_handler, office_coordinator, sign_in, now, django_assert_max_num_queries
):
    for place in range(number):
        resolution(meeting, insurance_handler, due_on=now.date() + dt.timedelta(days=place), at=now)
    client = sign_in(office_coordinator)
    client.get(reverse("meetings:ledger"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("meetings:ledger"))
    assert len(page.context["rows"]) == number and page.content.decode().count("data-rows") == 1
    for tab in ("mine", "late", "reported", "done", "withdrawn", "nonsense"):
        assert client.get(reverse("meetings:ledger"), {"tab": tab}).status_code == 200


def test_the_ledger_turns_pages(
    meeting, topic, insurance_handler, office_coordinator, sign_in, now, monkeypatch
):
    from meetings.views import resolutions

    monkeypatch.setattr(resolutions, "PAGE", 2)
    rows = [
        resolution(meeting, insurance_handler, due_on=now.date() + dt.timedelta(days=place), at=now)
        for place in range(3)
    ]
    client = sign_in(office_coordinator)
    first = client.get(reverse("meetings:ledger"))
    assert [row.pk for row, _lamp in first.context["rows"]] == [rows[0].pk, rows[1].pk]
    second = client.get(reverse("meetings:ledger") + "?" + first.context["page"]["next_query"])
    assert [row.pk for row, _lamp in second.context["rows"]] == [rows[2].pk]


def test_a_follow_up_is_decided_with_another_last_day(task, board, office_coordinator, client):
    from meetings.actions.agenda import collect_agenda
    from meetings.actions.calling import call_meeting
    from tests.factories.meetings import quarter

    at = dt.datetime(2027, 1, 5, 2, 0, tzinfo=dt.UTC)
    meeting = quarter(board, at=at)
    collect_agenda(meeting=meeting, at=at)
    call_meeting(
        meeting=meeting, starts_at=at + dt.timedelta(hours=1), place="会议室", by=office_coordinator, at=at
    )
    moment = at + dt.timedelta(hours=2)
    came(meeting, at=moment)
    item = meeting.items.get(key=f"resolution:{task.pk}")
    with time_machine.travel(moment, tick=False):
        client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
        bad = send(client, url("decide", item), outcome_text="延期。", new_due_on="2026-01-01")
        assert bad.status_code == 200 and 'id="id_new_due_on_error"' in bad.content.decode()
        assert (
            send(client, url("decide", item), outcome_text="延期。", new_due_on="2027-03-01").status_code
            == 302
        )
        note_all(meeting, at=moment)
        assert send(client, url("close", meeting)).status_code == 302
    assert Resolution.objects.get(pk=task.pk).due_on == dt.date(2027, 3, 1)


def test_the_clock_is_named_on_the_page(task, office_coordinator, sign_in):
    page = sign_in(office_coordinator).get(task.get_absolute_url()).content.decode()
    assert "<b>移交线索清单</b>" in page
