"""What tasks from above and beside put on the workbench, the case page and the side navigation."""

from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case
from cases.querysets import may_hold_cases
from core.dates import local_date
from core.gathering import Gathering, Steps, side_by_side, stepwise
from core.memory import remembered
from core.registry import TaskRow
from core.tally import Countable
from deadlines.models import Deadline
from departments.enums import LEADERS, Role
from departments.models import Post, User
from referrals import notices_above as notices
from referrals import offers, offers_above, reading, reading_above
from referrals.actions.above_cases import designation
from referrals.enums import PaperStatus
from referrals.enums_above import TASK_OPEN, TASK_OWING, Outcome, TaskStatus
from referrals.models import Task, TaskExtension, TaskLetter
from referrals.rules_above import OVERSEEING
from referrals.workbench import MOST, waiting_papers


def waiting(user: User) -> QuerySet[Task]:
    """Tasks whose next step is this person's: to assign, to accept, to work, to close."""
    mine = Q(handler=user, department=user.department, status__in=(TaskStatus.ASSIGNED, TaskStatus.ACCEPTED))
    if user.has_role(*LEADERS):
        mine |= Q(department=user.department, handling="suspended")
    overseen = Q(status__in=(TaskStatus.REGISTERED, TaskStatus.REPORTED))
    if user.has_role(Role.COORDINATOR):
        mine |= overseen
    elif user.has_role(*OVERSEEING):
        mine |= overseen & Q(registered_in=user.department)
    return Task.objects.visible_to(user).filter(mine)


def _rows(found: QuerySet[Task], user: User, limit: int, asked: Gathering) -> Steps:
    tasks = asked.rows(found.for_list()[: min(limit, MOST)])
    yield
    ids = [task.pk for task in tasks]
    asked.hang_each(tasks, "extensions", TaskExtension.objects.filter(task__in=ids))  # door: of tasks they see
    asked.hang_each(tasks, "letters", TaskLetter.objects.filter(task__in=ids))  # door: of tasks they see
    clocks = yield from reading_above.lit.steps(tasks, Task.kind_code, asked)
    rows = []
    for task in tasks:
        offered = offers_above.of_task(user, task)
        label = str(offered[0].label) if offered else ""
        url = task.get_absolute_url()
        rows.append(
            TaskRow(
                phrase=f"{label or task.get_status_display()}：{task.subject}",
                url=url,
                source=task.body_name,
                action_label=label,
                action_url=offered[0].url if offered and not offered[0].direct else url,
                sort=task.updated_at,
                target=(task.kind_code, task.pk),
                **reading.lamp_row(clocks.get(task.pk)),
            )
        )
    return rows


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    if user.department is None:
        return []
    readings = [partial(_rows, waiting(user), user, limit), partial(_letter_rows, user, limit)]
    tasks, letters = yield from side_by_side(readings, asked)
    return tasks + letters


def _letter_rows(user: User, limit: int, asked: Gathering) -> Steps:
    found = waiting_papers(user, TaskLetter).select_related("task", "department", "drafted_by")
    letters = asked.rows(found[: min(limit, MOST)])
    yield
    clocks = yield from reading_above.lit.steps([letter.task for letter in letters], Task.kind_code, asked)
    rows = []
    for letter in letters:
        offered = offers.of_paper(user, letter)
        label = str(offered[0].label) if offered else ""
        rows.append(
            TaskRow(
                phrase=f"{label}：{letter}" if label else str(letter),
                url=letter.get_absolute_url(),
                source=letter.task.body_name,
                action_label=label,
                action_url=letter.get_absolute_url(),
                sort=letter.updated_at,
                target=(letter.kind_code, letter.pk),
                **reading.lamp_row(clocks.get(letter.task_id)),
            )
        )
    return rows


def todo_count(user: User) -> Countable:
    if user.department is None:
        return 0
    return [waiting(user), waiting_papers(user, TaskLetter)]


def _done(user: User) -> QuerySet[Task]:
    return Task.objects.visible_to(user).filter(handler=user, status__in=("closed", "withdrawn"))


@stepwise
def done_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _rows(_done(user).order_by("-updated_at"), user, limit, asked))


def done_count(user: User) -> Countable:
    return _done(user)


def nav_count(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    return todo_count(user) if user.department is not None else None


def may_see(user: User) -> bool:
    return may_hold_cases(user)


# --- the case page -------------------------------------------------------------------------------------------
def asks(case: Case, user: User) -> dict[str, Any]:
    """What of tasks the case page asks for."""
    found = Task.objects.visible_to(user).filter(links__case=case).annotate(outcome=F("links__outcome"))
    return {f"referrals.tasks.{case.pk}": found.for_list()}


def of_case(case: Case, user: User) -> list[Task]:
    """The tasks a case answers to, each with the `outcome` stated; asked once in a request."""
    ((key, found),) = asks(case, user).items()
    return remembered(user, key, lambda: list(found))


def tasks_panel(case: Case, user: User) -> dict[str, Any] | None:
    """The tasks a case answers to; left out where there are none this person may see."""
    found = of_case(case, user)
    if not found:
        return None
    shown = reading_above.lamps(found)
    words = dict(Outcome.choices)
    named = designation(case, case.owner)
    return {
        "rows": [
            {"task": task, "lamp": shown.get(task.pk, (None,))[0], "outcome": words.get(task.outcome, "")}
            for task in found
        ],
        "designated": named.number if named else "",
    }


def next_task(case: Case, user: User) -> dict[str, Any] | None:
    """A task this case hangs on whose next step is this person's."""
    found = of_case(case, user)
    mine = set(waiting(user).filter(pk__in=[task.pk for task in found]).values_list("pk", flat=True)) if found else set()
    task = min((task for task in found if task.pk in mine), key=lambda task: (task.due_on, task.pk), default=None)
    if task is None:
        return None
    offered = offers_above.of_task(user, task)
    pair = reading_above.lamps([task]).get(task.pk)
    lamp, clock = pair if pair else (None, None)
    return {
        "text": _("report to %(body)s on %(number)s") % {"body": task.body_name, "number": task.number}
        if task.status in TASK_OWING
        else str(task),
        "why": _("%(body)s asked for a report by %(day)s.") % {"body": task.body_name, "day": task.due_on.isoformat()},
        "url": task.get_absolute_url(),
        "label": offered[0].label if offered else _("Open"),
        "due": clock.due_on if clock else None,
        "days": lamp.days if lamp else None,
        "lamp": lamp.color if lamp else "n",
        "order": 15,
    }


def tasks_in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over: tasks they work, drafts of letters to bodies."""
    tasks = Task.objects.filter(
        handler=post.user_id, department=post.department_id, status__in=TASK_OPEN
    ).exclude(status=TaskStatus.REPORTED)
    letters = TaskLetter.objects.filter(
        drafted_by=post.user_id, department=post.department_id, status=PaperStatus.DRAFT
    )
    return [_("Have %(number)s assigned to somebody else.") % {"number": task.number} for task in tasks] + [
        _("Submit or give up the draft “%(title)s”.") % {"title": letter} for letter in letters
    ]


def told_when_late(deadline: Deadline, stage: str, at: Any) -> set[User]:
    """Whom a stage of a task's clock concerns beside the owner: the office; once escalated, the heads."""
    task = Task.objects.select_related("region", "department", "registered_by").get(pk=deadline.target_id)
    people = notices.overseers(task, at=at)
    if stage == "escalated" and task.department is not None:
        people |= set(User.objects.acting_for(task.department, *LEADERS, on=local_date(at)))
    return people
