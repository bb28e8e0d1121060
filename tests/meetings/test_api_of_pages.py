"""What the pages of meetings can, the API can: opened, called again, invited, edited in parts, evidence, the rule."""

import datetime as dt

import pytest
import time_machine

from departments.actions.structure import create_department
from departments.enums import Function
from meetings.actions import agenda, holding
from meetings.actions import minutes as actions
from meetings.actions.bringing import bring_before
from meetings.actions.quarter import rule_of
from meetings.models import AgendaItem, Attendance, Meeting, MinutesPart, ResolutionStep
from tests.factories.cases import make_case, pdf
from tests.factories.meetings import asked, came, closed, line, resolution
from tests.meetings.test_meetings_api import call as call  # noqa: PLC0414 - a fixture
from tests.meetings.test_meetings_api import version

KEY = "0123456789abcdef"
DUE = dt.date(2026, 12, 31)


@pytest.fixture
def send(client):
    """`send(user, "meetings/1/invite/", {...}, version=1, key=…)` as JSON."""

    def knock(user, path, data=None, version=None, key="", method="post", **more):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": f'"{version}"'} if version else {}
        headers |= {"Idempotency-Key": key} if key else {}
        given = {"content_type": "application/json"} | more
        return getattr(client, method)(f"/api/v1/{path}", data or {}, headers=headers, **given)

    return knock


@pytest.fixture
def clock(begun):
    with time_machine.travel(begun, tick=False):
        yield begun


def test_an_ad_hoc_meeting_is_opened_once(board, office_coordinator, health_registrar, send, clock):
    given = {"occasion": "会商某重大案件", "urgent": True}
    assert send(health_registrar, "meetings/", given).status_code == 403
    assert "occasion" in send(office_coordinator, "meetings/", {"occasion": " "}).json()
    first, again = (send(office_coordinator, "meetings/", given, key=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] == Meeting.objects.get().pk
    assert (first.json()["urgent"], first.json()["occasion"]) == (True, "会商某重大案件")
    assert send(office_coordinator, "meetings/", given).status_code == 201
    assert Meeting.objects.count() == 2


def test_a_meeting_without_quorum_is_called_again(
    meeting, health_registrar, office_coordinator, send, clock, media
):
    came(meeting, at=clock, presence="leave")
    before, path = Meeting.objects.get().notice_id, f"meetings/{meeting.pk}/call-again/"
    given = {"starts_at": "2026-11-20T09:00:00+08:00", "place": "四楼会议室", "reason": "到会不足"}
    assert send(health_registrar, path, given, version(meeting)).status_code == 403
    assert send(office_coordinator, path, given).status_code == 428
    assert "starts_at" in send(
        office_coordinator, path, given | {"starts_at": "2026-11-01T09:00:00+08:00"}, version(meeting)
    ).json()  # fmt: skip
    stamp = version(meeting)
    first, again = (send(office_coordinator, path, given, stamp, KEY) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["place"]) == (200, 200, "四楼会议室")
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.notice_id == before) == (1, False)  # once, though it was sent twice
    assert send(office_coordinator, path, given, stamp).status_code == 412


def test_a_department_is_invited_and_topics_are_asked_for(
    planned, office, office_coordinator, health_registrar, send, clock, county
):
    guest = create_department(
        region=county, function=Function.OTHER, name="青禾县教育局", short_name="教育局", mark="青教", hotline="", by=None,
        at=clock,
    )  # fmt: skip
    path = f"meetings/{planned.pk}/"
    assert (
        send(health_registrar, path + "invite/", {"department": guest.pk}, version(planned)).status_code
        == 403
    )
    assert (
        "department" in send(office_coordinator, path + "invite/", {"department": 0}, version(planned)).json()
    )
    assert (
        send(office_coordinator, path + "invite/", {"department": guest.pk}, version(planned)).status_code
        == 200
    )
    assert Attendance.objects.get(department=guest).member is False
    given = {"topics_by": "2026-11-30"}
    assert send(health_registrar, path + "topics-by/", given, version(planned)).status_code == 403
    assert "topics_by" in send(
        office_coordinator, path + "topics-by/", {"topics_by": "2026-11-01"}, version(planned)
    ).json()  # fmt: skip
    answer = send(office_coordinator, path + "topics-by/", given, version(planned))
    assert answer.json()["topics_by"] == "2026-11-30"


