"""The ledger: entries are added and reversed, never edited."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import check_kept, check_open, lock_case
from cases.enums import MoneyKind
from cases.models import Case, CaseMerge, MoneyEntry, Strand
from core import registry
from core.dates import EARLIEST, local_date
from core.money import LIMIT, exact
from core.refusals import AlreadyDone, BadInput, WrongState
from core.registry import Clue
from departments.models import User
from journal.actions import record


@transaction.atomic
def enter_money(
    *,
    case: Case,
    kind: str,
    amount: Decimal,
    happened_on: dt.date,
    strand: Strand | None = None,
    document: str = "",
    remark: str = "",
    clue: Any = None,
    by: User,
    at: dt.datetime,
) -> MoneyEntry:
    """Enter an amount in yuan, attributed to the clue it comes from.

    Recovered fund and fines are kinds of their own (条例 art. 45); `Case.suspected` follows the ledger.

    :raises BadInput: not above zero, too large, finer than the fen, dated in the future or before 2000, a strand of
        another case, or a clue that is not this case's or is given an amount that is not verified
    :raises WrongState: the case is closed; only what is paid to its reporters is entered then
    """
    lock_case(case)
    _check_open(case, kind, clue is not None)
    amount = exact(amount)
    if happened_on > local_date(at):
        raise BadInput(_("The date lies in the future."), field="happened_on")
    if happened_on < EARLIEST:
        raise BadInput(_("The date lies before the year 2000."), field="happened_on")
    if strand is not None and strand.case_id != case.pk:
        raise BadInput(_("The strand belongs to another case."), field="strand")
    if clue is not None:
        check_clue(case, kind, clue)
    if kind == MoneyKind.SUSPECTED and case.suspected + amount > LIMIT:
        raise BadInput(_("The amount is too large."), field="amount", record=True)
    entry = MoneyEntry.objects.create(
        case=case,
        strand=strand,
        department=by.department,
        kind=kind,
        amount=amount,
        happened_on=happened_on,
        document=document,
        remark=remark,
        clue_kind=clue.kind_code if clue is not None else "",
        clue_id=clue.pk if clue is not None else None,
        by=by,
        at=at,
    )
    _follow_suspected(case, kind, amount, at)
    record("money.entered", target=entry, case=case, by=by, at=at, money=str(kind), amount=str(amount))
    _tell(entry, at)
    return entry


def _check_open(case: Case, kind: str, clue: bool) -> None:
    """What reporters are paid is entered whenever it is paid, and the verified amount a report led to where the report
    stands, be its case merged into another (ADR 0075)."""
    if kind == MoneyKind.REWARDED:
        return
    if kind == MoneyKind.VERIFIED and clue and CaseMerge.objects.in_force().filter(case=case).exists():
        check_kept(case)
        return
    check_open(case)


def clues_of(case: Case) -> list[Clue]:
    """What a verified amount of this case may be attributed to, by the rooms above."""
    return [clue for offer in registry.clues for clue in offer(case)]


def check_clue(case: Case, kind: str, clue: Any) -> None:
    """:raises BadInput: the amount is not verified, or the clue is not one of this case"""
    if kind != MoneyKind.VERIFIED:
        raise BadInput(_("Only a verified amount is attributed to a report."), field="clue", record=True)
    if (clue.kind_code, clue.pk) not in {(each.kind_code, each.pk) for each in clues_of(case)}:
        raise BadInput(_("Choose a report of this case."), field="clue", record=True)


def _tell(entry: MoneyEntry, at: dt.datetime) -> None:
    for listener in registry.money_listeners:
        listener(entry=entry, at=at)


@transaction.atomic
def reverse_entry(*, entry: MoneyEntry, remark: str, by: User, at: dt.datetime) -> MoneyEntry:
    """Cancel an entry by its negative, which points at it.

    :raises AlreadyDone: it was reversed
    :raises WrongState: it is itself a reversal, or the case is closed (as `enter_money`)
    :raises BadInput: no remark saying why
    """
    case = entry.case
    lock_case(case)
    _check_open(case, entry.kind, entry.clue_id is not None)
    if entry.reverses_id is not None:
        raise WrongState(_("A reversal is not reversed; enter the amount again."))
    if MoneyEntry.objects.filter(reverses=entry).exists():
        raise AlreadyDone(_("This entry was reversed already."))
    if not remark.strip():
        raise BadInput(_("Say why."), field="remark")
    reversal = MoneyEntry.objects.create(
        case=case,
        strand=entry.strand,
        department=by.department,
        kind=entry.kind,
        amount=-entry.amount,
        happened_on=local_date(at),
        document=entry.document,
        remark=remark.strip(),
        clue_kind=entry.clue_kind,
        clue_id=entry.clue_id,
        reverses=entry,
        by=by,
        at=at,
    )
    _follow_suspected(case, entry.kind, -entry.amount, at)
    record("money.reversed", target=entry, case=case, by=by, at=at, money=entry.kind, amount=str(entry.amount),
           reason=remark.strip())  # fmt: skip
    _tell(reversal, at)
    return reversal


def _follow_suspected(case: Case, kind: str, amount: Decimal, at: dt.datetime) -> None:
    if kind == MoneyKind.SUSPECTED:
        case.suspected += amount
        case.updated_at = at
        case.version += 1
        case.save(update_fields=["suspected", "updated_at", "version"])
