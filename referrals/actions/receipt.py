"""签收, or the proof of delivery that stands for it."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.evidence import record_custody, verify_evidence
from cases.actions.locking import lock_case
from cases.enums import CustodyKind
from cases.models import Evidence
from core.dates import local_date, start_of
from core.refusals import BadInput
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.enums import ReferralKind
from departments.models import User
from journal.actions import record
from referrals import notices
from referrals.actions.overtaken import drop_stale
from referrals.actions.proof import store_proof
from referrals.enums import ReferralStatus
from referrals.models import DeliveryProof, ManifestItem, Referral
from referrals.refusals import HashMismatch
from referrals.sealed import clock_place


def check_manifest(referral: Referral) -> list[tuple[ManifestItem, bool]]:
    """Each line of the manifest and whether the stored file still has the hash it names."""
    return [
        (item, item.sha256 == item.evidence.sha256 and verify_evidence(item.evidence))
        for item in referral.dispatch.manifest.select_related("evidence")
    ]


@transaction.atomic
def sign_for(*, referral: Referral, late_reason: str = "", by: User, at: dt.datetime) -> Referral:
    """Take a letter in: every hash is verified again, and both sides stand in the custody record.

    :raises HashMismatch: a file is not what the manifest names; nothing was signed for
    :raises BadInput: late, where the rule of the county asks why (field `late_reason`)
    :raises WrongState, MovedOn: it was signed for, or withdrawn
    """
    lock_case(referral.case)
    items = check_manifest(referral)
    broken = [item.evidence for item, matches in items if not matches]
    if broken:
        raise HashMismatch(broken)
    receive(referral, received_at=at, late_reason=late_reason, by=by, at=at)
    for item, _matches in items:
        for kind in (CustodyKind.VERIFIED, CustodyKind.RECEIVED):
            record_custody(
                evidence=item.evidence, kind=kind, department=referral.receiver, by=by, at=at, cause=referral
            )
    record("referral.received", target=referral, by=by, at=at, case=referral.case,
           number=referral.number, receiver=referral.receiver.short_name, items=len(items))  # fmt: skip
    notices.referral_received(referral, at=at)
    return referral


@transaction.atomic
def report_mismatch(*, referral: Referral, evidence: list[Evidence], by: User, at: dt.datetime) -> None:
    """Write down, after the refused receipt was rolled back, which files did not match, and tell both sides."""
    for piece in evidence:
        record_custody(
            evidence=piece, kind=CustodyKind.MISMATCH, department=referral.receiver, by=by, at=at, cause=referral
        )
    record("referral.mismatch", target=referral, by=by, at=at, case=referral.case,
           number=referral.number, evidence=[piece.pk for piece in evidence],
           names="、".join(piece.name for piece in evidence))  # fmt: skip
    notices.hashes_differ(referral, evidence, at=at)


def served_at(
    sent_at: dt.datetime, delivered_on: dt.date, *, received_by_name: str, method: str, at: dt.datetime
) -> dt.datetime:
    """The instant a letter served on that day counts as received: noon, never before it was sent nor after now.

    :raises BadInput: a date before sending or in the future, nobody who took it, not said how
    """
    if not local_date(sent_at) <= delivered_on <= local_date(at):
        raise BadInput(
            _("The letter was delivered between the day it was sent and today."), field="delivered_on"
        )
    if not received_by_name.strip():
        raise BadInput(_("Who took the letter?"), field="received_by_name")
    if not method.strip():
        raise BadInput(_("How was it delivered?"), field="method")
    return max(sent_at, min(at, start_of(delivered_on) + dt.timedelta(hours=12)))


@transaction.atomic
def prove_delivery(
    *,
    referral: Referral,
    delivered_on: dt.date,
    received_by_name: str,
    method: str,
    upload: UploadedFile,
    by: User,
    at: dt.datetime,
) -> DeliveryProof:
    """送达: the sender's registrar proves that the letter was delivered; it counts as received on `delivered_on`.

    For a body without an account, and where a receiver does not sign for it. A letter served in time was served in
    time, whenever its proof is entered: the clock of receipt is met as of the day of service.

    :raises BadInput: a date before sending or in the future, no name, a file that is no proof
    :raises WrongState, MovedOn: it was signed for, or withdrawn
    """
    lock_case(referral.case)
    sent_at = referral.sent_at or at
    delivered_at = served_at(sent_at, delivered_on, received_by_name=received_by_name, method=method, at=at)
    receive(referral, received_at=delivered_at, late_reason=method, by=by, at=at)
    name, sha256 = store_proof(upload)
    proof = DeliveryProof.objects.create(
        referral=referral, delivered_on=delivered_on, received_by_name=received_by_name.strip(),
        method=method.strip(), file=name, name=(upload.name or "")[:150], sha256=sha256, by=by, at=at,
    )  # fmt: skip
    for item in referral.dispatch.manifest.select_related("evidence"):
        record_custody(
            evidence=item.evidence, kind=CustodyKind.RECEIVED, department=referral.receiver, by=by, at=at, cause=referral
        )
    record("referral.delivered", target=referral, by=by, at=at, case=referral.case,
           number=referral.number, receiver=referral.receiver.short_name,
           delivered_on=delivered_on, sha256=sha256)  # fmt: skip
    notices.referral_received(referral, at=at)
    return proof


def receive(
    referral: Referral, *, received_at: dt.datetime, late_reason: str, by: User, at: dt.datetime
) -> None:
    """The letter counts as received at `received_at`: its clock of receipt is met, that of an opinion begins; who is late
    no more is not pressed."""
    move(referral, ReferralStatus.RECEIVED, at=at, received_by=by, received_at=received_at)
    signing = open_clock(referral, "transfer_sign")
    if signing is not None:
        meet_clock(deadline=signing, at=at, done_at=received_at, by=by, late_reason=late_reason)
    if referral.kind == ReferralKind.SUPPORT and referral.limit_on is not None:
        start_clock(
            code="written_opinion", target=referral, department=referral.receiver,
            to_department=referral.sender, started_at=received_at,
            # a letter taken in after the limit it states is owed at once
            due_on=max(referral.limit_on, local_date(received_at)), by=by, at=at, **clock_place(referral),
        )  # fmt: skip
    drop_stale(referral, by=by, at=at)