def test_a_topic_is_added_once_and_about_a_case_one_sees(
    planned, office_coordinator, insurance_handler, health_handler, send, clock
):
    case = make_case(by=insurance_handler, at=clock, title="青禾仁和医院分解住院")
    path = f"meetings/{planned.pk}/propose/"
    given = {"kind": "case", "title": "会商", "case": case.pk}
    assert "case" in send(health_handler, path, given, version(planned)).json()  # not open to it
    assert not AgendaItem.objects.filter(title="会商").exists()
    stamp = version(planned)
    answers = [send(insurance_handler, path, given, stamp, KEY) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert AgendaItem.objects.get(title="会商").case == case
    added = {"kind": "problem", "title": "研究协作"}
    answers = [
        send(office_coordinator, f"meetings/{planned.pk}/add-item/", added, stamp, KEY) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    assert AgendaItem.objects.filter(title="研究协作").count() == 1


def test_an_outcome_is_taken_back_and_the_present_words_are_pinned(
    meeting, topic, board, office_coordinator, health_registrar, send, clock, now
):
    path = f"agenda-items/{topic.pk}/reopen/"
    came(meeting, at=clock)
    holding.note_item(item=topic, by=office_coordinator, at=clock)
    assert send(health_registrar, path, version=version(topic)).status_code == 403
    assert send(office_coordinator, path, version=version(topic)).json()["outcome"] == "open"
    made = asked(board, at=now)
    item = bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=now)
    type(made).objects.filter(pk=made.pk).update(measures="改后的措施", version=made.version + 1)
    path = f"agenda-items/{item.pk}/pin-thing/"
    assert send(health_registrar, path, version=version(item)).status_code == 403
    assert send(office_coordinator, path, version=version(item)).json()["text"].endswith("改后的措施")
    assert (
        send(office_coordinator, f"agenda-items/{topic.pk}/pin-thing/", version=version(topic)).status_code
        == 403
    )


def test_a_part_of_the_minutes_is_edited_on_the_version_that_was_read(
    meeting, topic, office_coordinator, health_registrar, send, clock
):
    agenda.edit_item(
        item=topic,
        title="会商大要案件",
        text="",
        expected_version=topic.version,
        by=office_coordinator,
        at=clock,
    )
    minutes = actions.draft_minutes(meeting=closed(meeting, at=clock), at=clock)
    part = minutes.parts.get(item=topic)
    path, given = f"minutes-parts/{part.pk}/", {"text": "会议议定：同意。"}
    rows = send(health_registrar, f"minutes-parts/?minutes={minutes.pk}", method="get").json()["results"]
    assert {row["id"] for row in rows} == set(MinutesPart.objects.values_list("pk", flat=True))
    assert send(health_registrar, "minutes-parts/?minutes=0", method="get").json()["results"] == []
    stamp = send(office_coordinator, path, method="get")["ETag"].strip('"')
    assert send(health_registrar, path + "edit/", given, stamp).status_code == 403
    assert send(office_coordinator, path + "edit/", given).status_code == 428
    assert send(office_coordinator, path + "edit/", given, stamp).json()["text"] == "会议议定：同意。"
    assert send(office_coordinator, path + "edit/", {"text": "别的"}, stamp).status_code == 412
    part.refresh_from_db()
    assert part.text == "会议议定：同意。"


def test_a_member_objects_and_then_countersigns(
    meeting, office_coordinator, insurance_deputy_head, send, clock
):
    minutes = actions.draft_minutes(meeting=closed(meeting, at=clock), at=clock)
    actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=clock)
    path = f"minutes/{minutes.pk}/sign/"
    said = {"kind": "objected", "words": "第二项与会议不符", "text_version": 1}
    assert "words" in send(insurance_deputy_head, path, said | {"words": ""}, version(minutes)).json()
    assert send(insurance_deputy_head, path, said, version(minutes)).status_code == 200
    old = {"kind": "signed", "text_version": 9}
    assert send(insurance_deputy_head, path, old, version(minutes)).status_code == 412
    assert (
        send(insurance_deputy_head, path, {"kind": "signed", "text_version": 1}, version(minutes)).status_code
        == 200
    )
    assert list(minutes.signatures.values_list("kind", flat=True)) == ["objected", "signed"]


