"""The notice, who comes, and the day itself: decided, deferred or noted, then closed."""

import datetime as dt

import icalendar
import pdfplumber
import pytest
from django.db import IntegrityError, transaction

from core.refusals import BadInput, MovedOn, StillOpen, WrongState
from deadlines.models import Deadline
from departments.enums import Function, Role
from documents import storage
from documents.rendering import render
from journal.models import Event, Notification
from meetings import contexts, letters
from meetings.actions import attendance, calling, holding
from meetings.ics import calendar_file
from meetings.models import Attendance, Resolution
from meetings.quorum import quorum_of
from tests.cast import person
from tests.factories.meetings import ad_hoc, called, came, closed, line, note_all
from tests.factories.meetings import quarter as make_quarter
from tests.meetings.conftest import DAY

DUE = dt.date(2026, 12, 31)


def text_of(pdf):
    import io

    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return "".join(page.extract_text() for page in paper.pages).replace("\n", "")


# -- the notice -------------------------------------------------------------------------------------------------


def test_the_notice_is_numbered_and_pins_the_agenda(meeting, health_registrar, now):
    assert (meeting.status, meeting.sequence) == ("called", 0)
    notice = meeting.notice
    assert notice.number == "青联动办函〔2026〕1号"
    said = text_of(storage.fetch(notice.file, notice.sha256))
    for words in (
        "关于召开青禾县医疗保障协作联动2026年第四季度联席会议的通知", "县政府三楼会议室", "会商大要案件",
        "2026年11月16日（星期一）13:00", "青禾县公安局", "通报本季度案件线索办理情况",
    ):  # fmt: skip
        assert words in said
    assert Notification.objects.filter(verb="meeting.invitation", recipient=health_registrar).count() == 1
    with pytest.raises((WrongState, MovedOn)):
        calling.call_meeting(meeting=meeting, starts_at=now + DAY, place="别处", by=meeting.called_by, at=now)


@pytest.mark.parametrize(
    ("starts_at", "place", "field"),
    [
        (dt.timedelta(0), "会议室", "starts_at"),
        (-60 * DAY, "会议室", "starts_at"),  # a day in a quarter that has closed
        (60 * DAY, "会议室", "starts_at"),  # after the quarter
        (6 * 365 * DAY, "会议室", "starts_at"),
        (DAY, " ", "place"),
    ],
)
def test_a_day_or_place_that_cannot_be_is_refused(planned, office_coordinator, now, starts_at, place, field):
    with pytest.raises(BadInput) as refused:
        calling.call_meeting(
            meeting=planned, starts_at=now + starts_at, place=place, by=office_coordinator, at=now
        )
    assert refused.value.field == field
    planned.refresh_from_db()
    assert planned.status == "planned" and planned.notice is None


def test_a_quarter_that_has_passed_is_held_when_it_can_be(board, office_coordinator, now):
    meeting = make_quarter(board, at=now, quarter=3, late=True)
    called(board, at=now, meeting=meeting, starts_at=now + 3 * DAY)
    assert meeting.status == "called"


def test_nothing_is_called_without_a_topic(board, office_coordinator, now):
    meeting = ad_hoc(board, at=now)
    with pytest.raises(BadInput):
        calling.call_meeting(
            meeting=meeting, starts_at=now + DAY, place="会议室", by=office_coordinator, at=now
        )


