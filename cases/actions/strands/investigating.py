"""The investigation of a filed strand: begun, suspended, resumed, terminated; or the strand is withdrawn."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import lock_case
from cases.actions.strands.common import PROCEDURE, VERIFICATION, advance, cancel_clocks, tell
from cases.actions.strands.legal import drop_open
from cases.enums import StrandStatus
from cases.models import Strand
from core.refusals import BadInput, WrongState
from deadlines.actions.changes import pause_clock, resume_clock
from deadlines.actions.clocks import open_clock
from departments.models import User


@transaction.atomic
def investigate(*, strand: Strand, by: User, at: dt.datetime) -> Strand:
    """Begin the investigation of a filed strand.

    :raises WrongState: it is not filed (a suspended one is resumed, a decided one redone)
    """
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status != StrandStatus.FILED:
        raise WrongState(state=strand.status)
    advance(strand, StrandStatus.INVESTIGATING, "strand.investigating", by, at, {})
    return strand


@transaction.atomic
def suspend(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Suspend the investigation; the 90-day clock pauses (tests, hearings, expert time: 令4号 art. 45).

    :raises BadInput: no reason
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    advance(
        strand,
        StrandStatus.SUSPENDED,
        "strand.suspended",
        by,
        at,
        {"reason": reason.strip()},
        reason=reason.strip(),
    )
    clock = open_clock(strand, PROCEDURE)
    if clock is not None:
        pause_clock(deadline=clock, by=by, at=at, reason=reason.strip())
    return strand


@transaction.atomic
def resume(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Take a suspended investigation up again; the clock runs on.

    :raises BadInput: no reason
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status != StrandStatus.SUSPENDED:
        raise WrongState(state=strand.status)
    advance(strand, StrandStatus.INVESTIGATING, "strand.resumed", by, at, {"reason": reason.strip()})
    clock = open_clock(strand, PROCEDURE)
    if clock is not None:
        resume_clock(deadline=clock, by=by, at=at, reason=reason.strip())
    return strand


@transaction.atomic
def terminate(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Terminate the investigation, with its reason.

    :raises BadInput: no reason
    """
    _stop(strand, StrandStatus.TERMINATED, "strand.terminated", reason, by, at)
    return strand


@transaction.atomic
def withdraw(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Withdraw the strand before it was decided, with its reason.

    :raises BadInput: no reason
    """
    _stop(strand, StrandStatus.WITHDRAWN, "strand.withdrawn", reason, by, at)
    return strand


def _stop(strand: Strand, new: str, verb: str, reason: str, by: User, at: dt.datetime) -> None:
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    advance(strand, new, verb, by, at, {"reason": reason.strip()}, reason=reason.strip(), ended_at=at)
    cancel_clocks(strand, (VERIFICATION, PROCEDURE), reason.strip(), by, at)
    drop_open(strand, by, at)
    tell(strand, by, at)
