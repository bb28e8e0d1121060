"""Who may do what with a meeting. The office convenes; a department names topics, answers, and hands in material."""

from departments.enums import LEADERS, Function, Role
from departments.models import Department, User
from departments.rules import can_keep_dictionaries
from meetings.enums import OPEN_MEETING, ItemKind, ItemStatus, MeetingStatus, Outcome
from meetings.models import AgendaItem, Attendance, Material, Meeting, Proposal
from meetings.querysets import may_meet

# who speaks for a department: names topics and hands in material; who says that somebody comes
SPEAKING = (Role.HANDLER, Role.REGISTRAR, *LEADERS)
ANSWERING = (Role.REGISTRAR, *LEADERS)


def can_list(user: User) -> bool:
    """Whoever meets business data sees the meetings their department was asked to."""
    return may_meet(user)


def convenes(user: User) -> bool:
    """The coordinator of the leading group's office (C30)."""
    return may_meet(user) and user.has_role(Role.COORDINATOR) and user.department.function == Function.OFFICE


def keeps(user: User, meeting: Meeting) -> bool:
    """The coordinator of the office that convenes this meeting."""
    return convenes(user) and user.department.pk == meeting.office_id


def can_keep_rule(user: User) -> bool:
    """How the county meets: its system administrator, or the head of the leading group's office."""
    head = may_meet(user) and user.has_role(Role.HEAD) and user.department.function == Function.OFFICE
    return user.is_authenticated and user.region is not None and (head or can_keep_dictionaries(user))


def can_open(user: User) -> bool:
    """An ad-hoc meeting; quarters are opened by the job."""
    return convenes(user)


def can_set_topics(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.PLANNED and keeps(user, meeting)


def can_skip(user: User, meeting: Meeting) -> bool:
    """The action refuses it once something is decided."""
    return meeting.status in OPEN_MEETING and keeps(user, meeting)


def can_collect(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.PLANNED and keeps(user, meeting)


def can_add(user: User, meeting: Meeting) -> bool:
    return meeting.status in OPEN_MEETING and keeps(user, meeting)


def can_call(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.PLANNED and keeps(user, meeting)


def can_call_again(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.CALLED and keeps(user, meeting)


def can_invite(user: User, meeting: Meeting) -> bool:
    return meeting.status in OPEN_MEETING and keeps(user, meeting)


def can_record(user: User, meeting: Meeting) -> bool:
    """Who came; the action refuses it before the day."""
    return meeting.status == MeetingStatus.CALLED and keeps(user, meeting)


def can_close(user: User, meeting: Meeting) -> bool:
    """The action says what is still open."""
    return meeting.status == MeetingStatus.CALLED and keeps(user, meeting)


def is_asked(department: Department, meeting: Meeting) -> bool:
    return meeting.attendances.filter(department=department).exists()


def can_propose(user: User, meeting: Meeting) -> bool:
    """Topics are proposed by the departments that were asked, until the meeting is closed."""
    return (
        meeting.status in OPEN_MEETING
        and may_meet(user)
        and user.has_role(*SPEAKING)
        and is_asked(user.department, meeting)
    )


def can_answer(user: User, attendance: Attendance) -> bool:
    """The registrar or a leader of the department that was invited."""
    return (
        attendance.meeting.status == MeetingStatus.CALLED
        and may_meet(user)
        and user.has_role(*ANSWERING)
        and user.department.pk == attendance.department_id
    )


def _under_way(item: AgendaItem) -> bool:
    return item.meeting.status in OPEN_MEETING and item.outcome == Outcome.OPEN


def can_edit(user: User, item: AgendaItem) -> bool:
    return _under_way(item) and keeps(user, item.meeting)


def can_move(user: User, item: AgendaItem) -> bool:
    return (
        item.status == ItemStatus.LISTED and item.meeting.status in OPEN_MEETING and keeps(user, item.meeting)
    )


def can_merge(user: User, item: AgendaItem) -> bool:
    return item.status == ItemStatus.LISTED and item.kind != ItemKind.FOLLOW_UP and can_edit(user, item)


def can_drop(user: User, item: AgendaItem) -> bool:
    return (
        item.status in (ItemStatus.PROPOSED, ItemStatus.LISTED)
        and item.kind != ItemKind.FOLLOW_UP
        and can_edit(user, item)
    )


def can_take(user: User, item: AgendaItem) -> bool:
    """Onto the agenda, or back."""
    return item.status != ItemStatus.LISTED and can_edit(user, item)


def can_hand_in(user: User, item: AgendaItem) -> bool:
    """Material: the department that proposed the topic, and the office."""
    if item.status not in (ItemStatus.PROPOSED, ItemStatus.LISTED) or not _under_way(item):
        return False
    if keeps(user, item.meeting):
        return True
    return may_meet(user) and user.has_role(*SPEAKING) and user.department.pk == item.department_id


def can_pin_file(user: User, item: AgendaItem) -> bool:
    """Some version of a file of it; which ones lie there already is asked of each."""
    return item.status == ItemStatus.LISTED and can_edit(user, item)


def can_pin(user: User, material: Material) -> bool:
    return not material.pinned and can_pin_file(user, material.item)


def can_pin_thing(user: User, item: AgendaItem) -> bool:
    pinned = item.pinned_version is not None or item.target_kind == Proposal.kind_code
    return item.status == ItemStatus.LISTED and pinned and can_edit(user, item)


def can_decide(user: User, item: AgendaItem) -> bool:
    """Decide, defer or note; the action refuses it before the meeting and without quorum."""
    return (
        item.status == ItemStatus.LISTED
        and item.meeting.status == MeetingStatus.CALLED
        and item.outcome == Outcome.OPEN
        and keeps(user, item.meeting)
    )


def can_reopen(user: User, item: AgendaItem) -> bool:
    return (
        item.status == ItemStatus.LISTED
        and item.meeting.status == MeetingStatus.CALLED
        and item.outcome != Outcome.OPEN
        and keeps(user, item.meeting)
    )
