"""移送与签收: within 24 hours of the decision to the police, with a copy to the procuratorate; the receipt of each body
that gets the file."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.strands import suspend
from cases.enums import StrandStatus
from cases.models import Strand
from core.dates import local_date, start_of
from core.refusals import AlreadyDone, BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.models import User
from referrals import crime_contexts, notices
from referrals.actions.crime_common import (
    OnPaper,
    WrongSide,
    advance,
    begin,
    issue,
    meet,
    moment_of,
    start,
    write,
)
from referrals.actions.crime_forwarding import take_later_files
from referrals.actions.drafting import check_case_open, check_manifest
from referrals.actions.receipt import prove_delivery, sign_for
from referrals.actions.receivers import check_receivers
from referrals.actions.sending import send_to
from referrals.crime_enums import CrimeStatus, StepKind
from referrals.enums import PaperStatus
from referrals.models import CriminalTransfer


@transaction.atomic
def hand_over(
    *, transfer: CriminalTransfer, late_reason: str = "", by: User, at: dt.datetime
) -> CriminalTransfer:
    """Number, print and send letter and list; the 24-hour clock is met, the own strand is suspended meanwhile.

    An investigation under way waits for the police: its 90 days pause until the matter comes back.

    :raises BadInput: no route any more, a file of the manifest was voided, late where the county asks why
    :raises WrongState, WrongSide: not approved; by somebody else than the registrar
    """
    begin(transfer, "hand_over", by)
    check_case_open(transfer.case)
    dispatch = transfer.dispatch
    assert dispatch is not None  # an approved transfer has its letter, by constraint
    check_receivers(dispatch, [transfer.police], by=by)
    check_manifest(dispatch)
    meet(transfer, "criminal_transfer", by=by, at=at, late_reason=late_reason)
    move(dispatch, PaperStatus.SENT, at=at, sent_by=by, sent_at=at)
    referral = send_to(dispatch, transfer.police, by=by, at=at)
    suspended = _suspend_strand(transfer, by=by, at=at)
    letter = issue(
        transfer, "crime_letter", crime_contexts.letter(transfer, at=at), department=transfer.department, by=by, at=at
    )
    referral.document, referral.number = letter, letter.number
    referral.save(update_fields=["document", "number"])
    advance(transfer, CrimeStatus.SENT, at=at, referral=referral, strand_suspended=suspended)
    write(transfer, StepKind.HANDED_OVER, by=by, at=at, document=letter, text=late_reason.strip())
    listed = issue(
        transfer, "crime_list", crime_contexts.list_of_all(transfer, number=letter.number, at=at),
        department=transfer.department, by=by, at=at,
    )  # fmt: skip
    write(transfer, StepKind.COPIED, by=by, at=at, document=listed, text=crime_contexts.copy_to(transfer))
    notices.referral_sent(referral, at=at)
    return transfer


def _suspend_strand(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> bool:
    strand = Strand.objects.filter(case=transfer.case, department=transfer.department).first()
    if strand is None or strand.status != StrandStatus.INVESTIGATING:
        return False
    reason = for_the_record(gettext_noop("Handed over to the police as suspected %(crime)s."), crime=transfer.crime)
    suspend(strand=strand, reason=reason, by=by, at=at)
    return True


@transaction.atomic
def sign_receipt(*, transfer: CriminalTransfer, late_reason: str = "", by: User, at: dt.datetime) -> CriminalTransfer:
    """The police sign the 回执 here: hashes are verified, their clock for the decision starts (art. 7, 8).

    A transfer cannot be refused at the door: what is missing is asked for within 24 hours.

    :raises HashMismatch: a file is not what the manifest names
    :raises WrongState, WrongSide: signed for already; by somebody who is not the registrar of the police; a body
        without an account (see `record_receipt`)
    """
    begin(transfer, "sign", by)
    if transfer.on_paper:
        raise WrongSide
    referral = transfer.referral
    assert referral is not None  # handed over, by constraint
    sign_for(referral=referral, late_reason=late_reason, by=by, at=at)
    take_later_files(transfer, by=by, at=at)
    advance(transfer, CrimeStatus.RECEIVED, at=at)
    start(transfer, "police_decision", police=True, by=by, at=at)
    context = crime_contexts.receipt(transfer, signed_name=by.name, at=at)
    document = issue(transfer, "crime_receipt", context, department=transfer.police, by=by, at=at)
    referral.receipt = document
    referral.save(update_fields=["receipt"])
    write(transfer, StepKind.RECEIVED, by=by, at=at, document=document, signed_name=by.name)
    return transfer


@transaction.atomic
def record_receipt(*, transfer: CriminalTransfer, paper: OnPaper, by: User, at: dt.datetime) -> CriminalTransfer:
    """The registrar enters the signed 回执 of police without an account: number, moment, who signed, scan.

    :raises BadInput: nobody who signed, no scan, a moment before the hand-over or after now
    :raises WrongState: signed for already, or the police sign here themselves
    """
    begin(transfer, "sign", by)
    if not transfer.on_paper:
        raise WrongState(_("The police work here: they sign for it themselves."))
    happened_at = moment_of(transfer, "sign", paper, at)
    if not paper.signed_name.strip():
        raise BadInput(_("Who took the letter?"), field="signed_name")
    referral = transfer.referral
    assert referral is not None
    prove_delivery(
        referral=referral, delivered_on=local_date(happened_at), received_by_name=paper.signed_name,
        method=for_the_record(gettext_noop("receipt signed on paper")), upload=paper.upload, by=by, at=at,
    )  # fmt: skip
    paper.upload.seek(0)
    take_later_files(transfer, by=by, at=at)
    advance(transfer, CrimeStatus.RECEIVED, at=at)
    start(transfer, "police_decision", police=True, started_at=happened_at, by=by, at=at)
    write(transfer, StepKind.RECEIVED, by=by, at=at, happened_at=happened_at, paper=paper)
    return transfer


@transaction.atomic
def serve_copy(
    *, transfer: CriminalTransfer, served_on: dt.date, signed_name: str, upload: UploadedFile, by: User, at: dt.datetime
) -> CriminalTransfer:
    """送达回证 of the copy: the procuratorate has no account, so the registrar enters day, receiver and scan (art. 6).

    The regulation asks for the copy and sets no limit for its service: no clock runs.

    :raises BadInput: served before the hand-over or in the future, nobody who took it, no good scan
    :raises AlreadyDone: its service was proved before
    :raises WrongState, WrongSide: nothing was handed over; by somebody else than the registrar
    """
    begin(transfer, "copy", by)
    if CriminalTransfer.objects.get(pk=transfer.pk).copy_served_on is not None:
        raise AlreadyDone(_("The service of the copy was proved already."))
    sent = transfer.steps.get(kind=StepKind.COPIED).happened_at
    if not local_date(sent) <= served_on <= local_date(at):
        raise BadInput(_("The delivery lies between the day it was sent and today."), field="served_on")
    if not signed_name.strip():
        raise BadInput(_("Who took the letter?"), field="signed_name")
    happened_at = max(sent, start_of(served_on))
    proof = OnPaper(number="", happened_at=happened_at, upload=upload, signed_name=signed_name)
    write(
        transfer, StepKind.COPY_SERVED, by=by, at=at, happened_at=happened_at, paper=proof,
        text=crime_contexts.copy_to(transfer),
    )  # fmt: skip
    transfer.copy_served_on, transfer.updated_at, transfer.version = served_on, at, transfer.version + 1
    transfer.save(update_fields=["copy_served_on", "updated_at", "version"])
    return transfer
