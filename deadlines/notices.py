"""Whom to tell about a clock."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from core.dates import local_date
from departments.enums import Role
from departments.models import User
from journal.actions import notify, record


def owners(deadline: Any, at: dt.datetime) -> list[User]:
    """The person who owes it (unless blocked), else the handlers and section heads of the department.

    A department without an account is served on paper: those who wait for it are told instead.
    """
    if deadline.person_id is not None and deadline.person.is_active:
        return [deadline.person]
    department = deadline.department
    if not department.has_account:
        department = deadline.to_department
    if department is None:
        return []
    people = User.objects.acting_for(department, Role.HANDLER, Role.SECTION_HEAD, on=local_date(at))
    return list(people.order_by("id"))


def case_of(deadline: Any) -> Any:
    """What journal wants to know of the case; the case itself is a floor above."""
    return SimpleNamespace(pk=deadline.case_id, owner_id=deadline.department_id, region_id=deadline.region_id)


def note(verb: str, *, deadline: Any, by: Any, at: dt.datetime, **params: Any) -> Any:
    """One event about a clock."""
    return record(verb, target=deadline, by=by, at=at, case=case_of(deadline), name=deadline.name, **params)


def tell(
    verb: str, *, deadline: Any, at: dt.datetime, but: Any = None, dedupe: str = "", **params: Any
) -> int:
    """Tell the owners of a clock, except the one who did it."""
    people = [person for person in owners(deadline, at) if person != but]
    return notify(
        people,
        verb,
        target=deadline,
        at=at,
        case=case_of(deadline),
        department=deadline.department,
        tone="y",
        dedupe=dedupe or None,
        name=deadline.name,
        **params,
    )
