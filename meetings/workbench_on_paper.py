"""What departments without an account put on the workbench of the office: to be asked by letter, and entered."""


from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import Role
from departments.models import User
from meetings import rules, workbench
from meetings.enums import Answer, MeetingStatus, ResolutionStatus, SignKind
from meetings.models import Attendance, Meeting, Minutes, Resolution, Signature
from meetings.querysets import may_meet
from meetings.reading import task_clocks, task_lamps


def records(user: User) -> bool:
    """The coordinator of the office, and its registrar."""
    return rules.convenes(user) or (may_meet(user) and user.has_role(Role.REGISTRAR))


def to_enter(user: User) -> QuerySet[Attendance]:
    """Departments without an account that have not answered the invitation, named no topic yet, or do not know yet that
    a called meeting was given up."""
    if not records(user):
        return Attendance.objects.none()
    called = Q(answer=Answer.NONE, meeting__status=MeetingStatus.CALLED)
    wanted = Q(member=True, topics_answered_at=None, meeting__status=MeetingStatus.PLANNED)
    untold = Q(pk__in=Attendance.objects.visible_to(user).untold())
    return Attendance.objects.visible_to(user).filter(
        called | (wanted & Q(meeting__topics_by__isnull=False)) | untold, department__has_account=False,
        meeting__office=user.department,
    )  # fmt: skip


def to_sign(user: User) -> QuerySet[Minutes]:
    """Minutes a member without an account has not countersigned."""
    if not records(user):
        return Minutes.objects.none()
    said = Signature.objects.filter(
        minutes=OuterRef(OuterRef("pk")), text_version=OuterRef(OuterRef("text_version")),
        department=OuterRef("department"), kind=SignKind.SIGNED, voided_at=None,
    )  # fmt: skip
    wanting = Attendance.objects.filter(
        ~Exists(said), meeting=OuterRef("meeting"), member=True, department__has_account=False
    )
    return Minutes.objects.visible_to(user).filter(
        Exists(wanting),
        meeting__status=MeetingStatus.CIRCULATED,
        meeting__office=user.department,
        approved_at=None,
    )


def to_report(user: User) -> QuerySet[Resolution]:
    """Tasks of departments without an account: what they have done is entered by the office."""
    if not records(user):
        return Resolution.objects.none()
    return Resolution.objects.visible_to(user).filter(
        office=user.department, department__has_account=False, status=ResolutionStatus.OPEN
    )


def _row(phrase: str, url: str, meeting: Meeting, **more) -> TaskRow:
    return TaskRow(
        phrase=phrase, url=url, source=str(meeting.office), action_label=_("Enter"), action_url=url,
        sort=meeting.updated_at, target=(meeting.kind_code, meeting.pk), **more,
    )  # fmt: skip


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    rows = []
    entering = asked.rows(to_enter(user).select_related("meeting__office", "department").order_by("pk")[:limit])
    signing = asked.rows(to_sign(user).select_related("meeting__office").order_by("pk")[:limit])
    yield
    for each in entering:
        called = each.meeting.status == MeetingStatus.CALLED
        given_up = each.meeting.status == MeetingStatus.SKIPPED
        phrase = _("Enter the written answer of %(department)s: %(title)s")
        if not called:
            phrase = _("Ask %(department)s for topics on paper and enter them: %(title)s")
        if given_up:
            phrase = _("Tell %(department)s on paper that the meeting is not held: %(title)s")
        step = "enter_notice" if given_up else "enter_answer" if called else "enter_topics"
        due = each.meeting.day if called or given_up else each.meeting.topics_by
        words = phrase % {"department": each.department, "title": each.meeting}
        rows.append(_row(words, reverse(f"meetings:{step}", args=[each.pk]), each.meeting, due=due))
    for minutes in signing:
        words = _("Enter the written countersignatures: %(title)s") % {"title": minutes.meeting}
        url = reverse("meetings:enter_signature", args=[minutes.pk])
        rows.append(_row(words, url, minutes.meeting, due=minutes.sign_by))
    return rows[:limit]


@stepwise
def task_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """The last days first, with their lamps."""
    found = asked.rows(to_report(user).for_list().order_by("due_on", "pk")[:limit])
    yield
    clocks = asked.rows(task_clocks(found))
    yield
    rows = []
    for task, lamp in zip(found, task_lamps(found, clocks), strict=True):
        phrase = _("Ask %(department)s on paper and enter what it reports: %(task)s")
        if task.answer_by is not None:
            phrase = _("Enter how %(department)s answers the supervision: %(task)s")
        rows.append(TaskRow(
            phrase=phrase % {"department": task.department, "task": task},
            url=task.get_absolute_url(), source=str(task.office), lamp=lamp.color if lamp else "n",
            days=lamp.days if lamp else None, due=task.answer_by or task.due_on, action_label=_("Open"),
            action_url=task.get_absolute_url(), sort=task.updated_at,
            target=(task.kind_code, task.pk),
        ))  # fmt: skip
    return rows


def waiting(user: User) -> Countable:
    return [to_enter(user), to_sign(user)]


def tasks_waiting(user: User) -> Countable:
    return to_report(user)


def beside_meetings(user: User) -> Countable:
    """What the side navigation counts beside the meetings: what this person must do, on paper too."""
    return [*workbench.waiting(user), to_enter(user), to_sign(user)]


def beside_ledger(user: User) -> Countable:
    """Likewise beside the ledger."""
    return [workbench.my_tasks(user), to_report(user)]
