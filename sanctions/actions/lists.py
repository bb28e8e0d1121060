"""The red and black lists of the county: proposed by one, approved by another, removed with a reason (T5)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Subject
from core.dates import local_date
from core.refusals import BadInput, FourEyes, Refused, WrongState
from core.states import move
from departments.enums import Role
from departments.models import Department, User
from sanctions import notices
from sanctions.actions.common import check_running, lock_sanction, needed, term_of
from sanctions.actions.praise import burdened, praise_ends
from sanctions.actions.weights import end_entry, follow_up
from sanctions.enums import AGAINST, DETERMINED_FIRST, LIVE_ENTRY, STANDING, EntryStatus, ListKind
from sanctions.masking import public_name
from sanctions.models import ListEntry, Sanction


def _judged(given: dict[str, Any], today: dt.date) -> dict[str, str]:
    """What is missing of an effective convicting judgment, by field."""
    faults = {
        name: _("The permanent blacklist needs the number and the court of an effective judgment.")
        for name in ("judgment_number", "judgment_court") if not given[name].strip()
    }  # fmt: skip
    effective = given["judgment_effective_on"]
    if effective is None or effective > today:
        faults["judgment_effective_on"] = _("Only an effective judgment counts: say since when it is.")
    if not given["convicting"]:
        faults["convicting"] = _("Only a judgment that convicts counts.")
    return faults


def _determined(kind: str, subject: Subject, sanction: Sanction | None) -> str:
    """What is wrong with the determination an entry rests on; nothing where none is asked for."""
    if sanction is None:
        if kind in DETERMINED_FIRST:
            return _("This list rests on a determination: choose a joint sanction of this subject that stands.")
        return ""
    if sanction.subject_id != subject.pk:
        return _("Choose a joint sanction of this subject.")
    if kind == ListKind.SERIOUS and not sanction.serious:
        return _("The authority has not determined a serious breach of trust.")
    return ""


@transaction.atomic
def propose_entry(
    *, subject: Subject, department: Department, kind: str, reason: str, basis: str, decision_number: str = "",
    judgment_number: str = "", judgment_court: str = "", judgment_effective_on: dt.date | None = None,
    convicting: bool = False, amount: int | None = None, unit: str = "", sanction: Sanction | None = None, by: User,
    at: dt.datetime,
) -> ListEntry:  # fmt: skip
    """Propose a subject for a list. All but the permanent one have a term, which begins when it is approved.

    sanction: the determination it rests on; the black and the serious list need one (C22), a serious one for the latter.

    :raises BadInput: no reason or basis, no determination for the black and the serious list (field `sanction`), no
        judgment for the permanent one, no term for the others or one for it, listed already, on the red list while a list
        or a bar speaks against it, a subject of another region
    :raises WrongState: the sanction does not stand, or what it rests on is being reviewed
    """
    today = local_date(at)
    words = {"reason": reason, "basis": basis}
    faults = {name: _("Fill this in.") for name, value in words.items() if not value.strip()}
    judged = {
        "judgment_number": judgment_number, "judgment_court": judgment_court,
        "judgment_effective_on": judgment_effective_on, "convicting": convicting,
    }  # fmt: skip
    if kind not in ListKind.values:
        faults["kind"] = _("Choose one of the lists.")
    if kind == ListKind.PERMANENT:
        faults |= _judged(judged, today)
        if amount is not None or unit:
            faults["amount"] = _("The permanent blacklist has no term.")
    elif amount is None:
        faults["amount"] = _("Say for how long.")
    if wrong := _determined(kind, subject, sanction):
        faults["sanction"] = wrong
    if kind == ListKind.RED and burdened(subject):
        faults["subject"] = _("A list, a bar or a sanction speaks against this subject.")
    if subject.region_id != department.region_id:
        faults["subject"] = _("The subject belongs to another county: it is listed there.")
    if faults:
        raise BadInput.several(faults)
    if sanction is not None:
        lock_sanction(sanction, *STANDING)
        check_running(sanction)
    Subject.objects.select_for_update(no_key=True).get(
        pk=subject.pk
    )  # two who propose at once come one after the other
    if ListEntry.objects.filter(subject=subject, kind=kind, status__in=LIVE_ENTRY).exists():
        raise BadInput(_("The subject stands on this list, or is proposed for it."), field="subject")
    term = term_of(today, amount, unit, None, today)
    entry = ListEntry.objects.create(
        region=department.region, department=department, subject=subject, sanction=sanction, kind=kind,
        reason=needed(reason, most=300), basis=needed(basis, "basis", 300), decision_number=decision_number.strip()[:60],
        amount=term["amount"], unit=term["unit"], proposed_by=by, proposed_at=at, created_at=at, updated_at=at,
        **{name: value.strip() if isinstance(value, str) else value for name, value in judged.items()},
    )  # fmt: skip
    notices.of_department("entry_proposed", entry, by=by, at=at, subject=public_name(subject), list_kind=kind)
    roles = (Role.HEAD,) if kind == ListKind.PERMANENT else notices.SIGNING
    told = [user for user in notices.people(department, *roles, at=at) if user.pk != by.pk]
    notices.tell(told, "entry_to_approve", entry, at=at, department=department)
    return entry


def _lock(entry: ListEntry, *allowed: str) -> None:
    """:raises WrongState: the entry, or the sanction it rests on, is in another state"""
    if entry.sanction is not None:
        lock_sanction(entry.sanction)
    ListEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    entry.refresh_from_db()
    if entry.status not in allowed:
        raise WrongState(state=entry.status)


def _signs(entry: ListEntry, by: User) -> None:
    """:raises FourEyes: the same person proposed it
    :raises Refused: the permanent one is the head's (DESIGN §2)
    """
    if entry.proposed_by_id == by.pk:
        raise FourEyes(_("Who proposed an entry does not decide it."))
    if entry.kind == ListKind.PERMANENT and not by.has_role(Role.HEAD):
        raise Refused(_("The permanent blacklist is decided by the head of the department."), record=True)


@transaction.atomic
def approve_entry(*, entry: ListEntry, by: User, at: dt.datetime) -> ListEntry:
    """It stands on the list from today; its term is counted from today.

    :raises FourEyes, Refused: see `_signs`
    :raises BadInput: its last day has passed
    :raises WrongState: it is decided, what it rests on is suspended or does not stand, or a red one's subject is burdened
    """
    _lock(entry, EntryStatus.PROPOSED)
    if entry.sanction is not None and (entry.sanction.suspended_at or entry.sanction.status not in STANDING):
        raise WrongState(_("What this entry rests on does not stand at present."))
    if entry.kind == ListKind.RED and burdened(entry.subject):
        raise WrongState(_("A list, a bar or a sanction speaks against this subject."))
    _signs(entry, by)
    today = local_date(at)
    given = term_of(today, entry.amount, entry.unit, None if entry.amount else entry.until, today)
    move(entry, EntryStatus.LISTED, at=at, approved_by=by, approved_at=at, **given)
    notices.of_department(
        "entry_listed", entry, by=by, at=at, subject=public_name(entry.subject), list_kind=entry.kind
    )
    notices.tell(
        [entry.proposed_by], "entry_was_listed", entry, at=at, department=entry.department, tone="g"
    )  # fmt: skip
    if entry.kind in AGAINST:
        praise_ends(entry.subject, by, at)
    return entry


@transaction.atomic
def refuse_entry(*, entry: ListEntry, reason: str, by: User, at: dt.datetime) -> ListEntry:
    """It is not listed, with the reason.

    :raises BadInput: no reason
    """
    reason = needed(reason, most=300)
    _lock(entry, EntryStatus.PROPOSED)
    _signs(entry, by)
    move(entry, EntryStatus.REFUSED, at=at, ended_by=by, ended_at=at, end_reason=reason)
    follow_up(entry, at)
    notices.of_department(
        "entry_refused",
        entry,
        by=by,
        at=at,
        subject=public_name(entry.subject),
        list_kind=entry.kind,
        reason=reason,
    )
    notices.tell(
        [entry.proposed_by], "entry_was_refused", entry, at=at, department=entry.department, reason=reason
    )  # fmt: skip
    return entry


@transaction.atomic
def remove_entry(*, entry: ListEntry, reason: str, number: str = "", by: User, at: dt.datetime) -> ListEntry:
    """Off the list before its term: repaired, entered wrongly, or, of the permanent one, its judgment was reversed.

    number: of the paper it rests on; the permanent one asks for the reversing judgment's.

    :raises BadInput: no reason, no number of the reversing judgment
    :raises FourEyes: the same person approved it; of the permanent one see `_signs`
    :raises Refused: the permanent one is the head's
    """
    reason = needed(reason, most=300)
    _lock(entry, EntryStatus.LISTED, EntryStatus.SUSPENDED)
    if entry.kind == ListKind.PERMANENT:
        _signs(entry, by)
    elif entry.approved_by_id == by.pk:  # who proposed it is a second person
        raise FourEyes(_("Who approved an entry does not take it off the list."))
    if entry.kind == ListKind.PERMANENT and not number.strip():
        raise BadInput(
            _("Give the number of the judgment by which the conviction was reversed."), field="number"
        )
    end_entry(entry, reason, by, at, number.strip()[:60])
    notices.of_department(
        "entry_removed",
        entry,
        by=by,
        at=at,
        subject=public_name(entry.subject),
        list_kind=entry.kind,
        reason=reason,
    )
    told = notices.people(entry.department, *notices.WORKING, at=at)
    notices.tell(
        told, "entry_was_removed", entry, at=at, department=entry.department, tone="b", reason=reason
    )
    return entry
