"""What the law says of the days and the money after a decision (FACTS §2.5; 行政处罚法 67, 72; 行政强制法 53)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cases import rules
from cases.enums import CONTESTING, AfterKind, MoneyKind, StrandStatus
from cases.models import AfterStep, MoneyEntry, Strand
from core.dates import add_months
from departments.models import User

PAY_DAYS = 15  # 处罚法 67
REVIEW_DAYS = 60  # 行政复议法 20
LAWSUIT_MONTHS = 6  # 行政诉讼法 46
A_DAY = Decimal("0.03")  # 处罚法 72: 3 % a day, never more than the fine itself
NONE = Decimal("0.00")
STANDING = (StrandStatus.DECIDED, StrandStatus.PERFORMED)


def surcharge(owed: Decimal, last_day: dt.date, today: dt.date) -> Decimal:
    """加处罚款 in yuan on what is still owed of a fine, as of `today`."""
    days = (today - last_day).days
    if days <= 0 or owed <= 0:
        return NONE
    return min(owed, (owed * A_DAY * days).quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True)
class After:
    """How far a strand is after its decision: what was fined and paid in yuan, and the last days that follow from the
    service, None before it."""

    served: AfterStep | None
    fined: Decimal
    paid: Decimal
    pay_by: dt.date | None
    review_by: dt.date | None
    sue_by: dt.date | None
    contested: AfterStep | None
    surcharge: Decimal

    @property
    def owed(self) -> Decimal:
        return max(NONE, self.fined - self.paid)


def after(steps: Iterable[AfterStep], entries: Iterable[MoneyEntry], today: dt.date) -> After:
    """The state of one strand, from its steps and its entries in the ledger."""
    steps = list(steps)
    served = next((step for step in steps if step.kind == AfterKind.SERVED), None)
    ended = {step.about_id for step in steps}
    contested = next((step for step in steps if step.kind in CONTESTING and step.pk not in ended), None)
    sums = {MoneyKind.FINED: NONE, MoneyKind.FINE_PAID: NONE}
    for entry in entries:
        if entry.kind in sums:
            sums[MoneyKind(entry.kind)] += entry.amount
    fined, paid = sums.values()
    instalments = [step.due_on for step in steps if step.kind == AfterKind.INSTALMENT and step.due_on]
    pay_by = served.on + dt.timedelta(days=PAY_DAYS) if served else None
    if instalments and pay_by:
        pay_by = max(pay_by, *instalments)  # 处罚法 66: put off, or paid in parts
    return After(
        served=served,
        fined=fined,
        paid=paid,
        pay_by=pay_by,
        review_by=served.on + dt.timedelta(days=REVIEW_DAYS) if served else None,
        sue_by=add_months(served.on, LAWSUIT_MONTHS) if served else None,
        contested=contested,
        surcharge=surcharge(fined - paid, pay_by, today) if pay_by else NONE,
    )


def can_follow_up(user: User, strand: Strand) -> bool:
    """Record what follows the decision: the strand's handler or section head, while it stands."""
    return strand.status in STANDING and strand.case.status != "closed" and rules.can_work_strand(user, strand)


def can_settle(user: User, step: Any) -> bool:
    """Record how a review or lawsuit ended, with what it changes: the department's deputy head or head."""
    return step.kind in CONTESTING and step.strand.case.status != "closed" and rules.can_decide_strand(user, step.strand)
