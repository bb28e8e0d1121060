"""The case as a whole moves on: worked, decided, closed, reopened."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import lock_case
from cases.enums import CaseStatus
from cases.models import Case, CaseUserPermission, Strand
from core import registry
from core.dates import local_date
from core.refusals import BadInput, StillOpen, WrongState
from core.states import move
from departments.enums import Role
from departments.models import User
from journal.actions import notify, record


@transaction.atomic
def begin_work(*, case: Case, by: User, at: dt.datetime) -> Case:
    """The registered lead is taken up."""
    lock_case(case)
    old = move(case, CaseStatus.WORKING, at=at)
    record("case.begun", target=case, case=case, by=by, at=at, old=old, new=case.status)
    return case


@transaction.atomic
def decide_case(*, case: Case, by: User, at: dt.datetime) -> Case:
    """Every strand has been decided or ended; what remains is to perform.

    :raises StillOpen: strands still being verified or investigated, named in `details["items"]`
    """
    lock_case(case)
    undecided = Strand.objects.filter(case=case, ended_at=None).exclude(status="decided")
    if undecided.exists():
        raise StillOpen(
            _("Not every department has decided."),
            items=[strand_words(strand) for strand in undecided.select_related("department")],
        )
    old = move(case, CaseStatus.DECIDED, at=at)
    record("case.decided", target=case, case=case, by=by, at=at, old=old, new=case.status)
    _tell(case, by, at)
    return case


def tell_departments(verb: str, case: Case, by: User, at: dt.datetime, **said: Any) -> None:
    """Whoever handles a part of the case hears of it; of a part nobody handles its section heads, where they may read it."""
    for strand in Strand.objects.filter(case=case).select_related("department", "handler").order_by("pk"):
        people = [strand.handler] if strand.handler is not None else list(
            User.objects.acting_for(strand.department, Role.SECTION_HEAD, on=local_date(at))
        )  # fmt: skip
        if case.restricted:
            named = set(CaseUserPermission.objects.filter(content_object=case).values_list("user", flat=True))
            people = [each for each in people if each.pk in named]
        people = [each for each in people if each.pk != by.pk]
        notify(people, verb, target=case, case=case, department=strand.department, at=at, tone="y", **said)


def _tell(case: Case, by: User, at: dt.datetime) -> None:
    for told in registry.result_listeners:
        told(case=case, by=by, at=at)


def strand_words(strand: Strand) -> str:
    return _("%(department)s: %(status)s") % {
        "department": strand.department,
        "status": strand.get_status_display(),
    }


def open_strands(case: Case) -> list[str]:
    """The close veto of this room: strands that are not over."""
    running = Strand.objects.filter(case=case, ended_at=None).select_related("department")
    return [strand_words(strand) for strand in running]


def what_is_open(case: Case) -> list[str]:
    """Everything that keeps the case from closing, as sentences: strands, referrals, clocks (DESIGN §2)."""
    return [sentence for veto in registry.close_vetoes for sentence in veto(case)]


@transaction.atomic
def close_case(*, case: Case, reason: str, by: User, at: dt.datetime) -> Case:
    """Close the case, saying how it ended.

    :raises StillOpen: something is open; `details["items"]` lists it
    :raises BadInput: no word on how it ended
    """
    lock_case(case)
    if not reason.strip():
        raise BadInput(_("Say how the case ended."), field="reason")
    if case.status == CaseStatus.CLOSED:
        raise WrongState(_("The case is closed already."))
    items = what_is_open(case)
    if case.merges.waiting().exists():
        items.append(str(_("A merge into another case is proposed: confirm it or turn it down.")))
    if items:
        raise StillOpen(_("The case cannot be closed while these are open."), items=items)
    old = move(case, CaseStatus.CLOSED, at=at, closed_at=at)
    record(
        "case.closed", target=case, case=case, by=by, at=at, old=old, new=case.status, reason=reason.strip()
    )
    _tell(case, by, at)
    return case


@transaction.atomic
def reopen_case(*, case: Case, reason: str, by: User, at: dt.datetime) -> Case:
    """Open a closed case again, with its reason; an archived one leaves the archive with it, and its number stays its own.

    No clock starts: each department's runs from the day its part is taken up again. The departments are told.

    :raises BadInput: no reason
    :raises WrongState: it is not closed, or was merged into another
    """
    lock_case(case)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    if case.status != CaseStatus.CLOSED:
        raise WrongState(_("Only a closed case is reopened."))
    if case.merges.in_force().exists():
        raise WrongState(_("The case was merged into another. Take the merge back instead."))
    archive = case.archives.in_force().first()
    if archive is not None:
        archive.ended_by, archive.ended_at, archive.end_reason = by, at, reason.strip()
        archive.save(update_fields=["ended_by", "ended_at", "end_reason"])
    old = move(case, CaseStatus.WORKING, at=at, closed_at=None)
    record(
        "case.reopened", target=case, case=case, by=by, at=at, old=old, new=case.status, reason=reason.strip()
    )
    tell_departments("case.reopened", case, by, at, reason=reason.strip())
    return case
