"""The API of meetings: the same doors, rules and refusals as the pages."""

import datetime as dt

import pytest
import time_machine

from meetings.actions import minutes as actions
from meetings.models import Meeting, Minutes, Resolution
from tests.factories.meetings import came


@pytest.fixture
def call(client, now):
    """`call(user, "post", "meetings/1/collect/", {...}, version=1)` as JSON."""

    def send(user, method, path, data=None, version=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": f'"{version}"'} if version else {}
        return getattr(client, method)(
            f"/api/v1/{path}", data or {}, **({} if method == "get" else {"content_type": "application/json"}),
            headers=headers,
        )  # fmt: skip

    return send


def version(thing):
    return type(thing).objects.get(pk=thing.pk).version


def test_a_quarter_goes_its_way_through_the_api(
    planned, insurance_handler, health, health_registrar, office_coordinator, outsider, insurance_deputy_head,
    insurance_head, call, now, begun,
):  # fmt: skip
    office, path = office_coordinator, f"meetings/{planned.pk}/"
    with time_machine.travel(now, tick=False):
        listed = call(office, "get", "meetings/?year=2026").json()["results"]
        assert [row["id"] for row in listed] == [planned.pk]
        assert call(office, "get", "meetings/?year=2020").json()["results"] == []
        assert call(outsider, "get", path).status_code == 404
        assert call(health_registrar, "post", path + "collect/", version=1).status_code == 403
        assert call(office, "post", path + "collect/").status_code == 428
        assert call(office, "post", path + "collect/", version=99).status_code == 412
        assert call(office, "post", path + "collect/", version=version(planned)).status_code == 200
        topic = {"kind": "problem", "title": "研究处方点评"}
        assert call(office, "post", path + "add-item/", topic, version=version(planned)).status_code == 200
        past = {"starts_at": "2026-11-01T09:00:00+08:00", "place": "三楼"}
        assert "starts_at" in call(office, "post", path + "call/", past, version=version(planned)).json()
        good = {"starts_at": "2026-11-16T13:00:00+08:00", "place": "三楼"}
        answer = call(office, "post", path + "call/", good, version=version(planned))
        assert answer.status_code == 200 and answer.json()["status"] == "called"
    came(Meeting.objects.get(), at=begun)
    with time_machine.travel(begun, tick=False):
        items = call(office, "get", f"agenda-items/?meeting={planned.pk}").json()["results"]
        wanted = next(row for row in items if row["title"] == "研究处方点评")
        line = {
            "text": "核对处方",
            "department": insurance_handler.department.pk,
            "person": 0,
            "due_on": "2026-12-20",
        }
        item = f"agenda-items/{wanted['id']}/"
        given = {"text": "同意。", "lines": [line]}
        assert "person" in call(office, "post", item + "decide/", given, version=wanted["version"]).json()
        given["lines"][0]["person"] = insurance_handler.pk
        assert (
            call(office, "post", item + "decide/", given, version=wanted["version"]).json()["outcome"]
            == "decided"
        )
        still = call(office, "post", path + "close/", version=version(planned))
        assert still.status_code == 409 and len(still.json()["open"]) == 1
        other = next(row for row in items if row["id"] != wanted["id"])
        rest = f"agenda-items/{other['id']}/"
        bad = call(
            office, "post", rest + "defer/", {"until": "2026-01-01", "reason": "x"}, version=other["version"]
        )
        assert bad.status_code == 400
        assert call(office, "post", rest + "note/", version=other["version"]).json()["outcome"] == "noted"
        assert call(office, "post", path + "close/", version=version(planned)).json()["status"] == "held"
        task = Resolution.objects.get()
        own = f"resolutions/{task.pk}/"
        assert len(call(health_registrar, "get", "resolutions/?status=open").json()["results"]) == 1
        assert len(call(office, "get", "resolutions/").json()["results"]) == 1
        step = {"text": "已核对"}
        assert (
            call(insurance_handler, "post", own + "progress/", step, version=version(task)).status_code == 200
        )
        assert (
            call(insurance_handler, "post", own + "report/", step, version=version(task)).status_code == 200
        )
        back = call(office, "post", own + "send-back/", {"reason": "不全"}, version=version(task))
        assert back.json()["status"] == "open"
        again = {"person": insurance_deputy_head.pk, "reason": "轮岗"}
        assert (
            call(office, "post", own + "reassign/", again, version=version(task)).json()["person"]
            == again["person"]
        )
        assert (
            call(insurance_deputy_head, "post", own + "report/", step, version=version(task)).status_code
            == 200
        )
        assert call(office, "post", own + "confirm/", version=version(task)).json()["status"] == "done"
        actions.draft_due(at=begun)
        minutes = Minutes.objects.get()
        paper = f"minutes/{minutes.pk}/"
        assert len(call(health_registrar, "get", paper).json()["parts"]) == 3
        assert call(office, "post", paper + "circulate/", version=version(minutes)).status_code == 200
        word = {"kind": "signed", "text_version": 9}
        assert (
            call(insurance_deputy_head, "post", paper + "sign/", word, version=version(minutes)).status_code
            == 412
        )
        word["text_version"] = 1
        assert (
            call(insurance_deputy_head, "post", paper + "sign/", word, version=version(minutes)).status_code
            == 200
        )
        left = call(insurance_head, "post", paper + "approve/", version=version(minutes))
        assert left.status_code == 409 and len(left.json()["open"]) == 5
        why = {"unsigned_reason": "口头同意"}
        assert (
            call(insurance_head, "post", paper + "approve/", why, version=version(minutes)).status_code == 200
        )
        issued = call(office, "post", paper + "issue/", version=version(minutes))
        assert issued.status_code == 200 and issued.json()["document"]


def test_a_quarter_is_given_up_and_a_late_task_pressed_by_the_api(
    planned, topic, insurance_handler, office_coordinator, call, now
):
    from tests.factories.meetings import ad_hoc, resolution

    meeting = ad_hoc(planned.office, at=now)
    meeting.items.create(kind="problem", title="议题", position=1, created_at=now, updated_at=now)
    task = resolution(meeting, insurance_handler, due_on=dt.date(2026, 11, 2), at=now)
    with time_machine.travel(now, tick=False):
        demand = {"demand": "尽快办结", "reply_on": "2026-11-20"}
        answer = call(
            office_coordinator, "post", f"resolutions/{task.pk}/press/", demand, version=task.version
        )
        assert answer.json()["pressed"] == 1
        gone = call(
            office_coordinator, "post", f"meetings/{planned.pk}/skip/", {"reason": "专题会议已研究"},
            version=version(planned),
        )  # fmt: skip
        assert gone.json()["status"] == "skipped"
