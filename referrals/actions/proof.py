"""Keeping a proof of delivery: a scan or photograph, stored under its SHA-256, and writing down who takes a copy."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import BadInput
from departments.models import User
from documents import storage
from journal.actions import record
from referrals.models import DeliveryProof

LARGEST = 20 * 1024 * 1024
# what the file says it is by its first bytes, never by its name
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def store_proof(upload: UploadedFile) -> tuple[str, str]:
    """The stored name and the SHA-256 (hex) of a proof.

    :raises BadInput: it is no PDF, JPEG or PNG, or larger than 20 MB
    """
    if (upload.size or 0) > LARGEST:
        raise BadInput(_("The file is larger than 20 MB."), field="upload")
    content = upload.read()
    suffix = next((end for start, end in _BEGINNINGS.items() if content.startswith(start)), None)
    if suffix is None:
        raise BadInput(_("A proof of delivery is a PDF, JPEG or PNG file."), field="upload")
    return storage.keep(content, "." + suffix)


@transaction.atomic
def note_proof_download(*, proof: DeliveryProof, by: User, at: dt.datetime) -> DeliveryProof:
    """Write down that somebody takes a copy of the proof. The caller then sends the file."""
    referral = proof.referral
    record(
        "referral.proof_downloaded", target=referral, case=referral.case, by=by, at=at,
        number=referral.number, sha256=proof.sha256,
    )  # fmt: skip
    return proof
