"""The job of the quarter, for every region: open what is due, ask who joined, remind, collect once a day.

It may run twice, late, or from two processes: the database has one meeting a quarter, and the rows say who was told.
"""

import datetime as dt
import logging

from django.db import transaction

from core.dates import local_date
from core.refusals import AlreadyDone, WrongState
from deadlines.calendar import Calendar
from departments.enums import Function
from departments.models import Department
from meetings import notices
from meetings.actions.agenda import add_follow_ups, collect_agenda
from meetings.actions.common import lock_meeting
from meetings.actions.quarter import ask_members, open_quarter, rule_of
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Attendance, Meeting
from meetings.quarters import between, first_day, following, quarter_of

log = logging.getLogger(__name__)


def run_quarters(*, at: dt.datetime) -> tuple[int, int, int]:
    """Everything the quarter asks for on the local day of `at`; (meetings opened, departments reminded, agendas)."""
    opened = open_due(at=at)
    ask_joined(at=at)
    for meeting in Meeting.objects.filter(status=MeetingStatus.CALLED, starts_at__gt=at).order_by("pk"):
        add_follow_ups(meeting=meeting, at=at)
    return opened, remind_late(at=at), collect_due(at=at)


def open_due(*, at: dt.datetime) -> int:
    """Open the meeting of every quarter that has begun since the region's last one; the first ever is this quarter's."""
    today, opened = local_date(at), 0
    offices = Department.objects.filter(function=Function.OFFICE, active=True, has_account=True)
    for office in offices.select_related("region").order_by("pk"):
        held = Meeting.objects.filter(region=office.region, kind=MeetingKind.QUARTERLY)
        last = held.order_by("-year", "-quarter").values_list("year", "quarter").first()
        start = following(*last) if last else quarter_of(today)
        for year, quarter in between(start, quarter_of(today)):
            late = last is not None and today > first_day(year, quarter)
            try:
                open_quarter(office=office, year=year, quarter=quarter, late=late, at=at)
            except AlreadyDone:  # another process was first
                continue
            opened += 1
    return opened


def ask_joined(*, at: dt.datetime) -> int:
    """Ask the members that were entered since their region's meetings were opened, until the notice goes out; how many."""
    asked = 0
    for meeting in Meeting.objects.filter(status=MeetingStatus.PLANNED).order_by("pk"):
        with transaction.atomic():
            lock_meeting(meeting)
            if meeting.status == MeetingStatus.PLANNED:  # nobody was first
                asked += ask_members(meeting, at)
    return asked


@transaction.atomic
def remind_late(*, at: dt.datetime) -> int:
    """Remind, once each, the members that have not answered shortly before their last day for topics."""
    today, calendar, reminded = local_date(at), Calendar.current(), 0
    waiting = Attendance.objects.filter(
        member=True, topics_answered_at=None, reminded_at=None, meeting__topics_by__isnull=False,
        meeting__status=MeetingStatus.PLANNED,
    )  # fmt: skip
    found = waiting.select_related("meeting__region", "department").select_for_update(
        of=("self",), skip_locked=True
    )
    for attendance in found.order_by("pk"):
        meeting = attendance.meeting
        assert meeting.topics_by is not None  # asked for above
        left = calendar.working_days_between(today, meeting.topics_by)
        if left > rule_of(meeting.region).remind_days:
            continue
        Attendance.objects.filter(pk=attendance.pk).update(reminded_at=at)
        notices.tell_department(
            attendance.department, meeting, "topics_reminder", at=at, topics_by=meeting.topics_by
        )
        reminded += 1
    return reminded


def collect_due(*, at: dt.datetime) -> int:
    """Collect the agenda of every meeting being prepared, once a local day.

    One that cannot be collected is written down and left for the next run; the others do not wait for it.
    """
    due = Meeting.objects.filter(status=MeetingStatus.PLANNED).exclude(collected_on=local_date(at))
    collected = 0
    for meeting in due.select_related("region", "office").order_by("pk"):
        try:
            collect_agenda(meeting=meeting, at=at)
        except WrongState:  # called meanwhile
            continue
        except Exception:
            log.exception("the agenda of meeting %s cannot be collected", meeting.pk)
            continue
        collected += 1
    return collected
