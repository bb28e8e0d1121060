"""Whom to tell of a sanction, and what stands on the record. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from cases.enums import Permission
from cases.models import Case
from core.dates import local_date
from departments.enums import LEADERS, Function, Role
from departments.models import Department, User
from journal.actions import notify, record
from sanctions.masking import public_name
from sanctions.models import ListEntry, MeasureTask, Repair, Sanction

DESK = (Role.REGISTRAR, *LEADERS)  # who takes in for a department
WORKING = (Role.HANDLER, *LEADERS)
SIGNING = (Role.DEPUTY_HEAD, Role.HEAD)


def note(
    verb: str, sanction: Sanction, *, by: User | None, at: dt.datetime, target: Any = None, **params: Any
) -> None:
    """One event of the case."""
    record(f"sanction.{verb}", target=target or sanction, by=by, at=at, case=sanction.case, **params)


def of_department(verb: str, thing: Any, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    """One event of a department's own task or list; it carries no case, as its readers need not see the case."""
    owner = thing.department
    where = SimpleNamespace(pk=None, owner_id=owner.pk, region_id=owner.region_id)
    record(f"sanction.{verb}", target=thing, by=by, at=at, case=where, **params)


def people(department: Department, *roles: str, at: dt.datetime) -> Iterable[User]:
    return User.objects.acting_for(department, *roles, on=local_date(at)).order_by("pk")


def may_know(told: Iterable[User], case: Case | None, department: Department) -> Iterable[User]:
    """Of people told for `department`, those who may know of the case: of a restricted one who reads it by name."""
    if case is None or not case.restricted:
        return told
    held = case.group_permissions.filter(group=department.group_id, permission__codename=Permission.VIEW)
    if not held.exists():
        return []
    named = set(case.user_permissions.values_list("user", flat=True))
    return [user for user in told if user.pk in named]


def tell(
    told: Iterable[User], verb: str, thing: Sanction | MeasureTask | ListEntry | Repair, *, at: dt.datetime,
    department: Department, tone: str = "y", **params: Any,
) -> int:  # fmt: skip
    """Tell people of a thing by the name of its subject; of a sanction in a restricted case who reads the case."""
    if isinstance(thing, Sanction):
        told = may_know(told, thing.case, department)
    subject = (thing.sanction if isinstance(thing, MeasureTask) else thing).subject
    return notify(
        told, f"sanction.{verb}", target=thing, at=at, department=department, tone=tone,
        subject=public_name(subject), **params,
    )  # fmt: skip


def tell_authority(
    verb: str,
    sanction: Sanction,
    *,
    at: dt.datetime,
    roles: tuple[str, ...] = WORKING,
    tone: str = "y",
    **params: Any,
) -> int:
    told = people(sanction.authority, *roles, at=at)
    return tell(told, verb, sanction, at=at, department=sanction.authority, tone=tone, **params)


def tell_task(
    verb: str,
    task: MeasureTask,
    *,
    at: dt.datetime,
    roles: tuple[str, ...] = DESK,
    tone: str = "y",
    **params: Any,
) -> int:
    """The people of the department that owes it, and who does it there."""
    told = {user.pk: user for user in people(task.department, *roles, at=at)}
    if task.person is not None:
        told[task.person.pk] = task.person
    return tell(told.values(), verb, task, at=at, department=task.department, tone=tone, **params)


def tell_office(verb: str, sanction: Sanction, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """The coordinators of the region's office, where the case is open to it."""
    told = 0
    if sanction.case.restricted:
        return told
    for office in Department.objects.active().filter(region=sanction.region, function=Function.OFFICE):
        found = people(office, Role.COORDINATOR, at=at)
        told += tell(found, verb, sanction, at=at, department=office, tone=tone, **params)
    return told


def told_when_late(deadline: Any, stage: str, at: dt.datetime) -> Iterable[User]:
    """Beside the department that owes it and its heads: who works on it at the authority, and the office."""
    task = MeasureTask.objects.select_related("sanction__authority", "sanction__region", "sanction__case").get(
        pk=deadline.target_id
    )
    case, authority = task.sanction.case, task.sanction.authority
    told = list(may_know(people(authority, *WORKING, at=at), case, authority))
    if case.restricted:
        return told
    for office in Department.objects.active().filter(region=task.sanction.region, function=Function.OFFICE):
        told += people(office, Role.COORDINATOR, at=at)
    return told
