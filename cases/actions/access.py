"""Granting and ending access to a case: one live guardian row, and a record that stays."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, remove_perm

from cases.actions.locking import lock_case
from cases.enums import GrantCause, Permission
from cases.models import Case, GrantRecord
from core.refusals import BadInput
from departments.models import Department, User
from journal.actions import record


def _cause(target: Any) -> tuple[str, int | None]:
    if target is None:
        return "", None
    return target.kind_code, target.pk


def _live(case: Case, **who: Any) -> QuerySet[GrantRecord]:
    return GrantRecord.objects.filter(case=case, ended_at=None, **who)


@transaction.atomic
def grant_department(
    *,
    case: Case,
    department: Department,
    cause: str,
    permission: str = Permission.VIEW,
    cause_target: Any = None,
    reason: str = "",
    expires_at: dt.datetime | None = None,
    by: User | None,
    at: dt.datetime,
) -> GrantRecord:
    """Open the case to a department's staff. Several causes may stand at once; access ends with the last.

    Each has its `GrantRecord`; the journal hears only of what opened, not of one more cause.

    The same cause twice gives the standing record back; with another expiry it is replaced.

    :raises BadInput: an expiry that has passed
    """
    lock_case(case)
    if expires_at is not None and expires_at <= at:
        raise BadInput(_("The end of the access lies in the past."), field="expires_at")
    kind, pk = _cause(cause_target)
    live = _live(case, department=department, permission=permission)
    standing = live.filter(cause=cause, cause_kind=kind, cause_id=pk).first()
    if standing is not None and standing.expires_at == expires_at:
        return standing
    opens = standing is not None or not live.exists()  # a new end is news, one more cause is not
    if standing is not None:
        _write_end(standing, by, at)  # the live row stays, under a new record with the new end
    assign_perm(permission, department.group, case)
    grant = GrantRecord.objects.create(
        case=case,
        department=department,
        permission=permission,
        cause=cause,
        cause_kind=kind,
        cause_id=pk,
        reason=reason,
        since=at,
        expires_at=expires_at,
        granted_by=by,
    )
    if opens:
        record(
            "case.access_granted",
            target=case,
            case=case,
            by=by,
            at=at,
            department=department.pk,
            permission=str(permission),
            cause=str(cause),
        )
    return grant


@transaction.atomic
def revoke(
    *,
    case: Case,
    department: Department,
    cause: str,
    cause_target: Any = None,
    by: User | None,
    at: dt.datetime,
) -> int:
    """End what this cause granted to the department. Returns how many grants ended.

    Named handlers of the department lose their permission with its last grant.
    """
    lock_case(case)
    kind, pk = _cause(cause_target)
    ended = list(_live(case, department=department, cause=cause, cause_kind=kind, cause_id=pk))
    for grant in ended:
        end_grant(grant=grant, by=by, at=at)
    return len(ended)


def _write_end(grant: GrantRecord, by: User | None, at: dt.datetime) -> None:
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])


def end_grant(*, grant: GrantRecord, by: User | None, at: dt.datetime, reason: str = "") -> None:
    """End one grant whose case is locked; the live row goes with the last of its permission.

    The journal hears of what closed, and of everything somebody gave a reason for.
    """
    _write_end(grant, by, at)
    department = grant.department
    who: dict[str, Any] = {"department": department} if department else {"user": grant.user}
    closes = not _live(grant.case, permission=grant.permission, **who).exists()
    if closes:
        holder: Group | User | None = department.group if department else grant.user
        remove_perm(grant.permission, holder, grant.case)
    if closes or reason:
        who = {"department": grant.department_id} if grant.department_id else {"user": grant.user_id}
        record(
            "case.access_ended" if grant.department_id else "case.person_unnamed",
            target=grant.case,
            case=grant.case,
            by=by,
            at=at,
            **who,
            permission=grant.permission,
            cause=grant.cause,
            reason=reason,
        )
    if department and not _live(grant.case, department=department, permission=Permission.VIEW):
        named = _live(grant.case, user__groups=department.group_id)
        for name in named.select_related("user", "case"):
            end_grant(grant=name, by=by, at=at)


@transaction.atomic
def name_person(
    *,
    case: Case,
    user: User,
    permission: str = Permission.WORK,
    cause: str = GrantCause.ASSIGNED,
    cause_target: Any = None,
    reason: str = "",
    by: User | None,
    at: dt.datetime,
) -> GrantRecord:
    """Give a named person a permission on the case; naming twice for one cause gives the standing record."""
    lock_case(case)
    kind, pk = _cause(cause_target)
    live = _live(case, user=user, permission=permission)
    standing = live.filter(cause=cause, cause_kind=kind, cause_id=pk).first()
    if standing is not None:
        return standing
    known = live.exists()
    assign_perm(permission, user, case)
    grant = GrantRecord.objects.create(
        case=case,
        user=user,
        permission=permission,
        cause=cause,
        cause_kind=kind,
        cause_id=pk,
        reason=reason,
        since=at,
        granted_by=by,
    )
    if not known:
        record(
            "case.person_named",
            target=case,
            case=case,
            by=by,
            at=at,
            user=user.pk,
            permission=str(permission),
            cause=str(cause),
            reason=reason,
        )
    return grant


@transaction.atomic
def unname_person(
    *,
    case: Case,
    user: User,
    cause: str = GrantCause.ASSIGNED,
    cause_target: Any = None,
    by: User | None,
    at: dt.datetime,
) -> int:
    """End what this cause gave the person. Returns how many grants ended."""
    lock_case(case)
    kind, pk = _cause(cause_target)
    ended = list(
        _live(case, user=user, cause=cause, cause_kind=kind, cause_id=pk).select_related("user", "case")
    )
    for grant in ended:
        end_grant(grant=grant, by=by, at=at)
    return len(ended)


@transaction.atomic
def expire_grants(*, at: dt.datetime) -> int:
    """End every grant whose time is over; run by the clerk. Returns how many ended."""
    over = GrantRecord.objects.filter(ended_at=None, expires_at__lte=at)
    count = 0
    for case in Case.objects.filter(pk__in=over.values("case")).order_by("pk"):
        lock_case(case)  # read anew under the lock: somebody may have ended one meanwhile
        for grant in (
            over.filter(case=case).select_related("case", "department__group", "user").order_by("pk")
        ):
            end_grant(grant=grant, by=None, at=at)
            count += 1
    return count
