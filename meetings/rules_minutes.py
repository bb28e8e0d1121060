"""Who may do what with minutes: the office writes and circulates, members countersign, a leader signs for issue."""

from departments.enums import Function, Role
from departments.models import User
from meetings.actions.minutes import EDITABLE, SIGNERS
from meetings.actions.quarter import rule_of
from meetings.enums import MeetingStatus, SignKind
from meetings.models import Attendance, Minutes, MinutesPart
from meetings.querysets import may_meet
from meetings.rules import keeps


def can_edit_part(user: User, part: MinutesPart) -> bool:
    return part.minutes.meeting.status in EDITABLE and keeps(user, part.minutes.meeting)


def can_circulate(user: User, minutes: Minutes) -> bool:
    return minutes.meeting.status == MeetingStatus.DRAFTED and keeps(user, minutes.meeting)


def can_sign(user: User, minutes: Minutes) -> bool:
    """分管领导 or 主要负责人 of a member (C31), once a version; who objected may countersign later."""
    meeting = minutes.meeting
    if meeting.status != MeetingStatus.CIRCULATED or not may_meet(user) or not user.has_role(*SIGNERS):
        return False
    if not Attendance.objects.filter(meeting=meeting, department=user.department, member=True).exists():
        return False
    return not minutes.signatures.filter(
        department=user.department, voided_at=None, kind=SignKind.SIGNED
    ).exists()


def can_approve(user: User, minutes: Minutes) -> bool:
    """The action refuses who wrote them."""
    return minutes.approved_at is None and can_return(user, minutes)


def can_return(user: User, minutes: Minutes) -> bool:
    """签发人, also after one signed: a deputy head or the head of the lead department or the office."""
    meeting = minutes.meeting
    if meeting.status != MeetingStatus.CIRCULATED or not may_meet(user):
        return False
    if not user.has_role(Role.DEPUTY_HEAD, Role.HEAD) or user.department.region_id != meeting.region_id:
        return False
    return user.department.function in (Function.OFFICE, rule_of(meeting.region).lead)


def can_issue(user: User, minutes: Minutes) -> bool:
    return (
        minutes.meeting.status == MeetingStatus.CIRCULATED
        and minutes.approved_at is not None
        and keeps(user, minutes.meeting)
    )
