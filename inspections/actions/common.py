"""What the verbs of inspections have in common: the lock, what a person must have written, and who still inspects."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import BadInput, WrongState
from departments.enums import OUTSIDE_CASES, Function
from departments.models import Department, Post, User
from inspections.enums import WITH_POWER, MemberRole
from inspections.models import Inspection, Member, Partner, Visit

OFFICERS = 2  # an inspecting department sends at least so many (条例 art. 29, 行政处罚法 art. 42)


def needed(text: str, field: str = "reason", sentence: str = "") -> str:
    """:raises BadInput: nothing was written"""
    if not text.strip():
        raise BadInput(sentence or _("Give a reason."), field=field)
    return text.replace("\r\n", "\n").strip()


def lock(inspection: Inspection) -> None:
    """The inspection's row for this transaction, and `inspection` as it is now."""
    Inspection.objects.select_for_update(no_key=True, of=("self",)).get(pk=inspection.pk)
    inspection.refresh_from_db()


def lock_in(inspection: Inspection, *states: str) -> None:
    """As `lock`.

    :raises WrongState: it is in none of these states
    """
    lock(inspection)
    if inspection.status not in states:
        raise WrongState(state=inspection.status)


def touch(inspection: Inspection, at: dt.datetime, *fields: str) -> None:
    """The inspection is not what a page showed before: who signs or edits by that page reads it again."""
    inspection.updated_at, inspection.version = at, inspection.version + 1
    inspection.save(update_fields=[*fields, "updated_at", "version"])


def lock_visit(visit: Visit, *states: str) -> None:
    """The visit's inspection, under way, then the visit as it is now, in one of these states.

    :raises WrongState: it is not
    """
    lock_in(visit.inspection, "under_way")
    visit.refresh_from_db()
    if visit.status not in states:
        raise WrongState(state=visit.status)


def check_days(starts_on: dt.date, ends_on: dt.date, at: dt.datetime) -> dict[str, str]:
    """What cannot be right about the days of a plan, as field → sentence."""
    today, faults = local_date(at), {}
    if starts_on < today:
        faults["starts_on"] = _("This day has passed.")
    elif too_far(starts_on, today):
        faults["starts_on"] = _("No inspection is planned more than five years ahead.")
    if ends_on < starts_on:
        faults["ends_on"] = _("The inspection ends before it begins.")
    elif too_far(ends_on, today):
        faults["ends_on"] = _("No inspection is planned more than five years ahead.")
    return faults


def check_inspecting(department: Department, field: str) -> None:
    """:raises BadInput: a coordinating body is no inspecting body (T4, FACTS §2.6); written to the journal"""
    if department.function == Function.OFFICE:
        raise BadInput(
            _("The leading group's office coordinates: it takes no part in an inspection. Choose another department."),
            field=field, record=True,
        )  # fmt: skip


def check_power(department: Department, field: str) -> None:
    """:raises BadInput: the office, or a department without a statutory power of inspection; written to the journal"""
    check_inspecting(department, field)
    if department.function not in WITH_POWER:
        raise BadInput(
            _("%(department)s has no power of inspection by law: it may support an inspection, not inspect or lead it.")
            % {"department": department},
            field=field, record=True,
        )  # fmt: skip


def staying(inspection: Inspection) -> QuerySet[Partner]:
    """The departments that take part, the lead first."""
    return inspection.partners.filter(dropped_at=None).select_related("department").order_by("-leads", "pk")


def inspectors(members: Iterable[Member] | None = None, *, of: Partner | None = None) -> list[Member]:
    """Those who are certified and have not left."""
    found = of.members.filter(left_at=None) if of is not None else (members or ())
    return [each for each in found if each.role == MemberRole.INSPECTOR and each.left_at is None]


def finding_department(inspection: Inspection, department: Department) -> Department:
    """The department a finding is of: the person's own where it inspects, else the lead's, for whom a supporting one
    writes (T4, 条例 art. 29: who holds no enforcement power decides nothing)."""
    own = inspection.partners.inspecting().filter(department=department)
    return department if own.exists() else inspection.lead


def in_post(department: Department, person: User, at: dt.datetime, field: str) -> None:
    """:raises BadInput: the person holds no business post in the department today (left, moved, never there)"""
    held = Post.objects.current(local_date(at)).filter(user=person, department=department)
    if not person.is_active or not held.exclude(role__in=OUTSIDE_CASES).exists():
        raise BadInput(
            _("%(name)s holds no post in %(department)s. Choose somebody who does.")
            % {"name": person.name, "department": department},
            field=field,
        )


def check_certificates(inspection: Inspection, ends_on: dt.date, field: str) -> None:
    """:raises BadInput: the certificate of somebody who inspects is withdrawn, or ends before the inspection does"""
    found = inspection.members.filter(role=MemberRole.INSPECTOR, left_at=None).select_related("certificate")
    for member in found.order_by("pk"):
        certificate = member.certificate
        assert certificate is not None
        if certificate.withdrawn_at is not None or certificate.valid_until < ends_on:
            raise BadInput(
                _(
                    "%(name)s's certificate %(number)s is not valid until %(day)s. Name somebody else or renew it."
                )
                % {"name": member.name, "number": certificate.number, "day": ends_on.isoformat()},
                field=field,
            )
