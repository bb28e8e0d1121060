"""What meetings put on the workbench and beside the navigation."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import local_date
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import Role
from departments.models import User
from meetings import rules
from meetings.enums import Answer, ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Attendance, Meeting


def to_answer(user: User) -> QuerySet[Attendance]:
    """Invitations of one's department nobody has answered."""
    if not rules.can_list(user) or not user.has_role(*rules.ANSWERING):
        return Attendance.objects.none()
    return Attendance.objects.visible_to(user).filter(
        department=user.department, answer=Answer.NONE, meeting__status=MeetingStatus.CALLED
    )


def to_name(user: User) -> QuerySet[Attendance]:
    """Meetings for which one's department has said neither a topic nor that it has none."""
    if not rules.can_list(user) or not user.has_role(*rules.ANSWERING):
        return Attendance.objects.none()
    return Attendance.objects.visible_to(user).filter(
        department=user.department, member=True, topics_answered_at=None, meeting__status=MeetingStatus.PLANNED,
        meeting__topics_by__isnull=False,
    )  # fmt: skip


def to_sort(user: User) -> QuerySet[AgendaItem]:
    """Proposed topics the office has not taken on or refused."""
    if not rules.convenes(user):
        return AgendaItem.objects.none()
    open_ones = Q(meeting__status__in=(MeetingStatus.PLANNED, MeetingStatus.CALLED))
    return AgendaItem.objects.visible_to(user).filter(open_ones, status=ItemStatus.PROPOSED)


def to_close(user: User) -> QuerySet[Meeting]:
    """Meetings the office prepares or holds."""
    if not rules.convenes(user):
        return Meeting.objects.none()
    return Meeting.objects.visible_to(user).open()


def _row(phrase: str, url: str, label: str, meeting: Meeting, **more) -> TaskRow:
    return TaskRow(
        phrase=phrase, url=url, source=str(meeting.office), action_label=label, action_url=url,
        sort=meeting.updated_at, **more,
    )  # fmt: skip


def todo_rows(user: User, limit: int) -> Iterable[TaskRow]:
    rows = []
    for each in to_answer(user).select_related("meeting__office").order_by("pk")[:limit]:
        url = reverse("meetings:answer", args=[each.pk])
        rows.append(_row(_("Say who comes to %(title)s") % {"title": each.meeting}, url, _("Answer"), each.meeting,
                         due=each.meeting.day))  # fmt: skip
    for each in to_name(user).select_related("meeting__office").order_by("pk")[:limit]:
        phrase = _("Name topics for %(title)s") % {"title": each.meeting}
        rows.append(
            _row(phrase, each.meeting.get_absolute_url(), _("Open"), each.meeting, due=each.meeting.topics_by)
        )
    for item in to_sort(user).select_related("meeting__office").order_by("pk")[:limit]:
        phrase = _("Take a proposed topic onto the agenda or refuse it: %(topic)s") % {"topic": item.title}
        rows.append(_row(phrase, item.get_absolute_url(), _("Open"), item.meeting))
    for meeting in to_close(user).select_related("office").order_by("pk")[:limit]:
        called = meeting.status == MeetingStatus.CALLED
        phrase = _("Hold %(title)s") if called else _("Prepare and call %(title)s")
        rows.append(_row(phrase % {"title": meeting}, meeting.get_absolute_url(), _("Open"), meeting,
                         due=meeting.day if called else None))  # fmt: skip
    return rows[:limit]


def waiting(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    return [to_answer(user), to_name(user), to_sort(user), to_close(user)]


def told_when_late(deadline, stage, at):
    """The quarter is about to pass, or has passed, without its meeting: the office's coordinators are told."""
    return User.objects.acting_for(deadline.department, Role.COORDINATOR, Role.OBSERVER, on=local_date(at))