def test_another_day_is_another_notice_and_asks_anew(
    meeting, health, health_registrar, office_coordinator, now
):
    attendance.answer_invitation(
        attendance=meeting.attendances.get(department=health), answer="accepted", person=health_registrar,
        by=health_registrar, at=now,
    )  # fmt: skip
    first = meeting.notice
    with pytest.raises(BadInput) as refused:
        calling.call_again(
            meeting=meeting, starts_at=now + DAY, place="会议室", reason="", by=office_coordinator, at=now
        )
    assert refused.value.field == "reason"
    calling.call_again(
        meeting=meeting,
        starts_at=now + DAY,
        place="县政府五楼",
        reason="主要领导另有公务",
        by=office_coordinator,
        at=now,
    )
    assert meeting.notice.pk != first.pk and meeting.sequence == 1
    first.refresh_from_db()
    assert not first.is_void  # the first paper stays as it was
    said = text_of(storage.fetch(meeting.notice.file, meeting.notice.sha256))
    assert "主要领导另有公务" in said and first.number in said
    assert meeting.attendances.get(department=health).answer == "none"
    planned = ad_hoc(meeting.office, at=now)
    with pytest.raises(WrongState):
        calling.call_again(
            meeting=planned, starts_at=now + DAY, place="会议室", reason="x", by=office_coordinator, at=now
        )


def test_the_calendar_file_says_when_and_where(meeting, office_coordinator, now):
    event = icalendar.Calendar.from_ical(calendar_file(meeting)).walk("VEVENT")[0]
    assert event["DTSTART"].dt == meeting.starts_at and event["SEQUENCE"] == 0
    assert str(event["SUMMARY"]) == meeting.title and str(event["LOCATION"]) == "县政府三楼会议室"
    before = str(event["UID"])
    calling.call_again(
        meeting=meeting, starts_at=now + DAY, place="五楼", reason="调整", by=office_coordinator, at=now
    )
    event = icalendar.Calendar.from_ical(calendar_file(meeting)).walk("VEVENT")[0]
    assert (str(event["UID"]), event["SEQUENCE"]) == (before, 1)


def test_the_sign_in_sheet_has_a_line_for_everybody(meeting, health, health_registrar, now):
    attendance.answer_invitation(
        attendance=meeting.attendances.get(department=health), answer="substitute", person=health_registrar,
        job_title="办公室主任", by=health_registrar, at=now,
    )  # fmt: skip
    form = letters.sign_in_sheet(contexts.of_sheet(meeting, at=now))
    assert form.tables[0].rows[1][:3] == ("青禾县卫生健康局", "罗采薇", "办公室主任")
    assert "签到表" in text_of(render(form))


