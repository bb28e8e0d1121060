"""The cases a task carries: linked, opened from it, and what is stated about each."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from cases.actions.registration import competent_functions, register_case
from cases.enums import Source
from cases.models import Case, Subject
from core.refusals import BadInput, WrongState
from departments.models import Category, Department, User
from journal.actions import record
from referrals.actions.above_intake import lock_task
from referrals.enums_above import Outcome, TaskKind, TaskStatus
from referrals.models import Task, TaskCase

SOURCES = {TaskKind.ASSIST: Source.TRANSFERRED}


@transaction.atomic
def link_case(*, task: Task, case: Case, by: User, at: dt.datetime) -> TaskCase:
    """Put a case under the task; both records say so.

    :raises BadInput: the case is of another county, or linked already
    :raises WrongState: the task is reported or over
    """
    lock_case(case)
    locked = lock_task(task)
    if locked.status not in (TaskStatus.REGISTERED, TaskStatus.ASSIGNED, TaskStatus.ACCEPTED):
        raise WrongState
    if case.region_id != locked.region_id:
        raise BadInput(_("The case is of another county."), field="case")
    if locked.links.filter(case=case).exists():
        raise BadInput(_("This case is linked already."), field="case")
    link = TaskCase.objects.create(task=locked, case=case, linked_by=by, linked_at=at)
    record("task.case_linked", target=locked, by=by, at=at, case=case, number=locked.number, body=locked.body_name,
           case_number=case.number)  # fmt: skip
    return link


@transaction.atomic
def open_case(
    *,
    task: Task,
    subjects: Sequence[Subject],
    categories: Sequence[Category],
    summary: str,
    suspected: Decimal | int | str = 0,
    title: str = "",
    duplicates_known: bool = False,
    files: Sequence[Any] = (),
    by: User,
    at: dt.datetime,
) -> Case:
    """Register a lead from the task: its source and source number are the task's, found on the day of receipt.

    Only a department competent for one of the categories opens it, unless jurisdiction was designated.

    :raises BadInput: as `register_case`; or the department is not competent (field `categories`)
    :raises WrongState: the task is not being worked
    """
    locked = lock_task(task)
    if locked.status != TaskStatus.ACCEPTED:
        raise WrongState
    check_competence(locked, by.department, categories)
    case = register_case(
        source=SOURCES.get(TaskKind(locked.kind), Source.SUPERIOR), source_number=locked.number, subjects=subjects,
        categories=categories, summary=summary, found_on=locked.received_on, title=title, suspected=suspected,
        duplicates_known=duplicates_known, files=files, by=by, at=at,
    )  # fmt: skip
    link_case(task=locked, case=case, by=by, at=at)
    return case


def check_competence(task: Task, department: Department, categories: Sequence[Category]) -> None:
    """:raises BadInput: not competent for any of the categories, and jurisdiction was not designated"""
    competent = competent_functions(categories)
    if task.kind == TaskKind.DESIGNATED or not competent or department.function in competent:
        return
    raise BadInput(
        _("%(department)s is not competent for these categories: hand the task back, or register the designation.")
        % {"department": department},
        field="categories",
    )


def designated(case: Case) -> QuerySet[Task]:
    """The letters that designate who has jurisdiction over a case, given to a department, oldest first."""
    found = Task.objects.filter(kind=TaskKind.DESIGNATED, links__case=case, department__isnull=False)
    return found.exclude(status=TaskStatus.WITHDRAWN).order_by("pk")


def designation(case: Case, department: Department) -> Task | None:
    """The letter that designates `department` for `case`, if there is one: competence then rests on it."""
    return designated(case).filter(department=department).first()


@transaction.atomic
def state_case(*, link: TaskCase, outcome: str, remark: str = "", by: User, at: dt.datetime) -> TaskCase:
    """Say what became of one case of the task: what the report tells the body.

    :raises BadInput: no outcome, an ongoing case without a word on how it goes on, or handed over without a letter
    :raises WrongState: the task is not being worked
    """
    locked = lock_task(link.task)
    if locked.status != TaskStatus.ACCEPTED:
        raise WrongState
    if outcome not in Outcome.values or outcome == Outcome.HANDED:
        raise BadInput(_("Choose the state of the case."), field="outcome")
    if outcome == Outcome.ONGOING and not remark.strip():
        raise BadInput(_("Say how it goes on."), field="remark")
    link.outcome, link.remark, link.stated_by, link.stated_at = outcome, remark.strip(), by, at
    link.save(update_fields=["outcome", "remark", "stated_by", "stated_at"])
    record("task.case_stated", target=locked, by=by, at=at, case=link.case, number=locked.number,
           outcome=outcome, remark=link.remark, case_number=link.case.number)  # fmt: skip
    return link


def unstated(task: Task) -> list[str]:
    """The numbers of its cases about which nothing was stated yet."""
    return list(task.links.filter(outcome="").order_by("pk").values_list("case__number", flat=True))
