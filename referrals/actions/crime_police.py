"""公安机关一侧: completion asked for, forwarding, the decision to file or not (art. 7, 8; 公安部程序规定 180–181).

Where the police work here they do it themselves and their paper is issued; where they do not, the sender's
registrar enters what came, with number, moment and scan.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.evidence import record_custody
from cases.enums import CustodyKind
from cases.models import Evidence
from core.refusals import BadInput, Refused, WrongState
from core.wording import for_the_record
from departments.models import User
from documents.models import IssuedDocument
from referrals import crime_contexts
from referrals.actions.crime_common import (
    OnPaper,
    advance,
    begin,
    cancel,
    issue,
    meet,
    moment_of,
    passed,
    start,
    write,
)
from referrals.actions.papers import needed
from referrals.crime_enums import STEP_STATES, AttachmentKind, CrimeStatus, StepKind
from referrals.models import CrimeAttachment, CrimeStep, CriminalTransfer


def _police_paper(
    transfer: CriminalTransfer, kind: str, *, by: User, at: dt.datetime, **said: Any
) -> IssuedDocument | None:
    """The paper of police who work here; theirs on paper is scanned instead."""
    if transfer.on_paper:
        return None
    context = crime_contexts.from_police(transfer, at=at, **said)
    return issue(transfer, kind, context, department=transfer.police, by=by, at=at)


@transaction.atomic
def ask_completion(
    *, transfer: CriminalTransfer, missing: str, paper: OnPaper | None = None, by: User, at: dt.datetime
) -> CriminalTransfer:
    """材料不全: notice within 24 hours of receipt; the sender completes within 3 days. No ground to refuse.

    The clock of the decision runs on: neither the regulation nor the procedure of the ministry stops it.

    :raises BadInput: nothing named as missing, or asked twice
    :raises WrongState, WrongSide: not under examination; by somebody else than the police
    """
    begin(transfer, "incomplete", by)
    missing = needed(missing, "missing")
    if transfer.steps.filter(kind=StepKind.INCOMPLETE).exists():
        raise BadInput(_("Completion was asked for already: what is missing is named once."), field="missing")
    happened_at = moment_of(transfer, "incomplete", paper, at)
    received_at = transfer.steps.get(kind=StepKind.RECEIVED).happened_at
    start(transfer, "police_notice", police=True, started_at=received_at, by=by, at=at)
    meet(transfer, "police_notice", by=by, at=at, done_at=happened_at)
    advance(transfer, CrimeStatus.INCOMPLETE, at=at)
    start(transfer, "criminal_correction", started_at=happened_at, by=by, at=at)
    document = _police_paper(transfer, "crime_incomplete", text=missing, limited="criminal_correction", by=by, at=at)
    write(
        transfer, StepKind.INCOMPLETE, by=by, at=at, happened_at=happened_at, text=missing, paper=paper, document=document
    )
    return transfer


@transaction.atomic
def complete_file(
    *,
    transfer: CriminalTransfer,
    files: Sequence[Evidence],
    remark: str = "",
    late_reason: str = "",
    by: User,
    at: dt.datetime,
) -> CriminalTransfer:
    """补正: the missing material goes to the police with a letter and stands in the custody record.

    :raises BadInput: no file, one of another case, or one they have
    :raises WrongState, WrongSide: nothing was asked for; by somebody else than the officers or a leader
    """
    begin(transfer, "complete", by)
    have = set(transfer.attachments.values_list("evidence_id", flat=True))
    if not files:
        raise BadInput(_("Choose the files that complete the material."), field="files")
    for piece in files:
        if piece.case_id != transfer.case_id or piece.voided_at is not None:
            raise BadInput(_("The manifest names a file that is not in this case."), field="files")
        if piece.pk in have:
            raise BadInput(_("The police have this file already: %s.") % piece.name, field="files")
    for piece in files:
        CrimeAttachment.objects.create(transfer=transfer, kind=AttachmentKind.CORRECTION, evidence=piece)
        record_custody(
            evidence=piece, kind=CustodyKind.HANDED_OVER, department=transfer.department,
            to_department=transfer.police, by=by, at=at, cause=transfer,
        )  # fmt: skip
    meet(transfer, "criminal_correction", by=by, at=at, late_reason=late_reason)
    advance(transfer, CrimeStatus.RECEIVED, at=at)
    context = crime_contexts.completion(transfer, files, remark=remark.strip(), at=at)
    document = issue(transfer, "crime_completion", context, department=transfer.department, by=by, at=at)
    write(transfer, StepKind.COMPLETED, by=by, at=at, document=document, text=remark.strip())
    return transfer


@transaction.atomic
def forward_file(
    *, transfer: CriminalTransfer, to: str, reason: str, paper: OnPaper | None = None, by: User, at: dt.datetime
) -> CriminalTransfer:
    """不属管辖: forwarded within 24 hours of receipt to the body with jurisdiction, and the sender told in writing.

    From then on that body decides; the sender's registrar enters its papers.

    :raises BadInput: no body, the sender itself or the police who forward, or no reason
    :raises WrongState, WrongSide: not under examination; by somebody else than the police
    """
    begin(transfer, "forward", by)
    to, reason = needed(to, "to"), needed(reason)
    if to in (transfer.police.name, transfer.police.short_name, transfer.department.name, transfer.department.short_name):
        raise BadInput(_("It is forwarded to another body than these two."), field="to")
    happened_at = moment_of(transfer, "forward", paper, at)
    received_at = transfer.steps.get(kind=StepKind.RECEIVED).happened_at
    start(transfer, "police_forward", police=True, started_at=received_at, by=by, at=at)
    meet(transfer, "police_forward", by=by, at=at, done_at=happened_at)
    forwarded = for_the_record(gettext_noop("forwarded to %(department)s"), department=to)
    cancel(transfer, "police_decision", reason=forwarded, by=by, at=at)
    document = _police_paper(transfer, "crime_forward", text=reason, to=to, by=by, at=at)
    advance(transfer, CrimeStatus.FORWARDED, at=at, forwarded_to=to)
    write(
        transfer, StepKind.FORWARDED, by=by, at=at, happened_at=happened_at, text=f"{to}：{reason}", paper=paper,
        document=document,
    )  # fmt: skip
    return transfer


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
    returns the files. Police who work here write a notice that is reviewed and signed (`actions/follow_ups.py`).

    Filed: property and material are to be handed over within 3 days. Refused: reconsideration may be asked for
    within 3 days.

    :raises BadInput: no reason
    :raises Refused: refused while material is being completed in time: what is missing is no ground to refuse
    :raises WrongState, WrongSide: not under examination, the police work here; by the wrong side
    """
    begin(transfer, "filing", by)
    if not transfer.on_paper:
        raise WrongState(_("The police write their notice here: it is reviewed, signed and sent."))
    happened_at = moment_of(transfer, "filing", paper, at)
    settle_filing(
        transfer, filed, reason=reason, happened_at=happened_at, late_reason=late_reason, paper=paper, by=by, at=at
    )
    return transfer