def test_the_sheet_of_a_meeting_without_a_day_is_dated_today(planned, now):
    assert contexts.of_sheet(planned, at=now)["date"] == "2026-11-16"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (40, "四十"), (47, "四十七"), (99, "九十九"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (112, "一百一十二"), (120, "一百二十"), (200, "二百"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_numbers_are_said_in_chinese(number, said):
    assert letters.numeral(number) == said


# -- who comes --------------------------------------------------------------------------------------------------


def test_a_department_answers_and_may_change_its_mind(
    meeting, health, health_registrar, office_coordinator, now
):
    row = meeting.attendances.select_related("meeting__office", "department").get(department=health)
    given = {"attendance": row, "by": health_registrar, "at": now}
    with pytest.raises(BadInput) as refused:
        attendance.answer_invitation(answer="accepted", **given)
    assert refused.value.field == "person"
    with pytest.raises(BadInput) as refused:
        attendance.answer_invitation(answer="accepted", person=office_coordinator, **given)
    assert refused.value.field == "person"
    with pytest.raises(BadInput) as refused:
        attendance.answer_invitation(answer="leave", **given)
    assert refused.value.field == "reason"
    with pytest.raises(BadInput) as refused:
        attendance.answer_invitation(answer="none", **given)
    assert refused.value.field == "answer"
    attendance.answer_invitation(answer="leave", reason="出差", **given)
    assert (row.answer, row.leave_reason, row.person) == ("leave", "出差", None)
    assert Notification.objects.filter(verb="meeting.leave_asked", recipient=office_coordinator).count() == 1
    attendance.answer_invitation(answer="accepted", person=health_registrar, **given)
    assert (row.person_name, row.leave_reason) == ("罗采薇", "")


def test_nobody_answers_for_a_meeting_that_was_not_called(planned, health, health_registrar, now):
    with pytest.raises(WrongState):
        attendance.answer_invitation(
            attendance=planned.attendances.get(department=health), answer="leave", reason="出差", by=health_registrar,
            at=now,
        )  # fmt: skip


def test_others_of_the_region_are_invited_without_vote(
    meeting, planned, other_insurance, health, office, office_coordinator, county, now
):
    from departments.actions.structure import create_department

    court = create_department(
        region=county, function=Function.OTHER, name="青禾县人民法院", short_name="县法院", mark="青法", hotline="",
        by=None, at=now,
    )  # fmt: skip
    registrar = person("fy01", "方圆", court, Role.REGISTRAR)
    row = calling.invite(meeting=meeting, department=court, by=office_coordinator, at=now)
    assert not row.member
    assert Notification.objects.filter(verb="meeting.invitation", recipient=registrar).count() == 1
    for wrong in (other_insurance, health, office, court):
        with pytest.raises(BadInput) as refused:
            calling.invite(meeting=meeting, department=wrong, by=office_coordinator, at=now)
        assert refused.value.field == "department"
    early = ad_hoc(meeting.office, at=now)
    calling.invite(meeting=early, department=court, by=office_coordinator, at=now)
    assert Notification.objects.filter(verb="meeting.invitation", recipient=registrar).count() == 1
    context = contexts.of_notice(meeting, again=False, reason="", by=office_coordinator, at=now)
    assert context["observers"] == ["青禾县人民法院"]
    said = "".join(f"{para.heading}{para.text}" for para in letters.notice_letter(context).body)
    assert "请青禾县人民法院派员列席。" in said


def test_attendance_is_recorded_on_the_day_and_counts_for_the_quorum(meeting, begun, now, office_coordinator):
    rows = {row.pk: "present" for row in meeting.attendances.all()}
    given = {"meeting": meeting, "by": office_coordinator}
    with pytest.raises(BadInput):
        attendance.record_attendance(presences=rows, at=now - DAY, **given)
    first = next(iter(rows))
    for wrong in ("observing", ""):
        with pytest.raises(BadInput) as refused:
            attendance.record_attendance(presences=rows | {first: wrong}, at=begun, **given)
        assert refused.value.field == f"presence_{first}"
    assert not quorum_of(meeting).reached
    attendance.record_attendance(presences=rows, at=begun, **given)
    assert quorum_of(meeting).reached
    assert Event.objects.filter(verb="meeting.attendance_recorded").latest("pk").params == {
        "present": 6,
        "members": 6,
    }


@pytest.mark.parametrize(
    ("absent", "reached"),
    [
        ((), True), (("health",), True), (("health", "market"), True), (("health", "market", "police"), False),
        (("insurance",), False),
    ],
)  # fmt: skip
def test_the_quorum_is_the_lead_department_and_more_than_half(meeting, begun, absent, reached):
    came(meeting, at=begun, **dict.fromkeys(absent, "absent"))
    assert quorum_of(meeting).reached is reached


def test_attendance_of_a_meeting_that_was_not_called_is_not_recorded(planned, office_coordinator, now):
    with pytest.raises(WrongState):
        attendance.record_attendance(meeting=planned, presences={}, by=office_coordinator, at=now)


def test_the_database_keeps_answers_whole(meeting):
    row = meeting.attendances.first()
    for fields in (
        {"answer": "leave"}, {"answer": "accepted"}, {"presence": "present"}, {"member": False, "presence": "present"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.filter(pk=row.pk).update(**fields)


# -- at the meeting ---------------------------------------------------------------------------------------------


def test_a_topic_is_decided_with_who_does_what_until_when(
    meeting, topic, insurance_handler, health_registrar, office_coordinator, begun
):
    came(meeting, at=begun)
    holding.decide_item(
        item=topic, text="同意联合查处。", by=office_coordinator, at=begun,
        lines=[line(insurance_handler, "移交线索清单", due_on=DUE), line(health_registrar, "核对病历", due_on=DUE)],
    )  # fmt: skip
    tasks = list(meeting.resolutions.order_by("number"))
    assert [(task.number, task.text, task.person, task.status) for task in tasks] == [
        (1, "移交线索清单", insurance_handler, "draft"), (2, "核对病历", health_registrar, "draft"),
    ]  # fmt: skip
    with pytest.raises((WrongState, MovedOn)):
        holding.decide_item(item=topic, text="再议", by=office_coordinator, at=begun)
    holding.reopen_item(item=topic, by=office_coordinator, at=begun)
    assert topic.outcome == "open" and set(meeting.resolutions.values_list("status", flat=True)) == {
        "dropped"
    }
    holding.decide_item(
        item=topic,
        text="另定。",
        lines=[line(insurance_handler, due_on=DUE)],
        by=office_coordinator,
        at=begun,
    )
    assert meeting.resolutions.latest("number").number == 3


def test_nothing_is_decided_without_a_quorum_but_it_may_be_noted(meeting, topic, office_coordinator, begun):
    came(meeting, at=begun, insurance="leave")
    with pytest.raises(WrongState) as refused:
        holding.decide_item(item=topic, text="同意。", by=office_coordinator, at=begun)
    assert "5" in str(refused.value)
    holding.note_item(item=topic, text="听取汇报。", by=office_coordinator, at=begun)
    assert (topic.outcome, topic.outcome_text) == ("noted", "听取汇报。")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "line0_text"), ({"department": None}, "line0_department"), ({"person": None}, "line0_person"),
        ({"due_on": None}, "line0_due_on"), ({"due_on": dt.date(2026, 11, 16)}, "line0_due_on"),
        ({"due_on": dt.date(2040, 1, 1)}, "line0_due_on"),
    ],
)  # fmt: skip
def test_a_resolution_names_what_who_and_until_when(
    meeting, topic, insurance_handler, office_coordinator, begun, change, field
):
    came(meeting, at=begun)
    whole = line(insurance_handler, due_on=DUE)
    given = {name: getattr(whole, name) for name in ("text", "department", "person", "due_on")} | change
    with pytest.raises(BadInput) as refused:
        holding.decide_item(
            item=topic, text="同意。", lines=[holding.Line(**given)], by=office_coordinator, at=begun
        )
    assert refused.value.field == field
    topic.refresh_from_db()
    assert topic.outcome == "open" and not Resolution.objects.exists()


def test_a_decision_is_written_down(meeting, topic, office_coordinator, begun):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(item=topic, text="", by=office_coordinator, at=begun)
    assert refused.value.field == "outcome_text"


def test_a_department_of_another_county_is_not_made_responsible(
    meeting, topic, outsider, other_insurance, office_coordinator, begun
):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(
            item=topic, text="同意。", lines=[line(outsider, due_on=DUE)], by=office_coordinator, at=begun
        )
    assert refused.value.field == "line0_department"


def test_deferring_needs_a_day_and_a_reason(meeting, topic, office_coordinator, begun):
    given = {"item": topic, "by": office_coordinator, "at": begun}
    for until, reason, field in (
        (DUE, "", "reason"), (dt.date(2026, 11, 16), "材料不足", "until"), (dt.date(2040, 1, 1), "材料不足", "until"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            holding.defer_item(until=until, reason=reason, **given)
        assert refused.value.field == field
    holding.defer_item(until=DUE, reason="材料不足", **given)
    assert (topic.outcome, topic.deferred_to) == ("deferred", DUE)


def test_nothing_is_dealt_with_before_the_meeting_or_off_the_agenda(
    planned, meeting, topic, office_coordinator, begun, now
):
    from meetings.actions.agenda import drop_item

    with pytest.raises(WrongState):
        holding.note_item(item=topic, by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=now)
    drop_item(item=topic, reason="不议", by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        holding.note_item(item=topic, by=office_coordinator, at=begun)


def test_a_meeting_with_an_undecided_topic_is_not_closed(
    meeting, topic, health, health_registrar, office_coordinator, begun
):
    from meetings.actions.topics import propose_item

    came(meeting, at=begun)
    with pytest.raises(StillOpen) as refused:
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert len(refused.value.details["items"]) == 2 and "会商大要案件" in str(refused.value)
    propose_item(
        meeting=meeting, department=health, kind="problem", title="临时动议", by=health_registrar, at=begun
    )
    note_all(meeting, at=begun)
    with pytest.raises(StillOpen) as refused:
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert refused.value.details["items"] == ["临时动议"]


def test_a_meeting_is_closed_once_it_is_known_who_came(meeting, office_coordinator, begun):
    note_all(meeting, at=begun)
    with pytest.raises(StillOpen):
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)


@pytest.mark.parametrize(
    "gone",
    [{"presence": "absent", "insurance": "present"}, {"insurance": "leave"}],
    ids=["too few", "without the lead"],
)
def test_a_correction_that_takes_the_quorum_away_keeps_the_decisions_from_closing(
    meeting, topic, insurance_handler, office_coordinator, begun, gone
):
    came(meeting, at=begun)
    holding.decide_item(
        item=topic,
        text="同意。",
        lines=[line(insurance_handler, due_on=DUE)],
        by=office_coordinator,
        at=begun,
    )
    note_all(meeting, at=begun)
    came(meeting, at=begun, **gone)
    with pytest.raises(WrongState) as refused:
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert f"{quorum_of(meeting).present}家" in str(refused.value)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.resolutions.get().status) == ("called", "draft")
    holding.reopen_item(item=topic, by=office_coordinator, at=begun)
    note_all(meeting, at=begun)  # nothing is decided: no quorum is needed
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert (meeting.status, meeting.resolutions.get().status) == ("held", "dropped")


def test_closing_begins_the_tasks_and_ends_the_quarters_clock(
    meeting, topic, insurance_handler, office_coordinator, begun
):
    came(meeting, at=begun)
    holding.decide_item(
        item=topic,
        text="同意。",
        lines=[line(insurance_handler, due_on=DUE)],
        by=office_coordinator,
        at=begun,
    )
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    task = meeting.resolutions.get()
    assert (meeting.status, task.status) == ("held", "open")
    assert [each["key"] for each in meeting.figures] == ["figures"]
    quarter = Deadline.objects.get(target_kind="meeting", target_id=meeting.pk)
    assert (quarter.status, quarter.late, quarter.ended_at) == ("met", False, meeting.starts_at)
    clock = Deadline.objects.get(target_kind="resolution", target_id=task.pk)
    assert (clock.due_on, clock.person, clock.status) == (DUE, insurance_handler, "running")
    assert Notification.objects.filter(verb="meeting.resolved", recipient=insurance_handler).count() == 1
    with pytest.raises((WrongState, MovedOn)):
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)


def test_who_left_before_the_closing_is_asked_for_anew(
    meeting, topic, insurance_handler, office_coordinator, begun
):
    came(meeting, at=begun)
    holding.decide_item(
        item=topic,
        text="同意。",
        lines=[line(insurance_handler, due_on=DUE)],
        by=office_coordinator,
        at=begun,
    )
    note_all(meeting, at=begun)
    insurance_handler.posts.update(until=begun.date())
    with pytest.raises(BadInput) as refused:
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert refused.value.field == "person" and "陈晓岚" in str(refused.value)
    assert meeting.resolutions.get().status == "draft"


def test_an_ad_hoc_meeting_has_no_clock_to_end(board, office_coordinator, begun, now):
    meeting = called(board, at=now)
    closed(meeting, at=begun)
    assert meeting.status == "held" and meeting.figures != []
