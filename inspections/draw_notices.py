"""Whom to tell of a draw: whoever takes part in the inspection, and the office that coordinates."""

import datetime as dt
from typing import Any

from core.dates import local_date
from core.wording import moment
from departments.enums import LEADERS, Function, Role
from departments.models import Department, User
from inspections.models import Draw, Pool
from journal.actions import notify, record

DESK = (Role.REGISTRAR, *LEADERS)


def hour(at: dt.datetime) -> str:
    """As a sentence names an instant."""
    return moment(at)


def of_draw(verb: str, draw: Draw, *, by: User, at: dt.datetime, **params: Any) -> None:
    """One event about a draw; it carries no case."""
    record(f"draw.{verb}", target=draw, by=by, at=at, number=draw.number, **params)


def of_pool(verb: str, pool: Pool, *, by: User, at: dt.datetime, **params: Any) -> None:
    record(f"pool.{verb}", target=pool, by=by, at=at, pool_name=pool.name, **params)


def tell_others(
    draw: Draw, verb: str, *, at: dt.datetime, tone: str = "y", than: Department | None = None, **params: Any
) -> int:
    """The desks of the departments that take part, other than `than` (the one that committed), and of the office."""
    leave_out = than.pk if than else draw.committed_for_id
    taking_part = draw.inspection.partners.staying().exclude(department=leave_out).values("department")
    told = 0
    for department in Department.objects.filter(pk__in=taking_part, has_account=True).order_by("pk"):
        told += _tell(department, DESK, draw, verb, at, tone, params)
    for office in Department.objects.of(draw.region, Function.OFFICE).exclude(pk=leave_out):
        told += _tell(office, (Role.COORDINATOR,), draw, verb, at, tone, params)
    return told


def _tell(
    department: Department, roles: tuple[str, ...], draw: Draw, verb: str, at: dt.datetime, tone: str,
    params: dict[str, Any],
) -> int:  # fmt: skip
    people = User.objects.acting_for(department, *roles, on=local_date(at)).order_by("pk")
    return notify(
        people, f"draw.{verb}", target=draw, at=at, department=department, tone=tone, number=draw.number,
        title=draw.inspection.title, **params,
    )  # fmt: skip
