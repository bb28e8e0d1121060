"""The sealed scan and the voiding: once each, with who and when."""

import io

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from documents import storage
from documents.actions import attach_sealed_scan, note_download, void_document
from documents.actions.keeping import SCAN_LIMIT
from documents.models import IssuedDocument
from documents.refusals import AlreadySealed, BadScan, NoReason, Voided
from journal.models import Event

SCANS = [
    (b"%PDF-1.4 scan", ".pdf", "application/pdf"),
    (b"\xff\xd8\xff\xe0 jpeg", ".jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n png", ".png", "image/png"),
]


@pytest.mark.parametrize(("data", "suffix", "media_type"), SCANS)
def test_scan_is_kept_beside_the_original(document, insurance_registrar, now, data, suffix, media_type):
    sealed = attach_sealed_scan(document=document, upload=io.BytesIO(data), by=insurance_registrar, at=now)
    sealed.refresh_from_db()
    assert (sealed.sealed_by, sealed.sealed_at) == (insurance_registrar, now)
    assert sealed.sealed_file.endswith(suffix) and sealed.sealed_type == media_type
    assert storage.fetch(sealed.sealed_file, sealed.sealed_sha256) == data
    assert sealed.is_sealed
    event = Event.objects.get(verb="document.sealed")
    assert event.params == {"number": document.number, "sha256": sealed.sealed_sha256}


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<html>", b"%PDF-" + b"x" * SCAN_LIMIT])
def test_other_files_are_refused_beside_the_field(document, insurance_registrar, now, data):
    with pytest.raises(BadScan) as refusal:
        attach_sealed_scan(document=document, upload=io.BytesIO(data), by=insurance_registrar, at=now)
    assert refusal.value.field == "scan"
    document.refresh_from_db()
    assert not document.is_sealed and not Event.objects.filter(verb="document.sealed").exists()


def test_second_scan_is_refused(document, insurance_registrar, now):
    attach_sealed_scan(document=document, upload=io.BytesIO(b"%PDF-1"), by=insurance_registrar, at=now)
    with pytest.raises(AlreadySealed):
        attach_sealed_scan(document=document, upload=io.BytesIO(b"%PDF-2"), by=insurance_registrar, at=now)


def test_void_paper_takes_no_scan_and_is_void_once(document, insurance_head, insurance_registrar, now):
    voided = void_document(document=document, reason=" 主送有误 ", by=insurance_head, at=now)
    assert (voided.voided_by, voided.voided_at, voided.void_reason) == (insurance_head, now, "主送有误")
    assert voided.is_void
    event = Event.objects.get(verb="document.voided")
    assert event.params == {"number": document.number, "reason": "主送有误"}
    with pytest.raises(Voided):
        attach_sealed_scan(document=document, upload=io.BytesIO(b"%PDF-1"), by=insurance_registrar, at=now)
    with pytest.raises(Voided):
        void_document(document=document, reason="又", by=insurance_head, at=now)


def test_voiding_needs_a_reason(document, insurance_head, now):
    with pytest.raises(NoReason) as refusal:
        void_document(document=document, reason="  ", by=insurance_head, at=now)
    assert refusal.value.field == "reason"


def test_number_of_a_void_paper_is_not_given_again(issue, insurance_head, now):
    void_document(document=issue(), reason="主送有误", by=insurance_head, at=now)
    assert issue().number == "青医保函〔2026〕2号"


def test_database_keeps_seal_and_voiding_as_written(document, insurance_head, insurance_registrar, now):
    attach_sealed_scan(document=document, upload=io.BytesIO(b"%PDF-1"), by=insurance_registrar, at=now)
    void_document(document=document, reason="主送有误", by=insurance_head, at=now)
    for change in ({"sealed_sha256": "1" * 64}, {"void_reason": "别的"}):
        with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
            IssuedDocument.objects.filter(pk=document.pk).update(**change)


@pytest.mark.parametrize("change", [{"sealed_file": "x"}, {"void_reason": "x"}])
def test_database_refuses_half_a_seal_or_voiding(document, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(**change)


def test_download_is_an_event_also_without_a_case(issue, insurance_handler, now):
    document = issue(target=None, case=None)
    note_download(document=document, what="pdf", by=insurance_handler, at=now)
    event = Event.objects.get(verb="document.downloaded")
    assert (event.actor_id, event.case_id) == (insurance_handler.pk, None)
    assert event.params == {"number": document.number, "what": "pdf"}
