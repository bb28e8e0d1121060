"""补正: the receiver asks for what is missing before it decides; its clock stands until it comes."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.evidence import record_custody, verify_evidence
from cases.actions.locking import lock_case
from cases.enums import CustodyKind
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import (
    cancel_clock,
    meet_clock,
    open_clock,
    pause_clock,
    resume_clock,
    start_clock,
)
from deadlines.enums import DeadlineStatus
from departments.models import User
from journal.actions import record
from referrals import receiving_notices
from referrals.actions.drafting import Line, check_limit
from referrals.actions.overtaken import drop_stale
from referrals.actions.papers import needed
from referrals.enums import ReferralStatus
from referrals.models import Completion, Referral, SuppliedItem
from referrals.receiving_enums import CompletionStatus
from referrals.refusals import HashMismatch
from referrals.sealed import clock_place

ARRIVED = gettext_noop("What was missing has arrived.")
REPLY_CLOCKS = ("transfer_reply", "written_opinion")


def undecided(referral: Referral) -> Referral:
    """The letter's locked row, while its receiver has not decided.

    :raises WrongState: the receiver has accepted, returned or passed it on
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status != ReferralStatus.RECEIVED:
        raise WrongState(_("The receiver has decided on this letter: it is no longer completed."))
    return locked


def check_asking(referral: Referral, due_on: dt.date | None, *, at: dt.datetime) -> Referral:
    """Whether completion may be asked for; the letter's locked row.

    :raises BadInput: a date that is not later than today
    :raises WrongState: the receiver has decided, or a request is open
    """
    locked = undecided(referral)
    if Completion.objects.of(locked) is not None:
        raise WrongState(_("Completion was already asked for."))
    check_limit(due_on, at=at, field="due_on")
    return locked


def open_completion(
    referral: Referral,
    *,
    missing: str,
    due_on: dt.date,
    asked_by: User | None = None,
    since: dt.datetime | None = None,
    by: User,
    at: dt.datetime,
) -> Completion:
    """Completion stands open: the receiver's clock stops, the sender's begins. By a letter that goes out, or by a
    body's own paper, by whose day (`since`) the receiver's clock stops.

    :raises BadInput: nothing said to be missing, or a date that is not later than today
    :raises WrongState: the receiver has decided, or a request is open
    """
    locked = check_asking(referral, due_on, at=at)
    missing = needed(missing, "missing")
    completion = Completion.objects.create(
        referral=locked,
        missing=missing,
        due_on=due_on,
        asked_by=asked_by or by,
        asked_at=at,
        created_at=at,
        updated_at=at,
    )
    reason = for_the_record(gettext_noop("Completion asked for: %(missing)s"), missing=missing)
    for code in REPLY_CLOCKS:
        deadline = open_clock(locked, code)
        if deadline is not None:
            pause_clock(deadline=deadline, at=at, since=since, by=by, reason=reason)
    start_clock(
        code="completion", target=locked, department=locked.sender, to_department=locked.receiver,
        due_on=due_on, by=by, at=at, **{"person": locked.author, **clock_place(locked)},
    )  # fmt: skip
    record("completion.asked", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, due_on=due_on, reason=missing)  # fmt: skip
    drop_stale(locked, by=by, at=at)
    receiving_notices.completion_asked(completion, at=at)
    return completion


def check_supply(completion: Completion, lines: Sequence[Line], note: str) -> Referral:
    """Whether this may be handed over; the letter's locked row.

    :raises BadInput: nothing supplied, a file that is not in the case, or one handed over before
    :raises WrongState: the receiver has decided, or no longer asks for it
    """
    locked = undecided(completion.referral)
    if Completion.objects.get(pk=completion.pk).status != CompletionStatus.ASKED:
        raise WrongState(_("The receiver no longer waits for this."))
    if not lines and not note.strip():
        raise BadInput(_("Hand over at least one file, or explain."), field="lines")
    _check_lines(locked, lines)
    return locked


def hand_in(
    completion: Completion,
    *,
    lines: Sequence[Line],
    note: str,
    late_reason: str,
    supplied_by: User,
    by: User,
    at: dt.datetime,
) -> Completion:
    """What was missing goes out with its letter; it sets the receiver's clock going.

    The clock of a body without an account stands until the letter is proved to have been served (`count_from_service`).

    :raises BadInput, WrongState: see `check_supply`; MovedOn: somebody was first
    """
    locked = check_supply(completion, lines, note)
    note = note.strip()
    move(completion, CompletionStatus.SUPPLIED, at=at, note=note, supplied_by=supplied_by, supplied_at=at)
    for position, line in enumerate(lines, 1):
        piece = line.evidence
        SuppliedItem.objects.create(
            completion=completion, evidence=piece, position=position, name=piece.name, sha256=piece.sha256,
            quantity=line.quantity, pages=piece.pages, remark=line.remark.strip(),
        )  # fmt: skip
        record_custody(
            evidence=piece, kind=CustodyKind.HANDED_OVER, department=locked.sender,
            to_department=locked.receiver, by=by, at=at, cause=locked,
        )  # fmt: skip
    owed = open_clock(locked, "completion")
    if owed is not None:
        meet_clock(deadline=owed, at=at, by=by, late_reason=late_reason)
    if locked.receiver.has_account:
        _count_on(locked, by=by, at=at, reason=for_the_record(ARRIVED))
    record("completion.supplied", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, items=len(lines), reason=note)  # fmt: skip
    receiving_notices.completion_supplied(completion, at=at)
    return completion