def test_progress_and_completion_carry_evidence_once(
    meeting, insurance_handler, health_handler, send, clock, media
):
    task = resolution(meeting, insurance_handler, due_on=DUE, at=clock)
    path = f"resolutions/{task.pk}/"

    def hand_in(user, step, key, text="已核对"):
        data = {"text": text, "upload": pdf("核对清单.pdf")}
        client = send.__closure__[0].cell_contents
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": f'"{version(task)}"', "Idempotency-Key": key}
        return client.post(f"/api/v1/{path}{step}/", data, headers=headers)

    assert hand_in(health_handler, "progress", KEY).status_code == 403
    assert "text" in hand_in(insurance_handler, "progress", KEY, text=" ").json()
    answers = [hand_in(insurance_handler, "progress", KEY) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200], answers[0].content
    step = ResolutionStep.objects.get()
    assert (step.kind, step.name) == ("progress", "核对清单.pdf")
    assert answers[0].json()["steps"][0]["sha256"] == step.sha256
    assert send(insurance_handler, path + "progress/", {"text": "无附件"}, version(task)).status_code == 200
    answers = [hand_in(insurance_handler, "report", KEY[::-1]) for _ in range(2)]
    assert [each.json()["status"] for each in answers] == ["reported", "reported"]
    assert ResolutionStep.objects.filter(kind="reported").count() == 1


def test_the_rule_of_the_county_is_read_and_set(
    planned, office_coordinator, health_registrar, system_admin, security_admin, send, clock, county
):
    path = "meeting-rule/own/"
    read = send(health_registrar, path, method="get")
    assert (read.json()["own"], read.json()["lead"], read.json()["more_than"]) == (False, "insurance", 50)
    assert send(security_admin, path, method="get").status_code == 403
    stamp = read["ETag"].strip('"')
    values = {name: value for name, value in read.json().items() if name not in ("version", "own")}
    assert send(office_coordinator, path, values, stamp, method="put").status_code == 403
    assert send(system_admin, path, values, method="put").status_code == 428
    assert "month" in send(system_admin, path, values | {"month": 4}, stamp, method="put").json()
    assert "lead" in send(system_admin, path, values | {"lead": "office"}, stamp, method="put").json()
    answer = send(system_admin, path, values | {"more_than": 66}, stamp, method="put")
    assert (answer.status_code, answer.json()["own"], rule_of(county).more_than) == (200, True, 66)
    assert send(system_admin, path, values | {"more_than": 70}, stamp, method="put").status_code == 412


def test_a_decision_sent_twice_makes_its_tasks_once(
    meeting, topic, insurance_handler, office_coordinator, send, clock
):
    came(meeting, at=clock)
    body = {
        "text": "同意。",
        "lines": [{
            "text": "移交", "department": insurance_handler.department.pk, "person": insurance_handler.pk,
            "due_on": DUE.isoformat(),
        }],
    }  # fmt: skip
    stamp = version(topic)
    answers = [
        send(office_coordinator, f"agenda-items/{topic.pk}/decide/", body, stamp, KEY) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    assert meeting.resolutions.count() == 1
    assert line(insurance_handler, due_on=DUE).topic is None
