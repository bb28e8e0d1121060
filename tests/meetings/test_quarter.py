"""The quarter: its one meeting is opened by the job, departments are asked and reminded once, or it is not held."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.refusals import AlreadyDone, BadInput, MovedOn, WrongState
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from journal.models import Event, Notification
from meetings import quarters
from meetings.actions import bulk_quarters, quarter
from meetings.actions.agenda import collect_agenda
from meetings.actions.bulk_quarters import collect_due, open_due, remind_late, run_quarters
from meetings.actions.holding import note_item, reopen_item
from meetings.actions.topics import no_topic, propose_item
from meetings.models import Meeting, MeetingRule
from meetings.tasks import run_quarters as task
from tests.factories.meetings import ad_hoc, called, closed
from tests.factories.meetings import quarter as make_quarter
from tests.meetings.conftest import DAY


def local(year, month, day, hour=9):
    return dt.datetime(year, month, day, hour, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", (2026, 1)),
        ("2026-03-31", (2026, 1)),
        ("2026-04-01", (2026, 2)),
        ("2026-12-31", (2026, 4)),
    ],
)
def test_a_day_lies_in_its_quarter(day, expected):
    day = dt.date.fromisoformat(day)
    assert quarters.quarter_of(day) == expected
    assert quarters.first_day(*expected) <= day <= quarters.last_day(*expected)


def test_quarters_follow_each_other():
    assert quarters.between((2025, 3), (2026, 2)) == [(2025, 3), (2025, 4), (2026, 1), (2026, 2)]
    assert quarters.between((2026, 2), (2026, 1)) == []


def test_the_job_opens_the_quarter_once_however_often_it_runs(board, members, now):
    assert run_quarters(at=now) == (1, 0, 1)
    assert run_quarters(at=now) == (0, 0, 0)
    meeting = Meeting.objects.get()
    assert (meeting.year, meeting.quarter, meeting.status, meeting.caught_up) == (2026, 4, "planned", False)
    assert meeting.title == "青禾县医疗保障协作联动2026年第四季度联席会议"
    assert {row.department_id for row in meeting.attendances.all()} == {each.pk for each in members}
    assert Event.objects.filter(verb="meeting.opened", target_id=meeting.pk).count() == 1
    told = Notification.objects.filter(verb="meeting.topics_wanted", target_id=meeting.pk)
    assert told.count() == 2  # the deputy head of medical insurance and the registrar of health
    clock = Deadline.objects.get(target_kind="meeting", target_id=meeting.pk)
    assert (clock.rule_code, clock.due_on, clock.department_id) == (
        "quarterly_meeting",
        dt.date(2026, 12, 31),
        board.pk,
    )


def test_the_command_and_the_task_do_what_the_job_does(board, now, capsys, monkeypatch):
    import time_machine

    with time_machine.travel(now):
        call_command("run_quarters")
        task()
    assert "1 meetings opened" in capsys.readouterr().out
    assert Meeting.objects.count() == 1


def test_a_second_process_finds_the_quarter_taken(board, now, monkeypatch):
    """Both have looked before either has written: the database keeps one."""
    make_quarter(board, at=now)
    monkeypatch.setattr(bulk_quarters, "between", lambda start, end: [(2026, 4)])
    assert open_due(at=now) == 0
    with pytest.raises(AlreadyDone):
        make_quarter(board, at=now)
    assert Meeting.objects.count() == 1


def test_another_clash_of_the_database_is_not_hidden(board, now, monkeypatch):
    def fail(**fields):
        raise IntegrityError("something else")

    monkeypatch.setattr(Meeting.objects, "create", fail)
    with pytest.raises(IntegrityError):
        make_quarter(board, at=now)


def test_a_quarter_that_has_not_begun_is_not_opened(board, now):
    with pytest.raises(BadInput) as refused:
        make_quarter(board, at=now, year=2027, quarter=1)
    assert refused.value.field == "quarter"


def test_quarters_missed_in_an_outage_are_caught_up_and_marked(board, now):
    first = make_quarter(board, at=local(2026, 1, 5))
    assert open_due(at=local(2026, 7, 3)) == 2
    late = list(Meeting.objects.exclude(pk=first.pk).order_by("quarter"))
    assert [(each.quarter, each.caught_up) for each in late] == [(2, True), (3, True)]
    clock = Deadline.objects.get(target_kind="meeting", target_id=late[0].pk)
    assert lamp_of(clock, dt.date(2026, 7, 3)).color == "r"
    assert late[0].topics_by > dt.date(2026, 6, 30) and late[1].topics_by <= dt.date(2026, 9, 30)
    assert open_due(at=local(2026, 10, 1)) == 1
    assert Meeting.objects.get(quarter=4).caught_up is False  # opened on its first day


def test_the_lamp_turns_amber_and_red_by_itself(planned):
    clock = Deadline.objects.get(target_kind="meeting", target_id=planned.pk)
    days = {
        dt.date(2026, 12, 1): "g",
        dt.date(2026, 12, 17): "y",
        dt.date(2026, 12, 31): "y",
        dt.date(2027, 1, 1): "r",
    }
    assert {day: lamp_of(clock, day).color for day in days} == days


def test_who_has_not_answered_is_reminded_once_shortly_before_the_last_day(
    planned, insurance, health, insurance_deputy_head, health_registrar, now
):
    no_topic(meeting=planned, department=insurance, by=insurance_deputy_head, at=now)
    assert planned.topics_by == dt.date(2026, 12, 7)
    assert remind_late(at=local(2026, 12, 1)) == 0
    assert remind_late(at=local(2026, 12, 2)) == 5
    assert remind_late(at=local(2026, 12, 3)) == 0
    told = Notification.objects.filter(verb="meeting.topics_reminder", target_id=planned.pk)
    assert {each.department_id for each in told} == {health.pk}  # the others of the cast have nobody there


def test_a_reminder_that_an_outage_kept_back_still_comes_once(planned):
    assert remind_late(at=local(2026, 12, 20)) == 6
    assert remind_late(at=local(2026, 12, 21)) == 0


def test_a_later_day_for_topics_is_told_and_reminded_anew(planned, office_coordinator, now):
    remind_late(at=local(2026, 12, 4))
    quarter.set_topics_by(
        meeting=planned, topics_by=dt.date(2026, 12, 18), by=office_coordinator, at=local(2026, 12, 4)
    )
    assert remind_late(at=local(2026, 12, 8)) == 0
    assert remind_late(at=local(2026, 12, 15)) == 6
    with pytest.raises(BadInput) as refused:
        quarter.set_topics_by(meeting=planned, topics_by=now.date() - DAY, by=office_coordinator, at=now)
    assert refused.value.field == "topics_by"


def test_topics_are_settled_once_the_notice_is_out(meeting, office_coordinator, now):
    with pytest.raises(AlreadyDone):
        quarter.set_topics_by(meeting=meeting, topics_by=now.date() + DAY, by=office_coordinator, at=now)


def test_an_agenda_is_collected_once_a_day(planned, now):
    assert collect_due(at=now) == 1
    assert collect_due(at=now + dt.timedelta(hours=2)) == 0
    assert collect_due(at=now + DAY) == 1


def test_a_quarter_without_a_meeting_has_its_reason(
    planned, office_coordinator, insurance, health, health_registrar, now
):
    kept = propose_item(
        meeting=planned, department=health, kind="problem", title="研究价格监测", by=health_registrar, at=now
    )
    with pytest.raises(BadInput) as refused:
        quarter.give_up(meeting=planned, reason=" ", by=office_coordinator, at=now)
    assert refused.value.field == "reason"
    quarter.give_up(meeting=planned, reason="专题会议已研究", by=office_coordinator, at=now)
    assert (planned.status, planned.skip_reason) == ("skipped", "专题会议已研究")
    clock = Deadline.objects.get(target_kind="meeting", target_id=planned.pk)
    assert clock.status == "cancelled"
    with pytest.raises((WrongState, MovedOn)):
        quarter.give_up(meeting=planned, reason="再次", by=office_coordinator, at=now)
    run_quarters(at=local(2027, 1, 1))
    again = Meeting.objects.get(year=2027)
    assert [item.key for item in again.items.filter(department=health)] == [f"carried:{kept.pk}"]


def test_a_meeting_whose_clock_is_gone_can_still_be_given_up(planned, office_coordinator, now):
    Deadline.objects.filter(target_kind="meeting").update(status="cancelled", ended_at=now)
    quarter.give_up(meeting=planned, reason="专题会议已研究", by=office_coordinator, at=now)
    assert planned.status == "skipped"


def test_an_ad_hoc_meeting_says_why_and_is_numbered_in_its_year(board, office_coordinator, now):
    first, second = ad_hoc(board, at=now), ad_hoc(board, at=now)
    assert [each.title for each in (first, second)] == [
        "青禾县医疗保障协作联动2026年第1次临时联席会议", "青禾县医疗保障协作联动2026年第2次临时联席会议",
    ]  # fmt: skip
    assert first.topics_by is None and first.attendances.count() == 6
    with pytest.raises(BadInput) as refused:
        quarter.open_ad_hoc(office=board, occasion="", by=office_coordinator, at=now)
    assert refused.value.field == "occasion"


def test_an_ad_hoc_meeting_given_up_leaves_what_it_had_to_the_next(
    planned, board, office_coordinator, health_registrar, begun, now
):
    closed(called(board, at=now, meeting=planned), at=begun)
    first = called(board, at=begun)
    approval = f"minutes:{planned.pk}"
    assert first.items.filter(key=approval).exists()
    quarter.give_up(meeting=first, reason="案情已查清", by=office_coordinator, at=begun)
    assert (first.status, first.skip_reason) == ("skipped", "案情已查清")
    told = Notification.objects.filter(verb="meeting.was_skipped", recipient=health_registrar)
    assert told.count() == 1
    second = ad_hoc(board, at=begun)
    collect_agenda(meeting=second, at=begun)
    assert second.items.filter(key=approval).exists()


def test_a_meeting_that_has_dealt_with_topics_is_not_given_up(meeting, topic, office_coordinator, begun):
    note_item(item=topic, by=office_coordinator, at=begun)
    given = {"meeting": meeting, "reason": "改日再开", "by": office_coordinator, "at": begun}
    with pytest.raises(WrongState):
        quarter.give_up(**given)
    reopen_item(item=topic, by=office_coordinator, at=begun)
    quarter.give_up(**given)
    assert meeting.status == "skipped"


def test_a_county_has_its_own_rule_else_the_shipped_one(county, board, now):
    shipped = quarter.rule_of(county)
    assert shipped.region_id is None and shipped.lead == "insurance"
    own = MeetingRule.objects.create(region=county, lead="health", created_at=now, updated_at=now)
    assert quarter.rule_of(county) == own
    MeetingRule.objects.all().delete()
    with pytest.raises(LookupError):
        quarter.rule_of(county)


@pytest.mark.parametrize(
    "fields",
    [
        {"quarter": 5}, {"kind": "ad_hoc", "occasion": ""}, {"urgent": True}, {"status": "skipped"},
        {"status": "called"}, {"status": "held"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_must_not_be(planned, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=planned.pk).update(**fields)


def test_nothing_of_a_meeting_is_deleted(meeting):
    for row in (meeting, meeting.items.first(), meeting.attendances.first()):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()
