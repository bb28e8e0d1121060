"""Whom to tell of an inspection. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from core.dates import local_date
from departments.enums import LEADERS, Function, Role
from departments.models import Department, User
from inspections.models import EnforcementCertificate, Inspection, Rectification
from inspections.rules_writing import writers
from journal.actions import notify, record

DESK = (Role.REGISTRAR, *LEADERS)  # who answers for a department


def note(
    verb: str, inspection: Inspection, *, by: User | None, at: dt.datetime, target: Any = None, case: Any = None,
    **params: Any,
) -> None:  # fmt: skip
    """One event; about the inspection itself unless another target is named. It carries a case only where one is."""
    where = SimpleNamespace(pk=None, owner_id=inspection.lead_id, region_id=inspection.region_id)
    record(
        f"inspection.{verb}", target=target or inspection, by=by, at=at, case=case or where,
        inspection_number=inspection.number, **params,
    )  # fmt: skip


def of_certificate(
    verb: str, certificate: EnforcementCertificate, *, by: User, at: dt.datetime, **params: Any
) -> None:
    record(
        f"inspection.{verb}", target=certificate, by=by, at=at, number=certificate.number, holder_user=certificate.user_id,
        **params,
    )  # fmt: skip


def tell(
    people: Iterable[User], inspection: Inspection, verb: str, *, at: dt.datetime, department: Department,
    tone: str = "y", target: Any = None, dedupe: str | None = None, **params: Any,
) -> int:  # fmt: skip
    """Tell people of an inspection, by its name."""
    return notify(
        people, f"inspection.{verb}", target=target or inspection, at=at, department=department, tone=tone,
        dedupe=dedupe, title=inspection.title, **params,
    )  # fmt: skip


def tell_department(
    department: Department,
    inspection: Inspection,
    verb: str,
    *,
    at: dt.datetime,
    tone: str = "y",
    **params: Any,
) -> int:
    """The registrar and the leaders of a department."""
    people = User.objects.acting_for(department, *DESK, on=local_date(at)).order_by("pk")
    return tell(people, inspection, verb, at=at, department=department, tone=tone, **params)


def tell_lead(inspection: Inspection, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """Who drafted it; the desk of the lead department where nobody is known."""
    drafter = inspection.drafted_by
    if drafter is None or not drafter.is_active:
        return tell_department(inspection.lead, inspection, verb, at=at, tone=tone, **params)
    return tell([drafter], inspection, verb, at=at, department=inspection.lead, tone=tone, **params)


def tell_office(inspection: Inspection, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """The coordinators of the region's office; it coordinates and sees who has not answered."""
    office = Department.objects.of(inspection.region, Function.OFFICE).first()
    if office is None:
        return 0
    people = User.objects.acting_for(office, Role.COORDINATOR, on=local_date(at)).order_by("pk")
    return tell(people, inspection, verb, at=at, department=office, tone=tone, **params)


def tell_signers(inspection: Inspection, verb: str, *, at: dt.datetime) -> int:
    """The lead's deputy head and head, but not who wrote in it."""
    people = User.objects.acting_for(inspection.lead, Role.DEPUTY_HEAD, Role.HEAD, on=local_date(at))
    return tell(
        people.exclude(pk__in=writers(inspection)).order_by("pk"),
        inspection,
        verb,
        at=at,
        department=inspection.lead,
    )


def of_rectification(
    verb: str, task: Rectification, *, by: User | None, at: dt.datetime, **params: Any
) -> None:
    note(verb, task.finding.inspection, target=task, by=by, at=at, finding=task.finding.number, **params)


def tell_person(task: Rectification, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> int:
    """Who follows the rectification."""
    return tell(
        [task.person], task.finding.inspection, verb, at=at, department=task.department, tone=tone, target=task,
        finding=task.finding.number, **params,
    )  # fmt: skip


def tell_leaders_of(
    task: Rectification, verb: str, *, at: dt.datetime, but: User | None, tone: str = "y", **params: Any
) -> int:
    """The leaders of the department that follows it, who confirm and decide; not who asks them."""
    people = User.objects.acting_for(task.department, *LEADERS, on=local_date(at))
    if but is not None:
        people = people.exclude(pk=but.pk)
    return tell(
        people.order_by("pk"), task.finding.inspection, verb, at=at, department=task.department, tone=tone, target=task,
        finding=task.finding.number, **params,
    )  # fmt: skip
