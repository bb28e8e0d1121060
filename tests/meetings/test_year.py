"""A year, day by day: four quarters, the holidays of 2026, three days of outage across a quarter's end, jobs run twice."""

import datetime as dt

import pytest

from core.dates import SHANGHAI
from deadlines.actions.bulk_sweep import sweep
from deadlines.calendar import Calendar
from deadlines.models import Deadline, Firing
from departments.enums import Role
from departments.models import Post
from journal.models import Notification
from meetings.actions.bulk_quarters import run_quarters
from meetings.actions.holding import close_meeting, decide_item
from meetings.actions.minutes import draft_due
from meetings.actions.resolutions import confirm_done, report_done
from meetings.actions.topics import no_topic
from meetings.models import Meeting, Resolution
from tests.factories.meetings import called, came, line, note_all
from tests.factories.rewards_money import somebody
from tests.meetings.conftest import DAY

OUTAGE = {dt.date(2026, 3, 30), dt.date(2026, 3, 31), dt.date(2026, 4, 1)}
YEAR = [dt.date(2026, 1, 1) + DAY * n for n in range(365)]
# the meeting of each quarter is called on the first working day from here, for the same afternoon
CALLED = {1: dt.date(2026, 3, 2), 2: dt.date(2026, 5, 1), 3: dt.date(2026, 9, 20), 4: dt.date(2026, 12, 1)}


def morning(day):
    return dt.datetime.combine(day, dt.time(9), SHANGHAI)


@pytest.fixture
def everybody(members):
    """Each member has a deputy head who is told, health its registrar too: seven people, all there since 2025."""
    people = [somebody(department, Role.DEPUTY_HEAD) for department in members]
    Post.objects.update(since=dt.date(2025, 12, 1))
    return people


def test_a_year_day_by_day(board, members, everybody, insurance_handler, office_coordinator):
    calendar = Calendar.current()
    held, agendas, tasks = {}, {}, {}
    for day in YEAR:
        if day in OUTAGE:
            continue
        at = morning(day)
        for later in (0, 5):  # twice, as from two processes
            run_quarters(at=at + dt.timedelta(minutes=later))
            draft_due(at=at + dt.timedelta(minutes=later))
            sweep(at=at + dt.timedelta(minutes=later))
        meeting = Meeting.objects.order_by("-year", "-quarter").select_related("office", "region").first()
        number = meeting.quarter
        if number == 2 and not meeting.attendances.get(department=members[0]).topics_answered_at:
            no_topic(meeting=meeting, department=members[0], by=everybody[0], at=at)
        if number in held or day < CALLED[number] or not calendar.is_working(day):
            continue
        called(
            board, at=at, meeting=meeting, starts_at=at + dt.timedelta(hours=5), title=f"第{number}季度议题"
        )
        began = at + dt.timedelta(hours=6)
        came(meeting, at=began)
        agendas[number] = list(meeting.items.listed().values_list("key", flat=True))
        topic = meeting.items.select_related("meeting__office", "meeting__region").get(
            title=f"第{number}季度议题"
        )
        due = line(insurance_handler, f"第{number}季度事项", due_on=day + 20 * DAY)
        decide_item(item=topic, text="同意。", lines=[due], by=office_coordinator, at=began)
        note_all(meeting, at=began)
        close_meeting(meeting=meeting, by=office_coordinator, at=began)
        held[number] = day
        tasks[number] = Resolution.objects.get(meeting=meeting)
        if number == 2:  # what the second meeting resolved is done before the third
            report_done(task=tasks[2], text="已办", by=insurance_handler, at=began + DAY)
            confirm_done(task=tasks[2], by=office_coordinator, at=began + 2 * DAY)

    quarters = Meeting.objects.order_by("quarter")
    assert [(each.year, each.quarter, each.kind, each.caught_up) for each in quarters] == [
        (2026, 1, "quarterly", False), (2026, 2, "quarterly", True), (2026, 3, "quarterly", False),
        (2026, 4, "quarterly", False),
    ]  # fmt: skip
    assert set(quarters.values_list("status", flat=True)) == {"drafted"}
    first, second, third = (f"resolution:{tasks[number].pk}" for number in (1, 2, 3))
    led = {number: [key for key in keys if key.startswith("resolution:")] for number, keys in agendas.items()}
    assert led == {1: [], 2: [first], 3: [first], 4: [first, third]}
    assert second not in led[4]
    for number, keys in agendas.items():
        assert keys[: len(led[number])] == led[number]  # the unfinished first
    assert held[2] == dt.date(2026, 5, 6)  # the first days of May are off
    assert held[3] == dt.date(2026, 9, 20)  # a Sunday people work on
    # every reminder once: by meeting and person, and none where a department had answered
    told = Notification.objects.filter(verb="meeting.topics_reminder")
    pairs = list(told.values_list("target_id", "recipient_id"))
    assert len(pairs) == len(set(pairs)) == 4 * 7 - 1
    wanted = list(
        Notification.objects.filter(verb="meeting.topics_wanted").values_list("target_id", "recipient_id")
    )
    assert len(wanted) == len(set(wanted)) == 4 * 7
    clocks = Deadline.objects.filter(rule_code="quarterly_meeting")
    assert set(clocks.values_list("status", "late")) == {("met", False)}
    # the clocks of the tasks and quarters: each stage was said once to each person, and each late task turned red
    said = Notification.objects.filter(target_kind="deadline", verb__startswith="deadline.")
    each = list(said.values_list("target_id", "verb", "recipient_id"))
    assert len(each) == len(set(each))
    owed = Deadline.objects.filter(rule_code="resolution")
    late = {owed.get(target_id=tasks[number].pk).pk for number in (1, 3, 4)}
    for stage in ("warned", "overdue"):
        mine = said.filter(verb=f"deadline.{stage}", recipient=insurance_handler)
        assert late <= set(mine.values_list("target_id", flat=True))
    assert set(Firing.objects.filter(stage="overdue").values_list("deadline_id", flat=True)) == late
