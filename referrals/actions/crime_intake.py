"""受案审查: completion asked for and handed in (公安部程序规定 180–181).

Where the police work here their notice is drafted, signed and sent, and settles the step; where they do not, the
sender's registrar enters what came, with number, moment and scan.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.evidence import record_custody
from cases.enums import CustodyKind
from cases.models import Evidence
from core.refusals import BadInput
from departments.models import User
from documents.models import IssuedDocument
from referrals import crime_contexts
from referrals.actions.crime_common import (
    OnPaper,
    advance,
    begin,
    drop_overtaken,
    entered_on_paper,
    issue,
    meet,
    moment_of,
    received,
    start,
    still_in,
    write,
)
from referrals.actions.papers import needed
from referrals.crime_enums import AttachmentKind, CrimeStatus, StepKind
from referrals.models import CrimeAttachment, CrimeStep, CriminalTransfer


def police_paper(
    transfer: CriminalTransfer, kind: str, *, by: User, at: dt.datetime, **said: Any
) -> IssuedDocument | None:
    """The paper of police who work here; theirs on paper is scanned instead."""
    if transfer.on_paper:
        return None
    context = crime_contexts.from_police(transfer, at=at, **said)
    return issue(transfer, kind, context, department=transfer.police, by=by, at=at)


@transaction.atomic
def ask_completion(
    *, transfer: CriminalTransfer, missing: str, paper: OnPaper | None, by: User, at: dt.datetime
) -> CriminalTransfer:
    """材料不全 as it came on paper: notice within 24 hours of receipt; the sender completes within 3 days.

    Police who work here write a notice that is reviewed and signed (`actions/crime_drafts.py`).

    :raises BadInput: nothing named as missing, or asked twice
    :raises WrongState, WrongSide: not under examination, the police work here; by the wrong side
    """
    begin(transfer, "incomplete", by)
    entered_on_paper(transfer)
    happened_at = moment_of(transfer, "incomplete", paper, at)
    settle_incomplete(transfer, missing, happened_at=happened_at, paper=paper, by=by, at=at)
    drop_overtaken(transfer, by=by, at=at)
    return transfer


def check_incomplete(transfer: CriminalTransfer) -> None:
    """:raises WrongState: not under examination; BadInput: asked before"""
    still_in(transfer, "incomplete")
    # each body that holds the file names once what is missing: one it is forwarded to examines it anew
    if transfer.steps.filter(kind=StepKind.INCOMPLETE, pk__gt=received(transfer).pk).exists():
        raise BadInput(_("Completion was asked for already: what is missing is named once."), field="missing")


def settle_incomplete(
    transfer: CriminalTransfer,
    missing: str,
    *,
    happened_at: dt.datetime,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """The notice is out: the sender's clock begins. No ground to refuse, and the clock of the decision runs on:
    neither the regulation nor the procedure of the ministry stops it. The caller holds case and file.

    :raises BadInput, WrongState: see `check_incomplete`; nothing named as missing
    """
    missing = needed(missing, "missing")
    check_incomplete(transfer)
    received_at = received(transfer).happened_at
    start(transfer, "police_notice", police=True, started_at=received_at, by=by, at=at)
    meet(transfer, "police_notice", by=by, at=at, done_at=happened_at)
    advance(transfer, CrimeStatus.INCOMPLETE, at=at)
    start(transfer, "criminal_correction", started_at=happened_at, by=by, at=at)
    document = police_paper(
        transfer, "crime_incomplete", text=missing, limited="criminal_correction", by=by, at=at
    )
    return write(
        transfer,
        StepKind.INCOMPLETE,
        by=by,
        at=at,
        happened_at=happened_at,
        text=missing,
        paper=paper,
        document=document,
    )


def check_correction(transfer: CriminalTransfer, files: Sequence[Evidence]) -> None:
    """Whether these files may complete the material now.

    :raises BadInput: no file, one of another case, or one they have
    :raises WrongState: nothing was asked for, or the police have decided
    """
    still_in(transfer, "complete")
    have = set(transfer.attachments.values_list("evidence_id", flat=True))
    if not files:
        raise BadInput(_("Choose the files that complete the material."), field="files")
    for piece in files:
        if piece.case_id != transfer.case_id or piece.voided_at is not None:
            raise BadInput(_("The manifest names a file that is not in this case."), field="files")
        if piece.pk in have:
            raise BadInput(_("The police have this file already: %s.") % piece.name, field="files")


def settle_correction(
    transfer: CriminalTransfer,
    files: Sequence[Evidence],
    *,
    remark: str,
    late_reason: str,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """补正: the missing material goes to the police with its letter and stands in the custody record.

    :raises BadInput, WrongState: see `check_correction`
    """
    check_correction(transfer, files)
    for piece in files:
        CrimeAttachment.objects.create(transfer=transfer, kind=AttachmentKind.CORRECTION, evidence=piece)
        record_custody(
            evidence=piece, kind=CustodyKind.HANDED_OVER, department=transfer.department,
            to_department=transfer.police, by=by, at=at, cause=transfer,
        )  # fmt: skip
    meet(transfer, "criminal_correction", by=by, at=at, late_reason=late_reason)
    advance(transfer, CrimeStatus.RECEIVED, at=at)
    context = crime_contexts.completion(transfer, files, remark=remark, at=at)
    document = issue(transfer, "crime_completion", context, department=transfer.department, by=by, at=at)
    return write(transfer, StepKind.COMPLETED, by=by, at=at, document=document, text=remark)
