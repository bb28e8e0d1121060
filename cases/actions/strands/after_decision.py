"""What follows a decision: service, instalments, payment, urging, enforcement, review and lawsuit (处罚法 61, 66–73)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from cases.actions.money import enter_money, reverse_entry
from cases.actions.strands.common import ENFORCEMENT, SERVICE, cancel_clocks, check_open, end_clock
from cases.actions.strands.deciding import standing_entries, take_up
from cases.enums import CONTESTING, AfterKind, Disposition, MoneyKind, Outcome, StrandStatus
from cases.models import AfterStep, Strand
from cases.rules_after import STANDING, After
from cases.rules_after import after as state_after
from core import registry
from core.dates import local_date, start_of
from core.money import exact
from core.refusals import AlreadyDone, BadInput, WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import open_clock, start_clock
from deadlines.calendar import Calendar
from departments.models import User
from journal.actions import record

CONTESTED = gettext_noop("The party asked for review, or sued.")
REVERSED = gettext_noop("The decision was changed on review or by a court.")


def _open(strand: Strand) -> None:
    """Lock the case; the decision stands and the case runs."""
    lock_case(strand.case)
    strand.refresh_from_db()
    check_open(strand.case)
    if strand.status not in STANDING:
        raise WrongState(_("There is no decision that stands."))


def _served(strand: Strand) -> AfterStep:
    """The service of the decision that stands, not of one before it."""
    found = AfterStep.objects.filter(strand=strand, kind=AfterKind.SERVED, round=strand.round).first()
    if found is None:
        raise WrongState(_("Record the service of the decision first."))
    return found


def _state(strand: Strand, at: dt.datetime) -> After:
    return state_after(strand, AfterStep.objects.filter(strand=strand), (), local_date(at), Calendar.fresh())


def _start_enforcement(strand: Strand, since: AfterStep, by: User, at: dt.datetime) -> None:
    """行政强制法 art. 53: three months from the day the times for review and lawsuit are over, a day the law fixes. Only a
    penalty, and not while a review or a lawsuit runs."""
    due_on = _state(strand, at).enforce_by
    if strand.disposition == Disposition.PENALTY and due_on is not None:
        start_clock(
            code=ENFORCEMENT, target=strand, department=strand.department, case=strand.case, person=strand.handler, at=at,
            started_at=min(at, start_of(since.on)), due_on=due_on, by=by,
        )  # fmt: skip


def _step(strand: Strand, kind: str, on: dt.date, by: User, at: dt.datetime, **fields: Any) -> AfterStep:
    if on > local_date(at):
        raise BadInput(_("The date lies in the future."), field="on")
    if strand.filed_on is not None and on < strand.filed_on:
        raise BadInput(_("The date lies before the filing."), field="on")
    fields.setdefault("round", strand.round)
    step = AfterStep.objects.create(
        case=strand.case, strand=strand, department=strand.department, kind=kind, on=on, by=by, at=at, **fields
    )
    said = {"number": step.number, "body": step.body, "remark": step.remark, "after_outcome": step.outcome}
    record(
        f"after.{kind}", target=step, case=strand.case, by=by, at=at, department=strand.department_id,
        on=on.isoformat(), amount="" if step.amount is None else str(step.amount), **said,
    )  # fmt: skip
    return step


@transaction.atomic
def serve(
    *, strand: Strand, on: dt.date, body: str, number: str = "", remark: str = "", by: User, at: dt.datetime
) -> AfterStep:
    """The decision was served (处罚法 art. 61): its clock ends, on time or late by the day of the service; of a penalty
    that of applying for enforcement runs to three months after the time for a lawsuit (行政强制法 art. 53). body: how
    and to whom.

    :raises AlreadyDone: it was served
    :raises BadInput: not said how; a day in the future, before the filing or before the decision
    :raises WrongState: no decision stands, or the case is closed
    """
    _open(strand)
    if not body.strip():
        raise BadInput(_("Say how it was served."), field="body")
    if AfterStep.objects.filter(strand=strand, kind=AfterKind.SERVED, round=strand.round).exists():
        raise AlreadyDone(_("The service is recorded already."))
    clock = open_clock(strand, SERVICE)
    if clock is not None and on < clock.started_on:
        raise BadInput(_("The date lies before the decision."), field="on")
    step = _step(strand, AfterKind.SERVED, on, by, at, body=body.strip(), number=number.strip(), remark=remark.strip())
    end_clock(strand, SERVICE, by, at, done_at=min(at, start_of(on)))
    _start_enforcement(strand, step, by, at)
    return step


@transaction.atomic
def allow_instalment(
    *, strand: Strand, amount: Decimal, due_on: dt.date, number: str = "", remark: str = "", by: User, at: dt.datetime
) -> AfterStep:
    """The party may pay this much, in yuan, until that day (处罚法 art. 66).

    :raises BadInput: an amount as in the ledger; a last day that lies back
    :raises WrongState: not served, no decision stands, or the case is closed
    """
    _open(strand)
    _served(strand)
    if due_on < local_date(at):
        raise BadInput(_("The last day lies back."), field="due_on")
    return _step(
        strand, AfterKind.INSTALMENT, local_date(at), by, at, amount=exact(amount), due_on=due_on,
        number=number.strip(), remark=remark.strip(),
    )  # fmt: skip


@transaction.atomic
def pay(
    *, strand: Strand, amount: Decimal, on: dt.date, number: str = "", remark: str = "", by: User, at: dt.datetime
) -> AfterStep:
    """A fine was paid, whole or in part, in yuan: an entry of the ledger is made with it. number: of the receipt.

    :raises BadInput: an amount or a day as in the ledger
    :raises WrongState: not served, no decision stands, or the case is closed
    """
    _open(strand)
    _served(strand)
    step = _step(strand, AfterKind.PAID, on, by, at, amount=exact(amount), number=number.strip(), remark=remark.strip())
    enter_money(
        case=strand.case, kind=MoneyKind.FINE_PAID, amount=amount, happened_on=on, strand=strand,
        document=number.strip(), remark=remark.strip()[:200], by=by, at=at,
    )  # fmt: skip
    return step


@transaction.atomic
def urge(*, strand: Strand, on: dt.date, number: str, remark: str = "", by: User, at: dt.datetime) -> AfterStep:
    """催告 (行政强制法 art. 54): ten working days later (art. 69) the court may be applied to. They are the party's time,
    so no clock of the department runs.

    :raises AlreadyDone: an urging letter runs
    :raises BadInput: no document number; a day in the future or before the filing
    :raises WrongState: not served, no decision stands, or the case is closed
    """
    _open(strand)
    _served(strand)
    if not number.strip():
        raise BadInput(_("Enter the number of the urging letter."), field="number")
    if _state(strand, at).urged_until is not None:
        raise AlreadyDone(_("The party was urged already."))
    return _step(strand, AfterKind.URGED, on, by, at, number=number.strip(), remark=remark.strip())


@transaction.atomic
def apply_enforcement(
    *, strand: Strand, on: dt.date, body: str, number: str = "", remark: str = "", by: User, at: dt.datetime
) -> AfterStep:
    """申请强制执行: the court, once the times for review and lawsuit are over (行政强制法 art. 53) and after the ten working
    days of the urging letter (art. 54).

    :raises BadInput: no court; a day in the future, or before the ten days or the time for a lawsuit were over
    :raises WrongState: nobody was urged, a review or lawsuit runs, no decision stands, or the case is closed
    """
    _open(strand)
    if not body.strip():
        raise BadInput(_("Name the court."), field="body")
    state = _state(strand, at)
    if state.urged_until is None:
        raise WrongState(_("The party is urged to perform first."))
    if state.final_on is None:
        raise WrongState(_("A review or a lawsuit is under way."))
    if on <= state.final_on:
        raise BadInput(_("The time for review and lawsuit is not over."), field="on")
    if on <= state.urged_until:
        raise BadInput(_("The ten working days of the urging letter are not over."), field="on")
    step = _step(strand, AfterKind.APPLIED, on, by, at, body=body.strip(), number=number.strip(), remark=remark.strip())
    end_clock(strand, ENFORCEMENT, by, at, done_at=min(at, start_of(on)))
    return step


@transaction.atomic
def contest(
    *, strand: Strand, kind: str, on: dt.date, body: str, number: str = "", remark: str = "", by: User, at: dt.datetime
) -> AfterStep:
    """The party asks for review, or sues. body: the reviewing authority or the court. It does not stop performance
    (处罚法 art. 73), but the time for applying for enforcement does not run (行政强制法 art. 53).

    :raises AlreadyDone: one of the kind is under way
    :raises BadInput: another kind of step; no authority; a day in the future or before the filing
    :raises WrongState: not served, no decision stands, or the case is closed
    """
    _open(strand)
    _served(strand)
    if kind not in CONTESTING:
        raise BadInput(_("Choose review or lawsuit."), field="kind")
    if not body.strip():
        raise BadInput(_("Name the authority or the court."), field="body")
    if AfterStep.objects.filter(strand=strand, kind=kind, round=strand.round, met_by=None).exists():
        raise AlreadyDone(_("One is under way already."))
    step = _step(strand, kind, on, by, at, body=body.strip(), number=number.strip(), remark=remark.strip())
    cancel_clocks(strand, (ENFORCEMENT,), for_the_record(CONTESTED), by, at)
    return step


@transaction.atomic
def settle(
    *,
    step: AfterStep,
    outcome: str,
    on: dt.date,
    number: str = "",
    remark: str = "",
    fined: Decimal | None = None,
    verified: Decimal | None = None,
    by: User,
    at: dt.datetime,
) -> AfterStep:
    """How a review or lawsuit ended. Changed: the fine and the verified amount take the new values in yuan (None: as
    before); the decision is the same one, so what rests on it stays as it is. Revoked: fine and verified amount are
    reversed, and the investigation goes on; sanctions and publications follow the strand. Rewards not yet paid are
    computed anew from the ledger. Where the decision stands, the time for applying for enforcement runs again from the end
    (行政强制法 art. 53). Of a decision that was taken up again meanwhile the outcome is recorded, without effects.

    :raises AlreadyDone: its outcome is recorded
    :raises BadInput: a change without a number of the ruling or without a new amount; verified amounts of several
        reports, which are put right in the ledger; a day in the future
    :raises WrongState: the case is closed
    """
    strand = step.strand
    lock_case(strand.case)
    strand.refresh_from_db()
    check_open(strand.case)
    current = step.round == strand.round
    if AfterStep.objects.filter(about=step).exists():
        raise AlreadyDone(_("Its outcome is recorded already."))
    if current and outcome == Outcome.CHANGED and fined is None and verified is None:
        raise BadInput(_("Enter the amount that holds now."), field="fined")
    if outcome in (Outcome.CHANGED, Outcome.REVOKED) and not number.strip():
        raise BadInput(_("Enter the number of the ruling."), field="number")
    found = _step(
        strand, AfterKind.OUTCOME, on, by, at, outcome=outcome, about=step, body=step.body, number=number.strip(),
        remark=remark.strip(), round=step.round,
    )  # fmt: skip
    if not current:
        return found
    if outcome == Outcome.CHANGED:
        for kind, amount in ((MoneyKind.FINED, fined), (MoneyKind.VERIFIED, verified)):
            if amount is not None:
                _replace(strand, kind, amount, found, by, at)
    elif outcome == Outcome.REVOKED:
        for kind in (MoneyKind.FINED, MoneyKind.VERIFIED):
            _replace(strand, kind, Decimal(0), found, by, at)
        take_up(strand, for_the_record(REVERSED), by, at)
        return found
    applied = AfterStep.objects.filter(strand=strand, round=strand.round, kind=AfterKind.APPLIED).exists()
    if strand.status == StrandStatus.DECIDED and not applied:
        _start_enforcement(strand, found, by, at)
    return found


def _replace(strand: Strand, kind: str, amount: Decimal, ruling: AfterStep, by: User, at: dt.datetime) -> None:
    """Reverse what the ledger has of this kind for the strand; enter what holds now, for the same report."""
    entries = standing_entries(strand, kind)
    reports = {(entry.clue_kind, entry.clue_id) for entry in entries}
    if amount and len(reports) > 1:
        raise BadInput(_("Several reports share this amount: put it right in the ledger."), field=str(kind))
    for entry in entries:
        reverse_entry(entry=entry, remark=for_the_record(REVERSED), by=by, at=at)
    if amount:
        clues = [clue for offer in registry.clues for clue in offer(strand.case)]
        clue = next((each for each in clues if (each.kind_code, each.pk) in reports), None)
        enter_money(
            case=strand.case, kind=kind, amount=amount, happened_on=ruling.on, strand=strand, document=ruling.number,
            clue=clue, by=by, at=at,
        )  # fmt: skip
