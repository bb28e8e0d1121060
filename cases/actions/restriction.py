"""Restricting a case to named persons, opening it again, and naming who may see it (DESIGN §3)."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.access import end_grant, name_person
from cases.actions.locking import lock_case
from cases.enums import GrantCause, Permission
from cases.models import Case, GrantRecord
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.enums import Role
from departments.models import Department, User
from journal.actions import notify, record

NAMEABLE = (Permission.VIEW, Permission.WORK)


def holders(case: Case) -> QuerySet[Department]:
    """The departments that hold the case now, be it as a summary."""
    held = GrantRecord.objects.filter(case=case, ended_at=None, department__isnull=False)
    return Department.objects.filter(pk__in=held.values("department"))


def nameable(case: Case, on: dt.date) -> QuerySet[User]:
    """Who may be named: people acting for a department that holds the case, administrators excepted."""
    return User.objects.on_cases_of(holders(case), on=on)


def _said(reason: str) -> str:
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    return reason.strip()


def _set(case: Case, restricted: bool, at: dt.datetime) -> None:
    case.restricted, case.updated_at, case.version = restricted, at, case.version + 1
    case.save(update_fields=["restricted", "updated_at", "version"])


@transaction.atomic
def restrict_case(*, case: Case, reason: str, by: User, at: dt.datetime) -> Case:
    """From now on only named persons see the case: its handlers are, and whoever restricts it becomes one.

    :raises AlreadyDone: it is restricted
    :raises BadInput: no reason
    """
    lock_case(case)
    if case.restricted:
        raise AlreadyDone(_("The case is restricted already."))
    said = _said(reason)
    _set(case, True, at)
    record("case.restricted", target=case, case=case, by=by, at=at, reason=said)
    name_person(
        case=case, user=by, permission=Permission.VIEW, cause=GrantCause.NAMED, reason=said, by=by, at=at
    )
    return case


@transaction.atomic
def lift_restriction(*, case: Case, reason: str, by: User, at: dt.datetime) -> Case:
    """Open the case to its departments again; who was named stays named until somebody takes the name off.

    :raises WrongState: it is not restricted
    :raises BadInput: no reason
    """
    lock_case(case)
    if not case.restricted:
        raise WrongState(_("The case is not restricted."))
    said = _said(reason)
    _set(case, False, at)
    record("case.unrestricted", target=case, case=case, by=by, at=at, reason=said)
    return case


@transaction.atomic
def name_on_case(
    *, case: Case, user: User, permission: str, reason: str, by: User, at: dt.datetime
) -> GrantRecord:
    """Name a person on the case, to read it or to work it; they are told.

    :raises BadInput: nobody of a department that holds the case, no such permission, or no reason
    :raises AlreadyDone: the person is named for that already
    """
    lock_case(case)
    said = _said(reason)
    if permission not in NAMEABLE:
        raise BadInput(_("Choose what the person may do."), field="permission")
    if not nameable(case, local_date(at)).filter(pk=user.pk).exists():
        raise BadInput(_("Choose somebody of a department that holds the case."), field="user")
    if _named(case).filter(user=user, permission=permission).exists():
        raise AlreadyDone(_("This person is named on the case already."))
    grant = name_person(
        case=case, user=user, permission=permission, cause=GrantCause.NAMED, reason=said, by=by, at=at
    )
    if user.pk != by.pk:
        notify([user], "case.person_named", target=case, case=case, at=at, tone="b", user=user.pk, reason=said)
    return grant


@transaction.atomic
def take_name_off(*, grant: GrantRecord, reason: str, by: User, at: dt.datetime) -> GrantRecord:
    """End what naming gave a person. What follows from handling the case ends with the handling, not here.

    :raises WrongState: it has ended, or the person handles a part of the case
    :raises BadInput: no reason, or nobody would remain who may open the case again
    """
    case = grant.case
    lock_case(case)
    grant.refresh_from_db()
    said = _said(reason)
    if grant.ended_at is not None:
        raise WrongState(_("This person is no longer named."))
    if grant.user_id is None or grant.cause != GrantCause.NAMED:
        raise WrongState(_("This access goes with the handling: give the part to somebody else."))
    if case.restricted and not _kept(case, grant, local_date(at)):
        raise BadInput(_("Name another leader of the lead department first: nobody else could open the case again."))
    end_grant(grant=grant, by=by, at=at, reason=said)
    return grant


def _named(case: Case) -> QuerySet[GrantRecord]:
    return GrantRecord.objects.filter(case=case, ended_at=None, user__isnull=False)


def _kept(case: Case, without: GrantRecord, on: dt.date) -> bool:
    """Whether somebody could still lift the restriction: a named leader of the owner, or its handler in post."""
    named = _named(case).exclude(pk=without.pk).values("user")
    leaders = User.objects.acting_for(case.owner, Role.DEPUTY_HEAD, Role.HEAD, on=on)
    handler = User.objects.acting_for(case.owner, on=on).filter(pk=case.handler_id)
    return leaders.filter(pk__in=named).exists() or handler.filter(pk__in=named).exists()
