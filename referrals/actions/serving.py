"""送达回证 of a letter about a letter to a body that does not work here (FACTS §3)."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import AlreadyDone, WrongState
from departments.models import User
from journal.actions import record
from referrals.actions.completion import count_from_service
from referrals.actions.crime_common import start
from referrals.actions.proof import store_proof
from referrals.actions.receipt import served_at
from referrals.crime_enums import CrimeStatus
from referrals.enums import LetterKind, PaperStatus
from referrals.models import FollowUp, FollowUpDelivery


@transaction.atomic
def prove_service(
    *,
    letter: FollowUp,
    delivered_on: dt.date,
    received_by_name: str,
    method: str,
    upload: UploadedFile,
    by: User,
    at: dt.datetime,
) -> FollowUpDelivery:
    """Prove that the letter was served. From that day run the three days of an answer to 提请复议 (art. 9), and the
    clock of a body that waited for what was missing.

    :raises BadInput: a date before sending or in the future, nobody who took it, not said how, a file that is no proof
    :raises WrongState: it was not sent, or whom it is for works here
    :raises AlreadyDone: its service was proved before
    """
    lock_case(letter.referral.case)
    locked = FollowUp.objects.select_for_update().get(pk=letter.pk)
    if locked.status != PaperStatus.SENT or locked.sent_at is None or not locked.served_on_paper:
        raise WrongState
    if FollowUpDelivery.objects.filter(letter=locked).exists():
        raise AlreadyDone(_("The service of this letter was proved already."))
    delivered_at = served_at(
        locked.sent_at, delivered_on, received_by_name=received_by_name, method=method, at=at
    )
    name, sha256 = store_proof(upload)
    proof = FollowUpDelivery.objects.create(
        letter=locked, delivered_on=delivered_on, received_by_name=received_by_name.strip(), method=method.strip(),
        file=name, name=(upload.name or "")[:150], sha256=sha256, by=by, at=at,
    )  # fmt: skip
    FollowUp.objects.filter(pk=locked.pk).update(version=F("version") + 1, updated_at=at)
    assert locked.document is not None  # sent, by constraint
    record(
        "follow_up.delivered", target=locked, by=by, at=at, case=locked.case, number=locked.document.number,
        delivered_on=delivered_on, sha256=sha256,
    )  # fmt: skip
    if locked.kind == LetterKind.SUPPLY:
        count_from_service(locked.referral, served_at=delivered_at, by=by, at=at)
    transfer = locked.referral.crime if locked.kind == LetterKind.RECONSIDER else None
    if transfer is not None and transfer.status == CrimeStatus.RECONSIDERING:
        start(transfer, "police_reply", police=True, started_at=delivered_at, by=by, at=at)
    return proof


@transaction.atomic
def note_service_download(*, proof: FollowUpDelivery, by: User, at: dt.datetime) -> FollowUpDelivery:
    """Write down that somebody takes a copy of the proof. The caller then sends the file."""
    letter = proof.letter
    assert letter.document is not None  # sent, by constraint
    record(
        "follow_up.proof_downloaded", target=letter, case=letter.case, by=by, at=at, number=letter.document.number,
        sha256=proof.sha256,
    )  # fmt: skip
    return proof
