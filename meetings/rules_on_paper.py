"""Who enters what came on paper from a department without an account: the office's coordinator, or its registrar."""

from departments.enums import Role
from departments.models import User
from meetings.actions.on_paper import silent, unsigned
from meetings.enums import OPEN_MEETING, MeetingStatus
from meetings.models import Attendance, Meeting, Minutes
from meetings.querysets import may_meet
from meetings.rules import keeps


def records(user: User, meeting: Meeting) -> bool:
    """Of the office that convenes this meeting."""
    registrar = may_meet(user) and user.has_role(Role.REGISTRAR) and user.department.pk == meeting.office_id
    return registrar or keeps(user, meeting)


def can_ask_on_paper(user: User, meeting: Meeting) -> bool:
    """The letter that asks members without an account for topics, once for each day set."""
    wanted = meeting.status == MeetingStatus.PLANNED and meeting.topics_by is not None
    return wanted and meeting.topics_letter_id is None and records(user, meeting) and bool(silent(meeting))


def can_enter_topics(user: User, attendance: Attendance) -> bool:
    open_one = attendance.meeting.status in OPEN_MEETING
    return open_one and not attendance.department.has_account and records(user, attendance.meeting)


def can_enter_answer(user: User, attendance: Attendance) -> bool:
    called = attendance.meeting.status == MeetingStatus.CALLED
    return called and not attendance.department.has_account and records(user, attendance.meeting)


def can_enter_notice(user: User, attendance: Attendance) -> bool:
    """That the notice was served; of a called meeting that was given up, that the department was told of it."""
    meeting = attendance.meeting
    if meeting.status == MeetingStatus.SKIPPED:
        return records(user, meeting) and meeting.attendances.untold().filter(pk=attendance.pk).exists()
    return can_enter_answer(user, attendance)


def can_enter_signature(user: User, minutes: Minutes) -> bool:
    sent = minutes.meeting.status == MeetingStatus.CIRCULATED
    return sent and records(user, minutes.meeting) and bool(unsigned(minutes))
