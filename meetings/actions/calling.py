"""The notice: a meeting is called for a day and a place, by a numbered letter; called anew, by another one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines.calendar import Calendar
from departments.models import Department, User
from documents.actions import issue_document
from meetings import contexts, notices
from meetings.actions.agenda import collect_agenda
from meetings.actions.common import lock_meeting, lock_open, needed
from meetings.actions.quarter import ask_members, rule_of
from meetings.enums import Answer, MeetingKind, MeetingStatus
from meetings.models import Attendance, Meeting
from meetings.quarters import last_day

NOTICE = "meeting_notice"
NOBODY = {
    "answer": Answer.NONE, "person": None, "person_name": "", "job_title": "", "leave_reason": "", "answered_by": None,
    "answered_at": None,
}  # fmt: skip


def check_day(meeting: Meeting, starts_at: dt.datetime, at: dt.datetime) -> None:
    """The quarter's meeting is held in its quarter; once that has passed, whenever it can be.

    :raises BadInput: a moment that has passed (also in a closed quarter), one sooner than the rule's notice, one after
        the quarter, or years ahead
    """
    day, today = local_date(starts_at), local_date(at)
    if starts_at <= at:
        raise BadInput(_("This moment has passed. Choose a later one."), field="starts_at")
    if too_far(day, today):
        raise BadInput(_("No meeting is called more than five years ahead."), field="starts_at")
    end = last_day(meeting.year, meeting.quarter)
    days = 0 if meeting.urgent else rule_of(meeting.region).notice_days
    first = Calendar.current().add_working_days(today, days) if days else today
    squeezed = (
        meeting.kind == MeetingKind.QUARTERLY and today <= end < first
    )  # the quarter leaves no room for it
    if day < first and not squeezed:
        raise BadInput(
            _("Departments are told %(n)d working days before: choose %(day)s or later.")
            % {"n": days, "day": first.isoformat()},
            field="starts_at",
        )
    if meeting.kind == MeetingKind.QUARTERLY and today <= end < day:
        raise BadInput(
            _(
                "This is the meeting of a quarter that ends on %(day)s. Hold it by then, or say why there is none."
            )
            % {"day": end.isoformat()},
            field="starts_at",
        )


def _words(starts_at: dt.datetime, place: str, at: dt.datetime, meeting: Meeting) -> str:
    check_day(meeting, starts_at, at)
    return needed(place, "place", _("Say where it is held."))


def _send(meeting: Meeting, *, again: bool, reason: str, by: User, at: dt.datetime) -> None:
    """Ask everybody, then number and print the notice, last."""
    meeting.attendances.update(**NOBODY, updated_at=at)
    for attendance in meeting.attendances.select_related("department").order_by("pk"):
        notices.tell_department(
            attendance.department, meeting, "was_moved" if again else "invitation", at=at,
            starts_on=meeting.day,
        )  # fmt: skip
    document = issue_document(
        kind=NOTICE, department=meeting.office, target=meeting, case=None,
        context=contexts.of_notice(meeting, again=again, reason=reason, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(notice=document)
    meeting.notice = document
    notices.note(
        "called_again" if again else "called", meeting, by=by, at=at, starts_on=meeting.day,
        place=meeting.place, number=document.number, reason=reason,
    )  # fmt: skip


@transaction.atomic
def call_meeting(
    *, meeting: Meeting, starts_at: dt.datetime, place: str, chair: str = "", requirements: str = "", by: User,
    at: dt.datetime,
) -> Meeting:  # fmt: skip
    """Call the meeting: the agenda is collected a last time and pinned, the notice numbered, everybody invited.

    :raises BadInput: see `check_day`; no place, or nothing on the agenda
    :raises WrongState, MovedOn: it was called already
    """
    lock_meeting(meeting)
    place = _words(starts_at, place, at, meeting)
    if meeting.status == MeetingStatus.PLANNED:
        ask_members(meeting, at)
        collect_agenda(meeting=meeting, by=by, at=at)
    if not meeting.items.listed().exists():
        raise BadInput(_("Nothing is on the agenda. Put at least one topic on it."))
    move(
        meeting, MeetingStatus.CALLED, at=at, starts_at=starts_at, place=place, chair=chair.strip(),
        requirements=requirements.strip(), called_by=by, called_at=at,
    )  # fmt: skip
    _send(meeting, again=False, reason="", by=by, at=at)
    return meeting


@transaction.atomic
def call_again(
    *, meeting: Meeting, starts_at: dt.datetime, place: str, reason: str, by: User, at: dt.datetime
) -> Meeting:
    """Another day or place: a new notice, and everybody says anew who comes. The first notice stays as it was.

    :raises BadInput: see `check_day`; no place or no reason
    :raises WrongState: it was not called, or is over
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.CALLED:
        raise WrongState(state=meeting.status)
    reason, place = needed(reason), _words(starts_at, place, at, meeting)
    meeting.starts_at, meeting.place, meeting.sequence = starts_at, place, meeting.sequence + 1
    meeting.updated_at, meeting.version = at, meeting.version + 1
    meeting.save(update_fields=["starts_at", "place", "sequence", "updated_at", "version"])
    _send(meeting, again=True, reason=reason, by=by, at=at)
    return meeting


@transaction.atomic
def invite(*, meeting: Meeting, department: Department, by: User, at: dt.datetime) -> Attendance:
    """Ask a further department of the region to attend without vote (列席); after the notice it is told at once.

    One without an account is served on paper, and the office enters what it answers (`on_paper`).

    :raises BadInput: it is of another region, is no more, or is asked already
    :raises WrongState: the meeting is over
    """
    lock_open(meeting)
    if not Department.objects.active().filter(pk=department.pk, region=meeting.region).exists():
        raise BadInput(_("Choose a department of this region."), field="department")
    if department.pk == meeting.office_id or meeting.attendances.filter(department=department).exists():
        raise BadInput(_("This department is asked already."), field="department")
    attendance = Attendance.objects.create(
        meeting=meeting, department=department, member=False, created_at=at, updated_at=at
    )
    notices.note("invited", meeting, by=by, at=at, department=department.pk)
    if meeting.starts_at is not None:
        notices.tell_department(department, meeting, "invitation", at=at, starts_on=meeting.day)
    return attendance
