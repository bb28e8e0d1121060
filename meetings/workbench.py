"""What meetings put on the workbench and beside the navigation."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, OUTSIDE_CASES, Function, Role
from departments.models import Post, User
from journal.models import Event
from meetings import rules
from meetings.actions.minutes import SIGNERS
from meetings.enums import UNFINISHED, Answer, ItemStatus, MeetingStatus, ResolutionStatus, SignKind
from meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingRule,
    Minutes,
    MinutesEdit,
    Resolution,
    Signature,
)
from meetings.reading import task_clocks, task_lamps


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


def minutes_to_do(user: User) -> QuerySet[Minutes]:
    """Minutes whose next step is this person's: to edit and circulate, countersign, or number."""
    if not rules.can_list(user):
        return Minutes.objects.none()
    mine = Q(pk__in=())
    sent = Q(meeting__status=MeetingStatus.CIRCULATED)
    if rules.convenes(user):
        mine |= Q(meeting__status=MeetingStatus.DRAFTED) | (sent & Q(approved_at__isnull=False))
    if user.has_role(*SIGNERS):
        asked = Attendance.objects.filter(
            meeting=OuterRef("meeting"), department=user.department, member=True
        )
        said = Signature.objects.filter(minutes=OuterRef("pk"), department=user.department, voided_at=None)
        mine |= sent & Exists(asked) & ~Exists(said)
    return Minutes.objects.visible_to(user).filter(mine)


def to_issue(user: User) -> QuerySet[Minutes]:
    """Minutes that wait for their 签发人: every member has countersigned, or the last day for it has passed.

    After that day whoever signs says why they are issued without the others. Who edited or circulated them does not sign.
    """
    if not rules.can_list(user) or not user.has_role(*SIGNERS):
        return Minutes.objects.none()
    signed = Signature.objects.filter(
        minutes=OuterRef(OuterRef("pk")), text_version=OuterRef(OuterRef("text_version")),
        department=OuterRef("department"), kind=SignKind.SIGNED, voided_at=None,
    )  # fmt: skip
    wanting = Attendance.objects.filter(~Exists(signed), meeting=OuterRef("meeting"), member=True)
    wrote = MinutesEdit.objects.filter(part__minutes=OuterRef("pk"), by=user)
    sent = Event.objects.filter(
        verb="meeting.minutes_circulated", target_kind=Meeting.kind_code, target_id=OuterRef("meeting"), actor_id=user.pk
    )
    found = Minutes.objects.visible_to(user).filter(
        ~Exists(wanting) | Q(sign_by__lt=local_date(timezone.now())), ~Exists(wrote), ~Exists(sent),
        meeting__status=MeetingStatus.CIRCULATED, approved_at=None,
    )  # fmt: skip
    return of_signers(found.exclude(meeting__circulated_by=user), user)


def of_signers(found: QuerySet[Any], user: User) -> QuerySet[Any]:
    """These where the person's department signs for issue: the office, or the lead of the region's rule; else none."""
    if user.department.function == Function.OFFICE:
        return found
    lead = Subquery(MeetingRule.objects.of(user.region).values("lead")[:1])  # within the one statement
    return found.alias(lead=lead).filter(lead=user.department.function)


def my_tasks(user: User) -> QuerySet[Resolution]:
    """Resolutions whose next step is this person's: to do, to confirm, or to give to somebody who has not left."""
    if not rules.can_list(user):
        return Resolution.objects.none()
    mine = Q(person=user, department=user.department, status=ResolutionStatus.OPEN)
    if rules.convenes(user):
        mine |= Q(office=user.department, status=ResolutionStatus.REPORTED)
    if user.has_role(*LEADERS):
        held = Post.objects.current().filter(user=OuterRef("person"), department=OuterRef("department"))
        left = ~Exists(held.exclude(role__in=OUTSIDE_CASES)) | Q(person__is_active=False)
        mine |= Q(department=user.department, status__in=UNFINISHED, person__isnull=False) & left
    return Resolution.objects.visible_to(user).filter(mine)


