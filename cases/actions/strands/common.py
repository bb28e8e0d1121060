"""What the steps of a strand's procedure have in common: the lock, the move, the record, the clocks."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.actions.locking import check_open, lock_case
from cases.enums import StrandStatus
from cases.models import Strand
from core import registry
from core.refusals import WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.models import User
from journal.actions import record

VERIFICATION = "verification"
PROCEDURE = "case_90"
SERVICE = "service"
ENFORCEMENT = "enforcement"
AFTER = (SERVICE, ENFORCEMENT)  # what runs after a decision


def start(strand: Strand, code: str, by: User, at: dt.datetime) -> None:
    start_clock(
        code=code, target=strand, department=strand.department, case=strand.case, person=strand.handler,
        at=at, by=by,
    )  # fmt: skip


def check_running(strand: Strand) -> None:
    if strand.over:
        raise WrongState(_("This strand is over."))


def advance(
    strand: Strand, new: str, verb: str, by: User, at: dt.datetime, params: dict, **fields: Any
) -> str:
    """Lock, move, record: what every step of the procedure has in common. Returns the old state."""
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status == StrandStatus.MERGED:  # only taking the merge back gives it its state again
        check_open(strand.case)
    old = move(strand, new, at=at, **fields)
    record(
        verb, target=strand, case=strand.case, by=by, at=at, old=old, new=str(new),
        department=strand.department_id, **params,
    )  # fmt: skip
    return old


def tell(strand: Strand, by: User, at: dt.datetime) -> None:
    """The rooms above hear that the strand was decided, taken up again, or ended."""
    for told in registry.strand_listeners:
        told(strand=strand, by=by, at=at)


def cancel_clocks(strand: Strand, codes: Iterable[str], reason: str, by: User, at: dt.datetime) -> None:
    for code in codes:
        clock = open_clock(strand, code)
        if clock is not None:
            cancel_clock(deadline=clock, by=by, at=at, reason=reason)


def end_clock(
    strand: Strand, code: str, by: User, at: dt.datetime, late_reason: str | None = None, done_at: dt.datetime | None = None
) -> None:
    """Meet the clock where it runs; done_at: when that was done, where it is written down afterwards."""
    clock = open_clock(strand, code)
    if clock is not None:
        meet_clock(deadline=clock, by=by, at=at, late_reason=late_reason, done_at=done_at)
