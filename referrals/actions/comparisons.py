"""A list of people on its way to the department that keeps the register (C23 户籍注销核查比对)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.identifiers import masked
from core.refusals import BadInput, FourEyes, MovedOn, Stale, WrongState
from core.sealing import blind_index, seal
from core.states import move
from deadlines.actions.clocks import start_clock
from departments.enums import ReferralKind
from departments.models import Department, Route, User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts_comparison, notices_comparison
from referrals.actions.drafting import check_limit
from referrals.actions.papers import needed
from referrals.enums import ComparisonStatus
from referrals.models import Comparison, ComparisonRow
from referrals.people_list import FINDING, MOST, NAME, NUMBER, Listed, digest
from referrals.rules_writing import wrote

LONGEST = dt.timedelta(days=90)  # internal: a list without a result lives no longer after it was sent (PIPL art. 19)
KEEP = dt.timedelta(days=30)  # internal: lists outlive their result by no more than this (PIPL art. 19, 47)
NOT_SIGNED = {"submitted_by": None, "submitted_at": None, "approved_by": None, "approved_at": None}


def may_exchange(sender: Department, receiver: Department, *, unasked: bool) -> bool:
    """Whether a route allows it; who may be asked may also send unasked."""
    asker, keeper = (receiver, sender) if unasked else (sender, receiver)
    routes = Route.objects.filter(kind=ReferralKind.COMPARISON, sender=asker.function, receiver=keeper.function)
    near = sender.pk != receiver.pk and sender.region_id == receiver.region_id and receiver.active
    return near and routes.exists()


def _check_route(comparison: Comparison) -> None:
    """Asked again on the way: the county may have changed its routes since the draft.

    :raises BadInput: no route, or the receiver works no more
    """
    if not may_exchange(comparison.sender, comparison.receiver, unasked=comparison.unasked):
        raise BadInput(_("No route allows this letter to that department."), field="receiver")


@transaction.atomic
def draft_comparison(
    *,
    receiver: Department,
    kind: str,
    people: Sequence[Listed],
    purpose: str,
    basis: str,
    limit_on: dt.date | None = None,
    unasked: bool = False,
    by: User,
    at: dt.datetime,
) -> Comparison:
    """A draft with its list sealed at once. `unasked`: the list brings its findings along and asks for nothing.

    :raises BadInput: no purpose or basis, no route, a limit that has passed or is missing, too long a list
    """
    sender = by.department
    _check(sender, receiver, purpose=purpose, basis=basis, limit_on=limit_on, unasked=unasked, at=at)
    _check_list(people)
    comparison = Comparison.objects.create(
        kind=kind, unasked=unasked, sender=sender, receiver=receiver, purpose=purpose.strip(), basis=basis.strip(),
        limit_on=None if unasked else limit_on, total=len(people), hits=len(people) if unasked else None,
        list_sha256=digest(people), drafted_by=by, drafted_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    _put_list(comparison, people)
    record("comparison.drafted", target=comparison, by=by, at=at, total=len(people), receiver_id=receiver.pk)
    return comparison


@transaction.atomic
def edit_comparison(
    *,
    comparison: Comparison,
    version: int,
    receiver: Department,
    kind: str,
    purpose: str,
    basis: str,
    limit_on: dt.date | None = None,
    people: Sequence[Listed] = (),
    by: User,
    at: dt.datetime,
) -> Comparison:
    """Change a draft that is still at `version`. `people`: a new list in place of the old one; left empty, it stays.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft
    :raises BadInput: as for a new draft
    """
    locked = Comparison.objects.select_for_update(of=("self",)).select_related("sender").get(pk=comparison.pk)
    if locked.status != ComparisonStatus.DRAFT:
        raise WrongState
    if locked.version != version:
        raise Stale(theirs=locked)
    _check(
        locked.sender, receiver, purpose=purpose, basis=basis, limit_on=limit_on, unasked=locked.unasked, at=at
    )
    if people:
        _check_list(people)
        locked.rows.all().delete()
        _put_list(locked, people)
        locked.total, locked.list_sha256 = len(people), digest(people)
        locked.hits = len(people) if locked.unasked else None
    locked.receiver, locked.kind, locked.purpose, locked.basis = receiver, kind, purpose.strip(), basis.strip()
    locked.limit_on, locked.updated_at = None if locked.unasked else limit_on, at
    locked.version += 1
    locked.save()
    record("comparison.edited", target=locked, by=by, at=at, total=locked.total, receiver_id=receiver.pk)
    return locked


def _check(
    sender: Department,
    receiver: Department,
    *,
    purpose: str,
    basis: str,
    limit_on: dt.date | None,
    unasked: bool,
    at: dt.datetime,
) -> None:
    if not may_exchange(sender, receiver, unasked=unasked):
        raise BadInput(_("No route allows this letter to that department."), field="receiver")
    for name, text in (("purpose", purpose), ("basis", basis)):
        if not text.strip():
            raise BadInput(_("State it: the law asks for it where personal data is handed on."), field=name)
    if not unasked and limit_on is None:
        raise BadInput(_("State by which date an answer is expected."), field="limit_on")
    check_limit(limit_on, at=at)


def _check_list(people: Sequence[Listed]) -> None:
    if not 0 < len(people) <= MOST:
        raise BadInput(_("The list has between 1 and %(n)d people.") % {"n": MOST}, field="people")


def _put_list(comparison: Comparison, people: Sequence[Listed]) -> None:
    ComparisonRow.objects.bulk_create(
        (_row(comparison, place, person, comparison.unasked) for place, person in enumerate(people, 1)), batch_size=1000
    )


def _row(comparison: Comparison, place: int, person: Listed, unasked: bool) -> ComparisonRow:
    return ComparisonRow(
        comparison=comparison,
        position=place,
        name_sealed=seal(person.name, purpose=NAME),
        id_sealed=seal(person.number, purpose=NUMBER),
        id_index=blind_index(person.number, purpose=NUMBER),
        masked=f"{person.name[:1]}** {masked(person.number)}",
        hit=True if unasked else None,
        finding_sealed=seal(person.finding, purpose=FINDING) if unasked else None,
    )


@transaction.atomic
def submit_comparison(*, comparison: Comparison, by: User, at: dt.datetime) -> Comparison:
    """Hand the draft to the person who signs.

    :raises BadInput: its limit has passed meanwhile, or no route allows it any more
    :raises WrongState, MovedOn: it is no draft
    """
    check_limit(comparison.limit_on, at=at)
    _check_route(comparison)
    move(comparison, ComparisonStatus.SUBMITTED, at=at, submitted_by=by, submitted_at=at, sent_back_reason="")
    record("comparison.submitted", target=comparison, by=by, at=at)
    notices_comparison.to_sign(comparison, at=at)
    return comparison


@transaction.atomic
def approve_comparison(*, comparison: Comparison, by: User, at: dt.datetime) -> Comparison:
    """签发.

    :raises FourEyes: by the drafter, or by who changed the draft
    :raises WrongState, MovedOn: it does not wait for a signature
    """
    if comparison.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this paper: somebody else has to review and sign it."))
    if wrote(by, comparison):
        raise FourEyes(_("You changed this draft: somebody else has to review and sign it."))
    move(comparison, ComparisonStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    record("comparison.approved", target=comparison, by=by, at=at)
    notices_comparison.to_send(comparison, at=at)
    return comparison


@transaction.atomic
def send_back_comparison(*, comparison: Comparison, reason: str, by: User, at: dt.datetime) -> Comparison:
    """Give a submitted or signed draft back to its drafter.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is neither
    """
    reason = needed(reason)
    move(comparison, ComparisonStatus.DRAFT, at=at, sent_back_reason=reason, **NOT_SIGNED)
    record("comparison.sent_back", target=comparison, by=by, at=at, reason=reason)
    notices_comparison.sent_back(comparison, at=at)
    return comparison


@transaction.atomic
def discard_comparison(*, comparison: Comparison, reason: str, by: User, at: dt.datetime) -> Comparison:
    """Give a draft up; its list is destroyed at once.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is no draft
    """
    reason = needed(reason)
    move(comparison, ComparisonStatus.DISCARDED, at=at, destroy_on=local_date(at))
    record("comparison.discarded", target=comparison, by=by, at=at, reason=reason)
    destroy_list(comparison=comparison, by=by, at=at)
    return comparison


@transaction.atomic
def send_comparison(*, comparison: Comparison, by: User, at: dt.datetime) -> Comparison:
    """编号、用印、发出: the letter gets its number and names no person; the receiver's clock for signing starts.

    From now on the list has its last day: 90 days, or 30 after a later limit, unless a result comes first.

    :raises BadInput: its limit has passed, or no route allows it any more
    :raises WrongState, MovedOn: it is not signed
    """
    check_limit(comparison.limit_on, at=at)
    _check_route(comparison)
    if Comparison.objects.select_for_update().get(pk=comparison.pk).status != comparison.status:
        raise MovedOn
    start_clock(
        code="transfer_sign", target=comparison, department=comparison.receiver, to_department=comparison.sender,
        by=by, at=at,
    )  # fmt: skip
    document = issue_document(
        kind="comparison_letter", department=comparison.sender, target=comparison, case=None,
        context=contexts_comparison.letter(comparison, at=at), by=by, at=at,
    )  # fmt: skip
    move(
        comparison, ComparisonStatus.SENT, at=at, sent_by=by, sent_at=at, document=document, number=document.number,
        destroy_on=max(local_date(at) + LONGEST, (comparison.limit_on or local_date(at)) + KEEP),
    )  # fmt: skip
    record("comparison.sent", target=comparison, by=by, at=at, number=comparison.number,
           receiver=comparison.receiver.short_name, total=comparison.total)  # fmt: skip
    notices_comparison.sent(comparison, at=at)
    return comparison


@transaction.atomic
def destroy_list(*, comparison: Comparison, by: User | None, at: dt.datetime) -> int:
    """Delete the people of the list; how many. What stays are counts and the list's SHA-256, and this record.

    A second time it does nothing and says 0.
    """
    locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if locked.destroyed_at is not None:
        return 0
    gone = locked.rows.count()
    locked.rows.all().delete()
    locked.destroyed_at, locked.destroyed_by, locked.updated_at = at, by, at
    locked.destroy_on = locked.destroy_on or local_date(at)
    locked.save(update_fields=["destroyed_at", "destroyed_by", "destroy_on", "updated_at"])
    record("comparison.destroyed", target=locked, by=by, at=at, gone=gone, sha256=locked.list_sha256)
    comparison.refresh_from_db()
    return gone


