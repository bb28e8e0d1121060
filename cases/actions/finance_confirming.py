"""Money that came in, confirmed by voucher beside the ledger: 追回 into 财政专户, fines paid into 国库 (条例 art. 45)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import lock_case
from cases.enums import ACCOUNTS, MoneyKind
from cases.models import MoneyConfirmation, MoneyEntry
from core.dates import EARLIEST, local_date
from core.money import exact
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from departments.models import User
from documents import storage
from documents.actions.keeping import SCAN_LIMIT, SIGNATURES
from journal.actions import record


def left_of(entry: MoneyEntry) -> Decimal:
    """Yuan of an entry that no voucher covers yet; negative where more came in."""
    sums = MoneyConfirmation.objects.standing().filter(entry=entry).aggregate(sum=Sum("amount"))
    return entry.amount - (sums["sum"] or Decimal("0.00"))


@transaction.atomic
def confirm_money(
    *,
    entry: MoneyEntry,
    voucher: str,
    amount: Decimal,
    paid_on: dt.date,
    scan: Any,
    difference: str = "",
    by: User,
    at: dt.datetime,
) -> MoneyConfirmation:
    """Confirm that an amount came in. Less than what is left is a part; with a `difference` named it is the last.

    :raises FourEyes: by who entered it, or by a department for its own amount
    :raises WrongState: the entry was reversed, is a reversal, or of a kind that comes into no account
    :raises AlreadyDone: it is confirmed whole, or by this voucher already
    :raises BadInput: amount, day, voucher or scan cannot be right; more than is left and no difference named
    """
    lock_case(entry.case)
    if entry.by_id == by.pk or entry.department_id == by.post.department_id:
        raise FourEyes
    account = ACCOUNTS.get(MoneyKind(entry.kind))
    if account is None or entry.reverses_id is not None or MoneyEntry.objects.filter(reverses=entry).exists():
        raise WrongState(_("This amount was reversed, or comes into no account."))
    made = MoneyConfirmation.objects.standing().filter(entry=entry)
    left = left_of(entry)
    if left <= 0 or made.exclude(difference="").exists():
        raise AlreadyDone(_("This amount is confirmed already."))
    faults = {}
    amount, voucher, difference = exact(amount), voucher.strip(), difference.strip()
    if not voucher:
        faults["voucher"] = _("Enter the number of the voucher.")
    elif made.filter(voucher=voucher).exists():
        faults["voucher"] = _("This voucher was entered for this amount already.")
    if not EARLIEST <= paid_on <= local_date(at):
        faults["paid_on"] = _("The day lies in the future or before the year 2000.")
    if amount > left and not difference:
        faults["difference"] = _("More than is left of the amount: say why.")
    if amount == left and difference:
        faults["difference"] = _("The amounts agree: there is no difference to name.")
    if faults:
        raise BadInput.several(faults)
    name, media_type, digest = _kept(scan)
    row = MoneyConfirmation.objects.create(
        entry=entry, case=entry.case, department=by.post.department, account=account, voucher=voucher, amount=amount,
        paid_on=paid_on, difference=difference, scan=name, scan_type=media_type, scan_sha256=digest, by=by, at=at,
    )  # fmt: skip
    more = {"reason": difference} if difference else {}
    record(
        "money.confirmed", target=row, case=entry.case, by=by, at=at, money=entry.kind, amount=str(amount), number=voucher,
        **more,
    )  # fmt: skip
    return row


def _kept(scan: Any) -> tuple[str, str, str]:
    """(name, media type, SHA-256) of the scan, judged by its bytes."""
    data = scan.read(SCAN_LIMIT + 1)
    if len(data) > SCAN_LIMIT:
        raise BadInput(_("The scan is larger than 20 MB."), field="scan")
    found = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
    if found is None:
        raise BadInput(_("Upload the scan as PDF, JPEG or PNG."), field="scan")
    suffix, media_type = found
    name, digest = storage.keep(data, suffix)
    return name, media_type, digest


@transaction.atomic
def take_back(*, confirmation: MoneyConfirmation, reason: str, by: User, at: dt.datetime) -> MoneyConfirmation:
    """A confirmation was wrong, or its amount went back: it counts no more and stays on record.

    :raises BadInput: no reason
    :raises AlreadyDone: it was taken back
    """
    lock_case(confirmation.case)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    standing = MoneyConfirmation.objects.standing().filter(pk=confirmation.pk)
    if not standing.update(voided_by=by, voided_at=at, void_reason=reason.strip()):
        raise AlreadyDone(_("This confirmation was taken back already."))
    confirmation.refresh_from_db()
    record(
        "money.unconfirmed", target=confirmation, case=confirmation.case, by=by, at=at, money=confirmation.entry.kind,
        amount=str(confirmation.amount), number=confirmation.voucher, reason=reason.strip(),
    )  # fmt: skip
    return confirmation


@transaction.atomic
def note_taken(*, rows: int, by: User, at: dt.datetime) -> None:
    """Write down that the finance department took its list along as a file."""
    record("money.exported", target=None, by=by, at=at, rows=rows)


@transaction.atomic
def note_scan(*, confirmation: MoneyConfirmation, by: User, at: dt.datetime) -> None:
    """Write down who looked at the scan of a voucher."""
    record("money.scan_seen", target=confirmation, case=confirmation.case, by=by, at=at, number=confirmation.voucher)
