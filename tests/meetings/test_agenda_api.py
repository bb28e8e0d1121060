"""The agenda through the API: proposed, ordered, merged, dropped, with its material; invitations and attendance."""

import datetime as dt
import json

import pytest
import time_machine

from meetings.actions.agenda import add_item
from meetings.models import AgendaItem, Attendance, Material
from tests.factories.cases import pdf


@pytest.fixture
def call(client, now):
    def send(user, method, path, data=None, version=None, upload=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": f'"{version}"'} if version else {}
        if method == "get":
            return client.get(f"/api/v1/{path}", headers=headers)
        if upload is not None:
            return client.post(f"/api/v1/{path}", {"upload": upload}, headers=headers)
        return client.post(
            f"/api/v1/{path}", json.dumps(data or {}), content_type="application/json", headers=headers
        )

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False) as traveller:
        send.clock = traveller
        yield send


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_topics_are_proposed_ordered_merged_dropped_and_carry_material(
    planned, health, health_registrar, market_registrar, insurance_deputy_head, office_coordinator, outsider, call,
    media, now,
):  # fmt: skip
    office, path = office_coordinator, f"meetings/{planned.pk}/"
    topic = {"kind": "problem", "title": "研究病历抽查", "text": "提请研究"}
    assert call(outsider, "post", path + "propose/", topic, 1).status_code == 404
    assert (
        "title"
        in call(health_registrar, "post", path + "propose/", topic | {"title": ""}, planned.version).json()
    )
    assert call(health_registrar, "post", path + "propose/", topic, planned.version).status_code == 200
    assert call(market_registrar, "post", path + "no-topic/", None, fresh(planned).version).status_code == 200
    assert planned.attendances.filter(topics_answered_at__isnull=False).count() == 2
    own = AgendaItem.objects.get(title="研究病历抽查")
    mine = f"agenda-items/{own.pk}/"

    def step(user, name, data=None, thing=own, **more):
        return call(user, "post", f"agenda-items/{thing.pk}/{name}/", data, fresh(thing).version, **more)

    assert (
        call(insurance_deputy_head, "get", mine).status_code == 404
    )  # proposed: its department's and the office's
    handed = step(health_registrar, "hand-in", upload=pdf("抽查方案.pdf"))
    assert handed.status_code == 200
    assert [(row["name"], row["number"], row["pinned"]) for row in handed.json()["materials"]] == [
        ("抽查方案.pdf", 1, False),
    ]  # fmt: skip
    assert step(health_registrar, "take").status_code == 403
    assert step(office, "take").json()["status"] == "listed"
    assert step(health_registrar, "hand-in", upload=pdf("抽查方案.pdf")).status_code == 200
    newest = Material.objects.get(number=2)
    assert not newest.pinned
    assert step(health_registrar, "pin", {"material": newest.pk}).status_code == 403
    assert "material" in step(office, "pin", {"material": 0}).json()
    pinned = step(office, "pin", {"material": newest.pk}).json()["materials"]
    assert [(row["number"], row["pinned"]) for row in pinned] == [(1, False), (2, True)]

    other = add_item(meeting=planned, kind="campaign", title="部署专项检查", by=office, at=now)
    assert step(office, "move", {"up": True}, other).status_code == 200
    listed = AgendaItem.objects.listed().filter(meeting=planned, first=False)
    assert list(listed.values_list("title", flat=True)) == ["部署专项检查", "研究病历抽查"]
    assert step(office, "move", {"up": True}, other).status_code == 400  # it stands first
    assert step(office, "edit", {"title": "部署联合检查"}, other).json()["title"] == "部署联合检查"
    assert call(office, "post", f"agenda-items/{other.pk}/edit/", {"title": "x"}, 99).status_code == 412
    assert "into" in step(office, "merge", {"into": 0}, other).json()
    assert step(office, "merge", {"into": own.pk}, other).json()["merged_into"] == own.pk
    assert step(office, "take", None, other).json()["status"] == "listed"
    assert step(office, "drop", {"reason": " "}, other).status_code == 400
    assert step(office, "drop", {"reason": "另行研究"}, other).json()["status"] == "dropped"
    assert step(health_registrar, "drop", {"reason": "x"}).status_code == 403


def test_invitations_are_answered_and_the_attendance_recorded(
    meeting, health, health_registrar, health_deputy_head, insurance_deputy_head, office_coordinator, outsider, begun,
    call,
):  # fmt: skip
    row = meeting.attendances.get(department=health)
    path = f"attendances/{row.pk}/answer/"
    assert call(outsider, "get", f"attendances/{row.pk}/").status_code == 404
    seen = call(health_registrar, "get", f"attendances/?meeting={meeting.pk}").json()["results"]
    assert len(seen) == 6 and call(health_registrar, "get", "attendances/?meeting=0").json()["results"] == []
    assert call(insurance_deputy_head, "post", path, {"answer": "leave"}, row.version).status_code == 403
    assert "answer" in call(health_registrar, "post", path, {"answer": "none"}, row.version).json()
    assert "person" in call(health_registrar, "post", path, {"answer": "accepted"}, row.version).json()
    assert "reason" in call(health_registrar, "post", path, {"answer": "leave"}, row.version).json()
    unseen = {"answer": "accepted", "person": outsider.pk}
    assert "person" in call(health_registrar, "post", path, unseen, row.version).json()
    coming = {"answer": "accepted", "person": health_deputy_head.pk, "job_title": "副局长"}
    said = call(health_registrar, "post", path, coming, row.version)
    assert (said.json()["answer"], said.json()["person_name"]) == ("accepted", health_deputy_head.name)
    assert (
        call(health_registrar, "post", path, {"answer": "leave", "reason": "出差"}, row.version).status_code
        == 412
    )

    record = f"meetings/{meeting.pk}/record/"
    rows = list(Attendance.objects.filter(meeting=meeting).order_by("pk"))
    whole = [{"attendance": each.pk, "presence": "present"} for each in rows]
    call.clock.shift(begun - meeting.called_at)
    assert (
        call(health_registrar, "post", record, {"presences": whole}, fresh(meeting).version).status_code
        == 403
    )
    short = call(office_coordinator, "post", record, {"presences": whole[1:]}, fresh(meeting).version)
    assert short.status_code == 400 and f"presence_{rows[0].pk}" in short.json()
    done = call(office_coordinator, "post", record, {"presences": whole}, fresh(meeting).version)
    assert done.status_code == 200
    assert set(meeting.attendances.values_list("presence", flat=True)) == {"present"}
