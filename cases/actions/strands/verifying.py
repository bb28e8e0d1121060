"""Verification: it ends with filing or not filing, and may begin anew (FACTS §2.5)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import lock_case
from cases.actions.strands.common import PROCEDURE, VERIFICATION, advance, check_open, end_clock, start
from cases.enums import Disposition, StrandStatus
from cases.models import Strand
from core import registry
from core.dates import local_date
from core.refusals import BadInput
from departments.models import User


@transaction.atomic
def file_strand(*, strand: Strand, filing_number: str, by: User, at: dt.datetime) -> Strand:
    """立案: verification ends, the 90-day clock starts (处罚法 art. 60), the lead becomes a case.

    :raises BadInput: no filing number
    """
    if not filing_number.strip():
        raise BadInput(_("Enter the filing number."), field="filing_number")
    advance(
        strand, StrandStatus.FILED, "strand.filed", by, at, {"number": filing_number.strip()},
        filed_on=local_date(at), filing_number=filing_number.strip(),
    )  # fmt: skip
    end_clock(strand, VERIFICATION, by, at)
    start(strand, PROCEDURE, by, at)
    case = strand.case
    if not case.filed:
        case.filed, case.updated_at, case.version = True, at, case.version + 1
        case.save(update_fields=["filed", "updated_at", "version"])
    for told in registry.filing_listeners:
        told(strand=strand, by=by, at=at)
    return strand


@transaction.atomic
def decline_strand(
    *, strand: Strand, reason: str, disposition: str = Disposition.NONE, by: User, at: dt.datetime
) -> Strand:
    """不予立案, with its reason; it may go on as 协议处理.

    :raises BadInput: no reason, or a disposition that needs a filed case
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    if disposition not in (Disposition.NONE, Disposition.AGREEMENT, Disposition.JUDICIAL):
        raise BadInput(_("Without filing there is no penalty."), field="disposition")
    advance(
        strand, StrandStatus.NOT_FILED, "strand.declined", by, at,
        {"disposition": str(disposition), "reason": reason.strip()},
        reason=reason.strip(), disposition=disposition, ended_at=at,
    )  # fmt: skip
    end_clock(strand, VERIFICATION, by, at)
    for told in registry.decline_listeners:
        told(strand=strand, by=by, at=at)
    return strand


@transaction.atomic
def verify_again(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Take up a strand that was not filed: new facts. Verification runs anew.

    :raises BadInput: no reason
    :raises WrongState: it was filed, or the case is closed
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(strand.case)
    check_open(strand.case)
    advance(
        strand, StrandStatus.VERIFYING, "strand.verified_again", by, at, {"reason": reason.strip()},
        ended_at=None, disposition=Disposition.NONE, reason="",
    )  # fmt: skip
    start(strand, VERIFICATION, by, at)
    return strand
