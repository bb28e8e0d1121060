"""Whom to tell about tasks from above and beside. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cases.models import Case, Strand
from core.dates import local_date
from departments.enums import LEADERS, Function, Role
from departments.models import Department, User
from journal.actions import notify
from referrals.models import Task, TaskExtension, TaskLetter


def _at(department: Department, *roles: str, at: dt.datetime) -> Iterable[User]:
    return User.objects.acting_for(department, *roles, on=local_date(at))


def overseers(task: Task, *, at: dt.datetime) -> set[User]:
    """The office's coordinators, and whoever registered the task."""
    people = {task.registered_by}
    for office in Department.objects.of(task.region, Function.OFFICE):
        people |= set(_at(office, Role.COORDINATOR, at=at))
    return people


def _tell(people: Iterable[User], verb: str, task: Task, at: dt.datetime, *, department: Any = None, **more: Any) -> None:
    notify(
        people, verb, target=task, at=at, department=department or task.department or task.registered_in,
        number=task.number, body=task.body_name, **more,
    )  # fmt: skip


def task_registered(task: Task, by: User, *, at: dt.datetime) -> None:
    _tell(overseers(task, at=at) - {by}, "task.to_assign", task, at, tone="y", due_on=task.due_on)


def task_assigned(task: Task, *, at: dt.datetime) -> None:
    _tell([task.handler], "task.to_accept", task, at, tone="y", due_on=task.due_on)


def task_accepted(task: Task, *, at: dt.datetime) -> None:
    _tell([task.registered_by], "task.was_accepted", task, at, department=task.registered_in, tone="g")


def task_handed_back(task: Task, *, at: dt.datetime) -> None:
    _tell(overseers(task, at=at), "task.was_handed_back", task, at, tone="r", reason=task.hand_back_reason)


def task_withdrawn(task: Task, *, at: dt.datetime) -> None:
    if task.handler is not None:
        _tell([task.handler], "task.was_withdrawn", task, at, reason=task.withdraw_reason)


def task_chased(task: Task, times: int, *, at: dt.datetime) -> None:
    """The person who works it and the leaders of the department; before that, whoever should assign it."""
    working = {task.handler, *_at(task.department, *LEADERS, at=at)} if task.department else set()
    people = working or overseers(task, at=at)
    _tell(people, "task.was_chased", task, at, tone="r", times=times, due_on=task.due_on)


def task_redone(task: Task, *, at: dt.datetime) -> None:
    _tell([task.handler], "task.to_redo", task, at, tone="r", reason=task.redo_reason, due_on=task.due_on)


def task_closed(task: Task, *, at: dt.datetime) -> None:
    _tell([task.handler], "task.was_closed", task, at, tone="g")


def letter_sent(letter: TaskLetter, *, at: dt.datetime) -> None:
    people = overseers(letter.task, at=at) | {letter.drafted_by}
    _tell(people, "task.letter_went", letter.task, at, tone="g", document=letter.document.number, title=letter.title)


def extension_answered(extension: TaskExtension, *, at: dt.datetime) -> None:
    task = extension.task
    people = {extension.asked_by, task.handler}
    _tell(people, f"task.delay_was_{extension.status}", task, at, new=extension.new_on)


def case_taken_up(task: Task, case: Case, *, at: dt.datetime) -> None:
    """The handlers of the other departments' parts: theirs go on, but not beside ours."""
    parts = Strand.objects.filter(case=case, ended_at=None).exclude(department=task.department)
    people = [part.handler for part in parts.select_related("handler") if part.handler is not None]
    notify(people, "task.case_taken_up", target=case, case=case, at=at, number=task.number, body=task.body_name,
           case_number=case.number, tone="y")  # fmt: skip