def _check_lines(referral: Referral, lines: Sequence[Line]) -> None:
    before = set(referral.dispatch.manifest.values_list("evidence", flat=True))
    before |= set(
        SuppliedItem.objects.filter(completion__referral=referral).values_list("evidence", flat=True)
    )
    for line in lines:
        if line.evidence.case_id != referral.case_id or line.evidence.voided_at is not None:
            raise BadInput(_("The manifest names a file that is not in this case."), field="lines")
        if line.evidence.pk in before:
            raise BadInput(
                _("%(name)s was handed over before.") % {"name": line.evidence.name}, field="lines"
            )
        if line.quantity < 1:
            raise BadInput(_("A manifest line has at least one copy."), field="lines")
        before.add(line.evidence.pk)


@transaction.atomic
def take_completion(*, completion: Completion, by: User, at: dt.datetime) -> Completion:
    """The receiver takes in what was supplied: hashes are verified, and it stands in the custody record.

    A body without an account has taken it in when its letter is proved to have been served (送达回证).

    :raises HashMismatch: a file is not what was supplied; nothing was taken in
    :raises WrongState, MovedOn: nothing was supplied, its service is not proved, or it was taken in
    """
    referral = completion.referral
    lock_case(referral.case)
    served = completion.supplements.filter(delivery__isnull=False)
    if not referral.receiver.has_account and completion.status == CompletionStatus.SUPPLIED and not served.exists():
        raise WrongState(_("Prove first that the letter with what was missing was delivered."))
    items = list(completion.items.select_related("evidence"))
    broken = [item.evidence for item in items
              if item.sha256 != item.evidence.sha256 or not verify_evidence(item.evidence)]  # fmt: skip
    if broken:
        raise HashMismatch(broken)
    move(completion, CompletionStatus.TAKEN, at=at, taken_by=by, taken_at=at)
    for item in items:
        for kind in (CustodyKind.VERIFIED, CustodyKind.RECEIVED):
            record_custody(
                evidence=item.evidence, kind=kind, department=referral.receiver, by=by, at=at, cause=referral
            )
    record("completion.taken", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, items=len(items))  # fmt: skip
    receiving_notices.completion_taken(completion, at=at)
    return completion


@transaction.atomic
def drop_completion(*, completion: Completion, reason: str, by: User, at: dt.datetime) -> Completion:
    """The receiver no longer needs what it asked for; its own clock runs on.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was supplied or taken in, or the receiver has decided
    """
    locked = undecided(completion.referral)
    reason = needed(reason)
    if completion.status != CompletionStatus.ASKED:
        raise WrongState
    _drop(completion, locked, reason=reason, by=by, at=at)
    _count_on(locked, by=by, at=at, reason=reason)
    drop_stale(locked, by=by, at=at)
    return completion


def settle_before_acceptance(referral: Referral, *, by: User, at: dt.datetime) -> None:
    """Who accepts no longer waits for what is missing; what was supplied has to be taken in first.

    :raises WrongState: supplied material waits to be taken in
    """
    completion = Completion.objects.of(referral)
    if completion is None:
        return
    if completion.status == CompletionStatus.SUPPLIED:
        raise WrongState(_("Take in what was supplied first."))
    reason = for_the_record(gettext_noop("accepted without it"))
    _drop(completion, referral, reason=reason, by=by, at=at)
    _count_on(referral, by=by, at=at, reason=reason)


def end_completion(referral: Referral, *, by: User, at: dt.datetime, reason: str) -> None:
    """The letter comes to an end: nobody waits for completion any more. The clocks end with the letter."""
    completion = Completion.objects.of(referral)
    if completion is not None:
        _drop(completion, referral, reason=reason, by=by, at=at)


def _drop(completion: Completion, referral: Referral, *, reason: str, by: User, at: dt.datetime) -> None:
    move(completion, CompletionStatus.DROPPED, at=at, dropped_by=by, dropped_at=at, drop_reason=reason[:300])
    owed = open_clock(referral, "completion")
    if owed is not None:
        cancel_clock(deadline=owed, at=at, by=by, reason=reason)
    record("completion.dropped", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, reason=reason)  # fmt: skip
    receiving_notices.completion_dropped(completion, at=at)


def count_from_service(referral: Referral, *, served_at: dt.datetime, by: User, at: dt.datetime) -> None:
    """What was missing reached a body without an account: its clock, where it still stands, runs on from that day.

    Belongs to the action that proves the service, which holds the case.
    """
    _count_on(referral, since=served_at, by=by, at=at, reason=for_the_record(ARRIVED))


def _count_on(
    referral: Referral, *, since: dt.datetime | None = None, by: User, at: dt.datetime, reason: str
) -> None:
    """The receiver's clock runs on; the limit the letter states moves by the time it stood."""
    for code in REPLY_CLOCKS:
        deadline = open_clock(referral, code)
        if deadline is not None and deadline.status == DeadlineStatus.PAUSED:
            resume_clock(deadline=deadline, since=since, at=at, by=by, reason=reason)
            Referral.objects.filter(pk=referral.pk).update(
                limit_on=deadline.due_on, updated_at=at, version=F("version") + 1
            )
            referral.refresh_from_db(fields=["limit_on", "updated_at", "version"])
