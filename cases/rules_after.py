"""What the law says of the days and the money after a decision (FACTS §2.5, §2.8; 处罚法 66, 67, 72, 73; 强制法 53, 54)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from cases import rules
from cases.enums import CONTESTING, AfterKind, MoneyKind, Outcome, StrandStatus
from cases.models import AfterStep, MoneyEntry, Strand
from core.dates import add_months, local_date
from deadlines.calendar import Calendar
from departments.models import User

DAY = dt.timedelta(days=1)
PAY_DAYS = 15  # 处罚法 67
REVIEW_DAYS = 60  # 行政复议法 20
LAWSUIT_MONTHS = 6  # 行政诉讼法 46
LAWSUIT_DAYS = 15  # 行政诉讼法 45: from the decision of a review
ENFORCE_MONTHS = 3  # 行政强制法 53
URGING_DAYS = 10  # 行政强制法 54, working days (69)
A_DAY = Decimal("0.03")  # 处罚法 72: 3 % a day, never more than the fine itself
NONE = Decimal("0.00")
STANDING = (StrandStatus.DECIDED, StrandStatus.PERFORMED)


def surcharge(
    due: Iterable[tuple[dt.date, Decimal]],
    paid: Iterable[tuple[dt.date, Decimal]],
    stopped: Iterable[tuple[dt.date, dt.date]],
    today: dt.date,
) -> Decimal:
    """加处罚款 in yuan to the end of `today` (处罚法 72): 3 % for each day after a last day, on what was overdue and
    unpaid as that day began; in all at most the fine.

    due: the parts of the fine in yuan with their last days (art. 66); paid: the payments by day; stopped: from and to
    (both included) a review or a lawsuit ran, when nothing is counted (art. 73 para. 3).
    """
    due, paid, stopped = list(due), list(paid), list(stopped)
    turns = {last + DAY for last, _amount in due} | {on + DAY for on, _amount in paid} | {today + DAY}
    for begin, end in stopped:
        turns |= {begin, min(end, today) + DAY}
    days = sorted(turn for turn in turns if turn <= today + DAY)
    found = NONE
    for begin, end in pairwise(days):  # nothing changes from `begin` until before `end`
        if any(first <= begin <= last for first, last in stopped):
            continue
        overdue = sum((amount for last, amount in due if last < begin), NONE)
        overdue -= sum((amount for on, amount in paid if on < begin), NONE)
        found += max(NONE, overdue) * A_DAY * (end - begin).days
    fine = sum((amount for _last, amount in due), NONE)
    return min(fine, found.quantize(Decimal("0.01"), ROUND_HALF_UP))


def parts_of(fine: Decimal, pay_by: dt.date, steps: Iterable[AfterStep]) -> list[tuple[dt.date, Decimal]]:
    """The fine with its last days: each instalment by its own (处罚法 66), the rest by `pay_by` (67). Where more was
    granted than fined, the later last days hold: put off again."""
    granted = [(step.due_on, step.amount) for step in steps if step.due_on and step.amount]
    parts, left = [], max(NONE, fine)
    for last, amount in sorted(granted, reverse=True):
        parts.append((max(last, pay_by), min(amount, left)))
        left -= min(amount, left)
    return [(last, amount) for last, amount in [*parts, (pay_by, left)] if amount]


@dataclass(frozen=True)
class After:
    """How far a strand is after its decision: what was fined and paid in yuan, and the last days that follow from the
    service, None before it. sue_by: None too once a lawsuit is over. final_on: when the times for review and lawsuit are
    over, None while one of them runs on; urged_until: the last of the ten working days of the (first) urging letter;
    enforce_by: the last day to apply for enforcement."""

    served: AfterStep | None
    fined: Decimal
    paid: Decimal
    pay_by: dt.date | None
    review_by: dt.date | None
    sue_by: dt.date | None
    contested: AfterStep | None
    surcharge: Decimal
    final_on: dt.date | None = None
    enforce_by: dt.date | None = None
    urged_until: dt.date | None = None

    @property
    def owed(self) -> Decimal:
        return max(NONE, self.fined - self.paid)


def final_days(
    served: dt.date, settled: list[tuple[AfterStep, AfterStep]], calendar: Calendar, *, surely: bool = False
) -> tuple[dt.date | None, dt.date]:
    """Until when the party may sue (None: no more), and the day the decision is final: six months from the service
    (行政诉讼法 46); fifteen days from the decision of a review (45), after one that was withdrawn the six months again;
    after a lawsuit its end. A last day off moves to the next working day (民诉法 85); surely: not in a year whose
    calendar is not published, so that the day is never later than the law's.
    settled: (review or lawsuit, outcome) by day."""

    def rolled(day: dt.date) -> dt.date:
        return day if surely and calendar.provisional(day, day) else calendar.next_working_day(day)

    sue_by = rolled(add_months(served, LAWSUIT_MONTHS))
    final_on = sue_by
    for step, outcome in settled:
        if step.kind == AfterKind.LAWSUIT:
            return None, outcome.on
        if outcome.outcome != Outcome.WITHDRAWN:
            sue_by = rolled(outcome.on + LAWSUIT_DAYS * DAY)
        final_on = max(sue_by, outcome.on)
    return sue_by, final_on


def enforce_until(served: dt.date, settled: list[tuple[AfterStep, AfterStep]], calendar: Calendar) -> dt.date:
    """The last day to apply for enforcement: three months from the day the decision is final (行政强制法 53)."""
    day = add_months(final_days(served, settled, calendar, surely=True)[1], ENFORCE_MONTHS)
    return day if calendar.provisional(day, day) else calendar.next_working_day(day)


def after(
    strand: Strand, steps: Iterable[AfterStep], entries: Iterable[MoneyEntry], today: dt.date,
    calendar: Calendar | None = None,
) -> After:  # fmt: skip
    """The state of one strand after its current decision, from its steps (those of earlier decisions count for nothing)
    and its entries in the ledger. The surcharge stops when the strand ends."""
    calendar = calendar or Calendar.current()
    steps = [step for step in steps if step.round == strand.round]
    outcomes = {step.about_id: step for step in steps if step.kind == AfterKind.OUTCOME}
    contesting = sorted((step for step in steps if step.kind in CONTESTING), key=lambda step: (step.on, step.pk))
    contested = next((step for step in contesting if step.pk not in outcomes), None)
    entries = list(entries)
    gone = {entry.reverses_id for entry in entries}
    entries = [entry for entry in entries if entry.reverses_id is None and entry.pk not in gone]
    fined = sum((entry.amount for entry in entries if entry.kind == MoneyKind.FINED), NONE)
    payments = [(entry.happened_on, entry.amount) for entry in entries if entry.kind == MoneyKind.FINE_PAID]
    state = After(
        served=None, fined=fined, paid=sum((amount for _on, amount in payments), NONE), pay_by=None, review_by=None,
        sue_by=None, contested=contested, surcharge=NONE,
    )  # fmt: skip
    served = next((step for step in steps if step.kind == AfterKind.SERVED), None)
    if served is None:
        return state
    settled = [(step, outcomes[step.pk]) for step in contesting if step.pk in outcomes]
    settled.sort(key=lambda pair: (pair[1].on, pair[1].pk))
    sue_by, final_on = final_days(served.on, settled, calendar)
    pay_by = calendar.next_working_day(served.on + PAY_DAYS * DAY)
    parts = parts_of(fined, pay_by, steps)
    stopped = [(step.on, outcomes[step.pk].on if step.pk in outcomes else dt.date.max) for step in contesting]
    until = min(today, local_date(strand.ended_at)) if strand.ended_at else today
    urged = [calendar.add_working_days(step.on, URGING_DAYS) for step in steps if step.kind == AfterKind.URGED]
    return replace(
        state,
        served=served,
        pay_by=max((last for last, _amount in parts), default=pay_by),
        review_by=calendar.next_working_day(served.on + REVIEW_DAYS * DAY),
        sue_by=sue_by,
        surcharge=surcharge(parts, payments, stopped, until),
        final_on=None if contested else final_on,
        enforce_by=None if contested else enforce_until(served.on, settled, calendar),
        urged_until=min(urged, default=None),
    )


def can_follow_up(user: User, strand: Strand) -> bool:
    """Record what follows the decision: the strand's handler or section head, while it stands."""
    return strand.status in STANDING and strand.case.status != "closed" and rules.can_work_strand(user, strand)


def can_settle(user: User, step: Any) -> bool:
    """Record how a review or lawsuit ended, with what it changes: the department's deputy head or head."""
    return step.kind in CONTESTING and step.strand.case.status != "closed" and rules.can_decide_strand(user, step.strand)
