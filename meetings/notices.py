"""Whom to tell of a meeting. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from core.dates import local_date
from departments.enums import LEADERS, Role
from departments.models import Department, User
from journal.actions import notify, record
from meetings.models import Meeting, Proposal, Resolution

DESK = (Role.REGISTRAR, *LEADERS)  # who answers for a department


def place(meeting: Meeting) -> Any:
    """Where an event of the system belongs: the office, no case."""
    return SimpleNamespace(pk=None, owner_id=meeting.office_id, region_id=meeting.region_id)


def note(verb: str, meeting: Meeting, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    record(f"meeting.{verb}", target=meeting, by=by, at=at, case=place(meeting), **params)


def file_taken(thing: Meeting | Proposal | Resolution, name: str, *, by: User, at: dt.datetime) -> None:
    where = SimpleNamespace(pk=None, owner_id=thing.office_id, region_id=thing.region_id)
    record("meeting.file_taken", target=thing, by=by, at=at, case=where, name=name)


def of_proposal(verb: str, proposal: Proposal, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    """One event about a proposal of the office; it carries no case."""
    where = SimpleNamespace(pk=None, owner_id=proposal.office_id, region_id=proposal.region_id)
    record(f"meeting.{verb}", target=proposal, by=by, at=at, case=where, title=proposal.title, **params)


def tell_department(
    department: Department, meeting: Meeting | Proposal, verb: str, *, at: dt.datetime, dedupe: str | None = None,
    tone: str = "y", **params: Any,
) -> int:  # fmt: skip
    """The registrar and the leaders of a department; how many were told."""
    people = User.objects.acting_for(department, *DESK, on=local_date(at)).order_by("pk")
    return tell(people, meeting, verb, at=at, department=department, tone=tone, dedupe=dedupe, **params)


def tell_office(
    meeting: Meeting | Proposal, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any
) -> int:
    """The office's coordinators."""
    people = User.objects.acting_for(meeting.office, Role.COORDINATOR, on=local_date(at)).order_by("pk")
    return tell(people, meeting, verb, at=at, department=meeting.office, tone=tone, **params)


def tell(
    people: Iterable[User], thing: Any, verb: str, *, at: dt.datetime, department: Department,
    tone: str = "y", dedupe: str | None = None, **params: Any,
) -> int:  # fmt: skip
    """Tell people of a meeting or a deployment, by its title."""
    return notify(
        people, f"meeting.{verb}", target=thing, at=at, department=department, tone=tone, dedupe=dedupe,
        title=thing.title, **params,
    )  # fmt: skip


def of_task(verb: str, task: Resolution, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    """One event about a task; it carries no case."""
    where = SimpleNamespace(pk=None, owner_id=task.department_id, region_id=task.region_id)
    record(f"meeting.{verb}", target=task, by=by, at=at, case=where, task=task.text[:60], **params)


def tell_person(task: Resolution, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """Who does it; nobody of a department without an account, which is told on paper."""
    return _told([task.person] if task.person is not None else [], task, verb, at, task.department, tone, params)


def tell_leaders_of(task: Resolution, verb: str, *, at: dt.datetime, tone: str = "r", **params: Any) -> int:
    """The leaders of the department that owes it."""
    people = User.objects.acting_for(task.department, *LEADERS, on=local_date(at)).exclude(pk=task.person_id)
    return _told(people.order_by("pk"), task, verb, at, task.department, tone, params)


def tell_office_of(task: Resolution, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """The office's coordinators."""
    people = User.objects.acting_for(task.office, Role.COORDINATOR, on=local_date(at)).order_by("pk")
    return _told(people, task, verb, at, task.office, tone, params)


def _told(
    people: Iterable[User], task: Resolution, verb: str, at: dt.datetime, department: Department, tone: str,
    params: dict[str, Any],
) -> int:  # fmt: skip
    return notify(
        people,
        f"meeting.{verb}",
        target=task,
        at=at,
        department=department,
        tone=tone,
        task=task.text[:60],
        **params,
    )