def check_filing(transfer: CriminalTransfer, filed: bool, *, at: dt.datetime) -> None:
    """Whether the police may decide so at `at`.

    :raises Refused: refused while material is being completed in time
    :raises WrongState: not under examination
    """
    if transfer.status not in STEP_STATES["filing"]:
        raise WrongState(state=transfer.status)
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
    new = CrimeStatus.FILED if filed else CrimeStatus.REFUSED if first else CrimeStatus.UPHELD
    advance(transfer, new, at=at)
    clock = "property_handover" if filed else NEXT_CLOCK[stage]
    if clock:
        start(transfer, clock, started_at=happened_at, by=by, at=at)
    if not filed and first:
        _return_files(transfer, by=by, at=at)
    document = None
    if stage != "supervised":
        kind = "crime_filing" if first else "crime_reconsidered"
        document = _police_paper(transfer, kind, text=reason, filed=filed, limited=clock, by=by, at=at)
    yes, no = OUTCOMES[stage]
    return write(
        transfer, yes if filed else no, by=by, at=at, happened_at=happened_at, text=reason, paper=paper,
        document=document,
    )  # fmt: skip


def _return_files(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> None:
    """退回案卷材料: the custody record says that every file came back."""
    for row in transfer.attachments.exclude(evidence=None).select_related("evidence"):
        assert row.evidence is not None
        record_custody(
            evidence=row.evidence, kind=CustodyKind.HANDED_OVER, department=transfer.police,
            to_department=transfer.department, by=by, at=at, cause=transfer,
        )  # fmt: skip
