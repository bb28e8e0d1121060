"""监管经费: a fund is opened with its budget; grants and spending are entries; corrections reverse (FACTS §1A C7)."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import AlreadyDone, BadInput, WrongState
from core.wording import money
from departments.models import Department, User
from finance.actions.common import (
    check,
    exact_amount,
    lock_register,
    missing,
    wrong_day,
    wrong_department,
    wrong_year,
)
from finance.enums import EntryKind
from finance.models import FundEntry, SupervisionFund
from journal.actions import record


@transaction.atomic
def open_fund(
    *,
    year: int,
    department: Department,
    use: str,
    amount: Decimal,
    basis_number: str,
    basis_on: dt.date,
    remark: str = "",
    by: User,
    at: dt.datetime,
) -> SupervisionFund:
    """Open a fund of the person's region with the amount budgeted for it.

    :raises BadInput: an entry cannot be right, or the department has this fund in this year already
    """
    region = by.post.department.region
    lock_register(region)
    amount, use, basis_number = exact_amount(amount), use.strip(), basis_number.strip()
    check({
        "year": wrong_year(year, at), "department": wrong_department(department, region), "use": missing(use),
        "basis_number": missing(basis_number), "basis_on": wrong_day(basis_on, at),
    })  # fmt: skip
    if SupervisionFund.objects.filter(region=region, year=year, department=department, use=use).exists():
        raise BadInput(_("This fund stands in the register: enter further budget there."), field="use")
    fund = SupervisionFund.objects.create(
        region=region, year=year, department=department, use=use, basis_number=basis_number, basis_on=basis_on,
        remark=remark.strip(), by=by, at=at,
    )  # fmt: skip
    _enter(fund, EntryKind.BUDGETED, amount, basis_number, basis_on, remark, by, at)
    return fund


@transaction.atomic
def enter_amount(
    *,
    fund: SupervisionFund,
    kind: str,
    amount: Decimal,
    document: str,
    happened_on: dt.date,
    remark: str = "",
    by: User,
    at: dt.datetime,
) -> FundEntry:
    """Enter further budget, a grant or spending: never more granted than budgeted, nor spent than granted.

    :raises BadInput: an entry cannot be right, or exceeds what is left
    """
    fund = _locked(fund)
    amount = exact_amount(amount)
    check({"document": missing(document), "happened_on": wrong_day(happened_on, at)})
    if kind == EntryKind.GRANTED and amount > fund.budgeted - fund.granted:
        said = _("Only %(left)s yuan of what is budgeted are not granted yet.")
        raise BadInput(said % {"left": money(fund.budgeted - fund.granted)}, field="amount")
    if kind == EntryKind.SPENT and amount > fund.left:
        said = _("Only %(left)s yuan of what was granted are left.")
        raise BadInput(said % {"left": money(fund.left)}, field="amount")
    return _enter(fund, EntryKind(kind), amount, document, happened_on, remark, by, at)


@transaction.atomic
def reverse_entry(*, entry: FundEntry, reason: str, by: User, at: dt.datetime) -> FundEntry:
    """Take an entry back by one of the same amount below zero; the later steps it carries are reversed first.

    :raises BadInput: no reason
    :raises AlreadyDone: it was reversed
    :raises WrongState: it is a reversal, or more was granted or spent than would be left
    """
    fund = _locked(entry.fund)
    check({"reason": missing(reason)})
    if FundEntry.objects.filter(reverses=entry).exists():
        raise AlreadyDone(_("This entry was reversed already."))
    if entry.reverses_id is not None:
        raise WrongState
    if entry.kind == EntryKind.BUDGETED and entry.amount > fund.budgeted - fund.granted:
        raise WrongState(_("More was granted than would be budgeted: reverse the grant first."))
    if entry.kind == EntryKind.GRANTED and entry.amount > fund.left:
        raise WrongState(_("More was spent than would be granted: reverse the spending first."))
    made = FundEntry.objects.create(
        fund=fund, kind=entry.kind, amount=-entry.amount, document=entry.document, happened_on=entry.happened_on,
        remark=reason.strip(), reverses=entry, by=by, at=at,
    )  # fmt: skip
    record(
        "fund.reversed", target=fund, by=by, at=at, fund_kind=entry.kind, amount=str(entry.amount),
        document=entry.document, year=fund.year, department=fund.department_id, use=fund.use, reason=reason.strip(),
    )  # fmt: skip
    return made


def _locked(fund: SupervisionFund) -> SupervisionFund:
    """The fund with its sums, which nobody else changes meanwhile."""
    SupervisionFund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    return SupervisionFund.objects.with_sums().get(pk=fund.pk)


def _enter(
    fund: SupervisionFund,
    kind: EntryKind,
    amount: Decimal,
    document: str,
    on: dt.date,
    remark: str,
    by: User,
    at: dt.datetime,
) -> FundEntry:
    made = FundEntry.objects.create(
        fund=fund, kind=kind, amount=amount, document=document.strip(), happened_on=on, remark=remark.strip(), by=by, at=at
    )
    record(
        "fund.entered", target=fund, by=by, at=at, fund_kind=kind, amount=str(amount), document=document.strip(),
        year=fund.year, department=fund.department_id, use=fund.use,
    )  # fmt: skip
    return made
