"""The public check of a paper: by its code, and by its bytes. Tells nothing about what the paper is about."""

from __future__ import annotations

import hashlib
import re
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from core import registry, visitors
from documents import signing
from documents.enums import ReportStatus
from documents.models import IssuedDocument, PeriodReport

TRIES_A_MINUTE = 30
LARGEST = 64 * 1024 * 1024  # of a file to compare, where the browser does not count its fingerprint itself
CHUNK = 1024 * 1024


def tidy(code: str) -> str:
    """A code as stored, from however a person typed it."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def too_often(address: str) -> bool:
    """Whether somebody at this address asks more often than a person with papers in hand would."""
    return visitors.too_often(f"documents:verify:{address}", times=TRIES_A_MINUTE, seconds=60)


def by_code(code: str) -> IssuedDocument | None:
    """The paper with this code. It is the only door without an account: show `public_facts` of it only."""
    return (
        IssuedDocument.objects.select_related("department").filter(verification_code=tidy(code)).first()
        if len(tidy(code)) == 12
        else None
    )


def standing(document: IssuedDocument) -> tuple[str, Any]:
    """Whether the paper stands, and since when it does not: "valid", "void", "withdrawn" (a later paper took it back) or
    "replaced" (a later paper of its kind about the same thing, or the correction of a statistics report)."""
    if document.voided_at is not None:
        return "void", document.voided_at
    later = registry.overtaken_by.get(document.kind, {})
    if callable(later):
        newer = later(document)
        if newer is not None:
            return newer
    elif later and document.target_id is not None:
        same = IssuedDocument.objects.filter(
            target_kind=document.target_kind, target_id=document.target_id, kind__in=sorted(later), pk__gt=document.pk,
            voided_at=None,
        )  # fmt: skip
        newer = same.order_by("pk").values_list("kind", "issued_at").first()
        if newer is not None:
            return later[newer[0]], newer[1]
    corrected = PeriodReport.objects.filter(
        corrects__document=document, status=ReportStatus.ISSUED, document__voided_at=None
    )
    signed = corrected.values_list("signed_at", flat=True).first()
    return ("valid", None) if signed is None else ("replaced", signed)


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of an uploaded file in hex, read a portion at a time and not kept."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def matches(document: IssuedDocument, digest: str) -> str:
    """What the bytes of this SHA-256 are: `original`, `sealed` (the scan of the stamped copy) or empty: neither."""
    if document.sealed_sha256 and digest == document.sealed_sha256:
        return "sealed"
    return "original" if digest == document.sha256 else ""


def fault_of(document: IssuedDocument) -> str:
    """What is wrong with the kept file of a paper, as a sentence that says how it was changed; empty: nothing."""
    try:
        with default_storage.open(document.file) as file:
            data = file.read()
    except FileNotFoundError:
        return _("The file is gone.")
    if not document.signer_serial:
        return "" if hashlib.sha256(data).hexdigest() == document.sha256 else _("The file was changed.")
    verdict = signing.check(data)
    if verdict.certificate is None:
        return _("The file was changed: its signature is gone or cannot be read.")
    if not verdict.intact:
        return _("The file was changed: its bytes are not those that were signed.")
    if not verdict.whole:
        return _("The file was changed: something was added after it was signed.")
    if hashlib.sha256(data).hexdigest() != document.sha256:
        said = _("The file was changed and signed anew, by %(certificate)s.")
        return said % {"certificate": verdict.certificate.subject}
    return ""