@stepwise
def task_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """The last days first, with their lamps."""
    found = asked.rows(my_tasks(user).for_list().order_by("due_on", "pk")[:limit])
    yield
    clocks = asked.rows(task_clocks(found))
    yield
    rows = []
    for task, lamp in zip(found, task_lamps(found, clocks), strict=True):
        if task.status == ResolutionStatus.REPORTED and rules.convenes(user):
            phrase = _("Confirm or send back: %(task)s")
        elif task.person_id != user.pk:
            phrase = _("Name another person, the one named has left: %(task)s")
        elif task.answer_by is not None:
            phrase = _("Answer the supervision: %(task)s")
        else:
            phrase = _("Resolution: %(task)s")
        rows.append(TaskRow(
            phrase=phrase % {"task": task}, url=task.get_absolute_url(), source=str(task.office),
            lamp=lamp.color if lamp else "n", days=lamp.days if lamp else None, due=task.answer_by or task.due_on,
            action_label=_("Open"), action_url=task.get_absolute_url(), sort=task.updated_at,
            target=(task.kind_code, task.pk),
        ))  # fmt: skip
    return rows


def tasks_waiting(user: User) -> Countable:
    """What the side navigation counts beside the ledger."""
    return my_tasks(user)


def tasks_in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over (DESIGN §3)."""
    held = Resolution.objects.unfinished().filter(person=post.user_id, department=post.department_id)
    return [_("Hand over the resolution “%(task)s”.") % {"task": task} for task in held.order_by("pk")]


def _row(phrase: str, url: str, label: str, meeting: Meeting, **more) -> TaskRow:
    return TaskRow(
        phrase=phrase, url=url, source=str(meeting.office), action_label=label, action_url=url,
        sort=meeting.updated_at, target=(meeting.kind_code, meeting.pk), **more,
    )  # fmt: skip


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    rows = []
    answering, naming, sorting, writing, issuing = (
        asked.rows(found(user).select_related("meeting__office").order_by("pk")[:limit])
        for found in (to_answer, to_name, to_sort, minutes_to_do, to_issue)
    )
    closing = asked.rows(to_close(user).select_related("office").order_by("pk")[:limit])
    yield
    for each in answering:
        url = reverse("meetings:answer", args=[each.pk])
        rows.append(_row(_("Say who comes to %(title)s") % {"title": each.meeting}, url, _("Answer"), each.meeting,
                         due=each.meeting.day))  # fmt: skip
    for each in naming:
        phrase = _("Name topics for %(title)s") % {"title": each.meeting}
        rows.append(
            _row(phrase, each.meeting.get_absolute_url(), _("Open"), each.meeting, due=each.meeting.topics_by)
        )
    for item in sorting:
        phrase = _("Take a proposed topic onto the agenda or refuse it: %(topic)s") % {"topic": item.title}
        rows.append(_row(phrase, item.get_absolute_url(), _("Open"), item.meeting))
    for meeting in closing:
        called = meeting.status == MeetingStatus.CALLED
        phrase = _("Hold %(title)s") if called else _("Prepare and call %(title)s")
        rows.append(_row(phrase % {"title": meeting}, meeting.get_absolute_url(), _("Open"), meeting,
                         due=meeting.day if called else None))  # fmt: skip
    for minutes in writing:
        if minutes.meeting.status == MeetingStatus.DRAFTED:
            phrase = _("Edit and circulate the minutes of %(title)s")
            if minutes.returned_at is not None:
                phrase = _("The signer sent the minutes back, mend and circulate them: %(title)s")
        elif minutes.approved_at is not None:
            phrase = _("Number the minutes of %(title)s")
        else:
            phrase = _("Countersign the minutes of %(title)s")
        phrase = phrase % {"title": minutes.meeting}
        rows.append(_row(phrase, minutes.get_absolute_url(), _("Open"), minutes.meeting, due=minutes.sign_by))
    for minutes in issuing:
        phrase = _("Sign the minutes of %(title)s for issue") % {"title": minutes.meeting}
        rows.append(_row(phrase, minutes.get_absolute_url(), _("Open"), minutes.meeting))
    return rows[:limit]


def waiting(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    return [
        to_answer(user),
        to_name(user),
        to_sort(user),
        to_close(user),
        minutes_to_do(user),
        to_issue(user),
    ]


def told_when_late(deadline, stage, at):
    """The quarter is about to pass, or has passed, without its meeting: the office's coordinators are told."""
    return User.objects.acting_for(deadline.department, Role.COORDINATOR, Role.OBSERVER, on=local_date(at))
