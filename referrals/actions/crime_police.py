"""公安机关的决定: to file or not, at the first examination or after a remedy (art. 8, 9)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.evidence import record_custody
from cases.enums import CustodyKind
from core.refusals import Refused, WrongState
from core.wording import for_the_record
from departments.models import User
from referrals.actions.crime_common import (
    OnPaper,
    advance,
    begin,
    cancel,
    drop_overtaken,
    entered_on_paper,
    meet,
    moment_of,
    passed,
    start,
    still_in,
    write,
)
from referrals.actions.crime_intake import police_paper
from referrals.actions.papers import needed
from referrals.crime_enums import CRIME_OVER, CrimeStatus, StepKind
from referrals.models import CrimeStep, CriminalTransfer


@transaction.atomic
def decide_filing(
    *,
    transfer: CriminalTransfer,
    filed: bool,
    reason: str,
    late_reason: str = "",
    paper: OnPaper | None = None,
    by: User,
    at: dt.datetime,
) -> CriminalTransfer:
    """立案 or 不予立案 as it came on paper, in writing within 3 days of receipt. A refusal has its reasons and
    returns the files. Police who work here write a notice that is reviewed and signed (`actions/crime_drafts.py`).

    Filed: property and material are to be handed over within 3 days. Refused: reconsideration may be asked for
    within 3 days.

    :raises BadInput: no reason
    :raises Refused: refused while material is being completed in time: what is missing is no ground to refuse
    :raises WrongState, WrongSide: not under examination, the police work here; by the wrong side
    """
    begin(transfer, "filing", by)
    entered_on_paper(transfer)
    happened_at = moment_of(transfer, "filing", paper, at)
    settle_filing(
        transfer, filed, reason=reason, happened_at=happened_at, late_reason=late_reason, paper=paper, by=by, at=at
    )
    drop_overtaken(transfer, by=by, at=at)
    return transfer


def check_filing(transfer: CriminalTransfer, filed: bool, *, at: dt.datetime) -> None:
    """Whether the police may decide so at `at`.

    :raises Refused: refused while material is being completed in time
    :raises WrongState: not under examination
    """
    still_in(transfer, "filing")
    if transfer.status == CrimeStatus.INCOMPLETE and not filed and not passed(transfer, "criminal_correction", at):
        raise Refused(
            _("Material is being completed: that it is missing is no ground to refuse. Wait for the completion.")
        )


def settle_filing(
    transfer: CriminalTransfer,
    filed: bool,
    *,
    reason: str,
    happened_at: dt.datetime,
    late_reason: str,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """The decision is out: its clock is met, the next begins. The caller holds case and file.

    :raises BadInput, Refused, WrongState: see `decide_filing`
    """
    reason = needed(reason)
    check_filing(transfer, filed, at=happened_at)
    if transfer.status == CrimeStatus.INCOMPLETE:
        cancel(transfer, "criminal_correction", reason=for_the_record(gettext_noop("the police decided")), by=by, at=at)
    meet(transfer, "police_decision", by=by, at=at, done_at=happened_at, late_reason=late_reason)
    return decided(transfer, filed, "filing", reason=reason, happened_at=happened_at, paper=paper, by=by, at=at)


OUTCOMES = {  # what is written for each decision: filed, not filed
    "filing": (StepKind.FILED, StepKind.REFUSED),
    "reconsidered": (StepKind.OVERTURNED, StepKind.UPHELD),
    "supervised": (StepKind.ORDERED, StepKind.NOT_ORDERED),
}


NOT_FILED = {
    "filing": CrimeStatus.REFUSED, "reconsidered": CrimeStatus.UPHELD, "supervised": CrimeStatus.NOT_ORDERED,
}  # fmt: skip
NEXT_CLOCK = {"filing": "police_reconsideration", "reconsidered": "supervision_request", "supervised": ""}  # not filed


def decided(
    transfer: CriminalTransfer,
    filed: bool,
    stage: str,
    *,
    reason: str,
    happened_at: dt.datetime,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """Move on by a decision to file or not, at the first examination or after a remedy."""
    first = stage == "filing"
    advance(transfer, CrimeStatus.FILED if filed else NOT_FILED[stage], at=at)
    clock = "property_handover" if filed else NEXT_CLOCK[stage]
    if clock:
        start(transfer, clock, started_at=happened_at, by=by, at=at)
    if not filed and first:
        _return_files(transfer, by=by, at=at)
    document = None
    if stage != "supervised":
        kind = "crime_filing" if first else "crime_reconsidered"
        document = police_paper(transfer, kind, text=reason, filed=filed, limited=clock, by=by, at=at)
    yes, no = OUTCOMES[stage]
    return write(
        transfer, yes if filed else no, by=by, at=at, happened_at=happened_at, text=reason, paper=paper,
        document=document,
    )  # fmt: skip


@transaction.atomic
def revoke_case(
    *, transfer: CriminalTransfer, reason: str, paper: OnPaper | None, by: User, at: dt.datetime
) -> CriminalTransfer:
    """撤销案件 as it came on paper. Police who work here write a notice that is reviewed and signed
    (`actions/crime_drafts.py`).

    :raises BadInput: no reason
    :raises WrongState, WrongSide: it was not filed, the police work here, another transfer is under way; by the wrong side
    """
    begin(transfer, "revoke", by)
    entered_on_paper(transfer)
    happened_at = moment_of(transfer, "revoke", paper, at)
    settle_revoke(transfer, reason, happened_at=happened_at, paper=paper, by=by, at=at)
    drop_overtaken(transfer, by=by, at=at)
    return transfer


def check_revoke(transfer: CriminalTransfer) -> None:
    """Whether a case may be revoked: what was filed, also where the property was handed over since.

    :raises WrongState: it was not filed; or the department has another transfer of this case under way
    """
    still_in(transfer, "revoke")
    others = CriminalTransfer.objects.filter(case=transfer.case, department=transfer.department)
    if others.exclude(pk=transfer.pk).exclude(status__in=CRIME_OVER).exists():  # door: of the same department
        raise WrongState(_("Another transfer of this case is under way: it is ended first."))


def settle_revoke(
    transfer: CriminalTransfer,
    reason: str,
    *,
    happened_at: dt.datetime,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """The police end what they had filed and return the files: the administrative handling may be resumed (art. 10).

    :raises BadInput: no reason; WrongState: see `check_revoke`
    """
    reason = needed(reason)
    check_revoke(transfer)
    cancel(transfer, "property_handover", reason=for_the_record(gettext_noop("the police revoked the case")), by=by, at=at)
    advance(transfer, CrimeStatus.REVOKED, at=at)
    _return_files(transfer, by=by, at=at)
    document = police_paper(transfer, "crime_revoked", text=reason, by=by, at=at)
    return write(
        transfer, StepKind.REVOKED, by=by, at=at, happened_at=happened_at, text=reason, paper=paper, document=document
    )


def _return_files(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> None:
    """退回案卷材料: the custody record says that every file came back."""
    for row in transfer.attachments.exclude(evidence=None).select_related("evidence"):
        assert row.evidence is not None
        record_custody(
            evidence=row.evidence, kind=CustodyKind.HANDED_OVER, department=transfer.police,
            to_department=transfer.department, by=by, at=at, cause=transfer,
        )  # fmt: skip
