"""Who comes: a department answers the invitation, and who came is recorded (出席, 请假, 列席)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import BadInput, WrongState
from departments.models import User
from meetings import notices
from meetings.actions.common import in_charge, lock_meeting, needed
from meetings.enums import Answer, MeetingStatus, Presence
from meetings.models import Attendance, Meeting

WHO_CAME = {
    True: (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT),
    False: (Presence.OBSERVING, Presence.LEAVE, Presence.ABSENT),
}


@transaction.atomic
def answer_invitation(
    *, attendance: Attendance, answer: str, person: User | None = None, job_title: str = "", reason: str = "",
    by: User, at: dt.datetime,
) -> Attendance:  # fmt: skip
    """Accept, send a substitute, or ask for leave; the last word counts, until the meeting is closed.

    :raises BadInput: nobody named who comes, one who holds no post there, or leave without a reason
    :raises WrongState: the meeting was not called, or is over
    """
    coming = asked(attendance, answer)
    name = ""
    if coming:
        if person is None:
            raise BadInput(_("Name who comes."), field="person")
        in_charge(attendance.department, person, at)
        name, job_title = person.name, job_title.strip() or person.job_title
    else:
        person = None
    write_answer(
        attendance, answer, person=person, person_name=name, job_title=job_title, reason=reason, by=by, at=at
    )
    return attendance


def asked(attendance: Attendance, answer: str) -> bool:
    """The invitation under its meeting's lock, as it is now; whether the answer says that somebody comes.

    :raises BadInput: no such answer
    :raises WrongState: the meeting was not called, or is over
    """
    lock_meeting(attendance.meeting)
    if attendance.meeting.status != MeetingStatus.CALLED:
        raise WrongState(_("This meeting asks nobody at present."))
    attendance.refresh_from_db()
    if answer not in (Answer.ACCEPTED, Answer.SUBSTITUTE, Answer.LEAVE):
        raise BadInput(_("Say whether somebody comes."), field="answer")
    return answer != Answer.LEAVE


def write_answer(
    attendance: Attendance, answer: str, *, person: User | None, person_name: str, job_title: str, reason: str, by: User,
    at: dt.datetime,
) -> None:  # fmt: skip
    """The answer of a department, on the record and to the office.

    :raises BadInput: leave without a reason
    """
    meeting, coming = attendance.meeting, answer != Answer.LEAVE
    job_title, reason = (job_title.strip(), "") if coming else ("", needed(reason))
    values = {
        "answer": answer, "person": person, "person_name": person_name, "job_title": job_title, "leave_reason": reason,
        "answered_by": by, "answered_at": at, "updated_at": at, "version": attendance.version + 1,
    }  # fmt: skip
    _write(attendance, values)
    notices.note(
        "answered",
        meeting,
        by=by,
        at=at,
        department=attendance.department_id,
        invitation=answer,
        reason=reason,
    )
    if not coming:
        notices.tell_office(meeting, "leave_asked", at=at, from_department=attendance.department_id)


def _write(attendance: Attendance, values: dict) -> None:
    for name, value in values.items():
        setattr(attendance, name, value)
    attendance.save(update_fields=list(values))


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, presences: Mapping[int, str], by: User, at: dt.datetime
) -> Meeting:
    """Write down who came: {attendance id: presence}. It may be corrected until the meeting is closed.

    :raises BadInput: the meeting has not begun, somebody is left out, or 列席 of a member (field `presence_<id>`)
    :raises WrongState: the meeting was not called, or is over
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.CALLED:
        raise WrongState(_("Attendance is recorded at the meeting, until it is closed."))
    if local_date(at) < meeting.day:
        raise BadInput(_("The meeting has not begun: record the attendance on its day."))
    rows = list(meeting.attendances.select_related("department").order_by("pk"))
    faults = {}
    for row in rows:
        said = presences.get(row.pk, "")
        if said not in WHO_CAME[row.member]:
            faults[f"presence_{row.pk}"] = _("Say whether %(department)s came.") % {
                "department": row.department
            }
    if faults:
        raise BadInput.several(faults)
    for row in rows:
        _write(row, {
            "presence": presences[row.pk], "recorded_by": by, "recorded_at": at, "updated_at": at,
            "version": row.version + 1,
        })  # fmt: skip
    members = [row for row in rows if row.member]
    present = sum(row.presence == Presence.PRESENT for row in members)
    notices.note("attendance_recorded", meeting, by=by, at=at, present=present, members=len(members))
    return meeting
