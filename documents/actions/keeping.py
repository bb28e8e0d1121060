"""What may still happen to an issued paper: the sealed scan, a voiding, a download."""

from __future__ import annotations

import datetime as dt
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import registry
from documents import storage
from documents.models import IssuedDocument
from documents.refusals import AlreadySealed, BadScan, NoReason, StillInUse, Voided
from journal.actions import record

SCAN_LIMIT = 20 * 1024 * 1024
# first bytes → (suffix, media type): what a file is, whatever it calls itself
SIGNATURES = {
    b"%PDF-": (".pdf", "application/pdf"),
    b"\xff\xd8\xff": (".jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": (".png", "image/png"),
}


def _locked(document: IssuedDocument) -> IssuedDocument:
    return IssuedDocument.objects.select_for_update().get(pk=document.pk)


class _Case:
    """What the journal asks of a case, for a paper that knows it only by number."""

    def __init__(self, document: IssuedDocument) -> None:
        self.pk = document.case_id
        self.region_id = document.region_id
        self.owner_id = document.department_id


def _case_of(document: IssuedDocument) -> Any:
    return _Case(document) if document.case_id is not None else None


@transaction.atomic
def attach_sealed_scan(
    *, document: IssuedDocument, upload: BinaryIO, by: Any, at: dt.datetime
) -> IssuedDocument:
    """Keep the scan of the copy that carries the stamp, beside the electronic original. Once, for good.

    :raises AlreadySealed: there is one already
    :raises Voided: the paper is void
    :raises BadScan: not PDF, JPEG or PNG, empty, or above 20 MiB
    """
    document = _locked(document)
    if document.is_void:
        raise Voided()
    if document.is_sealed:
        raise AlreadySealed()
    data = upload.read(SCAN_LIMIT + 1)
    if len(data) > SCAN_LIMIT:
        raise BadScan(
            _("The scan is larger than 20 MB. Scan it in fewer colours or a lower resolution."), field="scan"
        )
    found = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
    if found is None:
        raise BadScan(field="scan")
    suffix, document.sealed_type = found
    document.sealed_file, document.sealed_sha256 = storage.keep(data, suffix)
    document.sealed_at, document.sealed_by = at, by
    document.save(update_fields=["sealed_file", "sealed_type", "sealed_sha256", "sealed_at", "sealed_by"])
    record(
        "document.sealed",
        target=document,
        by=by,
        at=at,
        case=_case_of(document),
        number=document.number,
        sha256=document.sealed_sha256,
    )
    return document


@transaction.atomic
def void_document(*, document: IssuedDocument, reason: str, by: Any, at: dt.datetime) -> IssuedDocument:
    """Declare a paper void, with a reason. Its number stays used, its file stays kept.

    :raises Voided: it is void already
    :raises NoReason: without a reason
    :raises StillInUse: what it is about is under way, and has to be ended first
    """
    document = _locked(document)
    if document.is_void:
        raise Voided()
    reason = reason.strip()
    if not reason:
        raise NoReason(field="reason")
    for veto in registry.void_vetoes:
        for sentence in veto(document):
            raise StillInUse(sentence)
    document.voided_at, document.voided_by, document.void_reason = at, by, reason
    document.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record(
        "document.voided",
        target=document,
        by=by,
        at=at,
        case=_case_of(document),
        number=document.number,
        reason=reason,
    )
    return document


@transaction.atomic
def note_download(*, document: IssuedDocument, what: str, by: Any, at: dt.datetime) -> None:
    """Write that somebody took a file of this paper away: `pdf`, `word` or `scan`."""
    record(
        "document.downloaded",
        target=document,
        by=by,
        at=at,
        case=_case_of(document),
        number=document.number,
        what=what,
    )
