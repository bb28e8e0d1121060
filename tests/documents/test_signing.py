"""The signature of an issued file: there, PDF/A still, and broken by whatever is done to the file afterwards."""

import asyncio
import datetime as dt
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents import signing, storage
from documents.models import IssuedDocument, Series
from documents.refusals import NotSigned

AT = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Key and certificate, made once: an RSA key takes a moment."""
    folder = tmp_path_factory.mktemp("signing")
    assert signing.make(folder, name="Joint desk of Qinghe", demonstration=False, at=AT) is True
    assert signing.make(folder, name="another", demonstration=False, at=AT) is False
    return folder


@pytest.fixture
def signed(pair, settings, issue):
    settings.SIGNING_DIR = pair
    return issue()


def kept(document):
    return storage.fetch(document.file, document.sha256)


def write(document, data):
    with default_storage.open(document.file, "wb") as file:
        file.write(data)


def appended(data):
    """The file with one more revision, as an editor would save it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Other"] = generic.NumberObject(1)
    writer.update_root()
    answer = io.BytesIO()
    writer.write(answer)
    return answer.getvalue()


def test_issued_file_is_signed_as_a_whole_and_stays_pdf_a(signed, client):
    data = kept(signed)
    assert signed.sha256 == hashlib.sha256(data).hexdigest() and signed.size == len(data)
    verdict = signing.check(data)
    assert verdict.sound and verdict.certificate == signing.certificate_here()
    assert (signed.signer_subject, signed.signer_serial) == (verdict.certificate.subject, verdict.certificate.serial)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert list(field.Rect) == [0, 0, 0, 0] and field.F == 132  # printed, locked, nothing to see: needs no look
        assert set(pdf.Root.AcroForm.keys()) == {"/Fields", "/SigFlags"}
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
            assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert not pdf.is_encrypted and "/ID" in pdf.trailer and len(pdf.Root.OutputIntents) == 1
    page = client.get(reverse("documents:verify", args=[signed.verification_code])).content.decode()
    assert "Joint desk of Qinghe" in page and signed.signer_serial in page


def test_signs_and_reads_where_an_event_loop_runs_already(pair, settings, document):
    settings.SIGNING_DIR, unsigned = pair, kept(document)

    async def both():
        return signing.check(signing.signed(unsigned)[0])

    with ThreadPoolExecutor(1) as thread:  # a browser's test may have left this one a running loop
        assert thread.submit(lambda: asyncio.run(both())).result().sound


def test_a_paper_without_certificate_says_so(document, client, insurance_registrar):
    assert (document.signer_subject, document.signer_serial) == ("", "")
    assert signing.certificate_here() is None and signing.check(kept(document)) == signing.Verdict()
    client.force_login(insurance_registrar)
    for url in (reverse("documents:verify", args=[document.verification_code]), document.get_absolute_url()):
        assert "该文件制发时未作数字签名" in client.get(url).content.decode()


def test_page_of_a_signed_paper_says_what_the_signature_is_not(signed, client, insurance_registrar):
    client.force_login(insurance_registrar)
    page = client.get(signed.get_absolute_url()).content.decode()
    assert signed.signer_serial in page and "不是机关电子印章" in page


CHANGES = {
    "one byte": (lambda data: data[:30_000] + bytes([data[30_000] ^ 1]) + data[30_001:], "is not"),
    "a revision": (appended, "added"),
    "a tail": (lambda data: data + b"\n% more", "added"),
    "cut": (lambda data: data[:40_000], "gone"),
    "printed again": (lambda data: data[: data.rindex(b"%%EOF", 0, -600) + 5], "gone"),
    "forged": (lambda data: b"no pdf", "gone"),
}
SAID = {
    "is not": "The file was changed: its bytes are not those that were signed.",
    "added": "The file was changed: something was added after it was signed.",
    "gone": "The file was changed: its signature is gone or cannot be read.",
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_the_signature_and_the_command_say_so(signed, change):
    data = kept(signed)
    changed, said = CHANGES[change][0](data), SAID[CHANGES[change][1]]
    assert changed != data and not signing.check(changed).sound
    write(signed, changed)
    with translation.override("en"), pytest.raises(CommandError) as told:
        call_command("verify_papers")
    assert str(told.value) == f"{signed.number} {signed.file}: {said}"


def test_command_names_the_changed_file_among_many(pair, settings, issue, tmp_path):
    before = issue()
    settings.SIGNING_DIR = pair
    first, second, third = issue(), issue(), issue()
    out = io.StringIO()
    with translation.override("en"):
        call_command("verify_papers", stdout=out)
        assert out.getvalue() == "4 papers agree with what was issued; 3 of them are signed.\n"
        settings.SIGNING_DIR = tmp_path / "forger"
        signing.make(settings.SIGNING_DIR, name="Forger", demonstration=False, at=AT)
        write(first, signing.signed(kept(before))[0])
        write(before, b"%PDF-other")
        default_storage.delete(second.file)
        call_command("verify_papers", third.number, stdout=out)
        with pytest.raises(CommandError) as told:
            call_command("verify_papers")
    assert str(told.value).splitlines() == [
        f"{before.number} {before.file}: The file was changed.",
        f"{first.number} {first.file}: The file was changed and signed anew, by CN=Forger,C=CN.",
        f"{second.number} {second.file}: The file is gone.",
    ]


def test_a_certificate_that_cannot_sign_refuses_and_takes_no_number(issue, settings, pair, tmp_path):
    issue()
    other = tmp_path / "other"
    signing.make(other, name="Other", demonstration=False, at=AT)
    folder = settings.SIGNING_DIR = tmp_path / "broken"
    folder.mkdir()
    for certificate, key in (
        ((pair / "certificate.pem").read_bytes(), None),
        ((pair / "certificate.pem").read_bytes(), b"no key"),
        ((pair / "certificate.pem").read_bytes(), (other / "key.pem").read_bytes()),
    ):
        (folder / "certificate.pem").write_bytes(certificate)
        if key:
            (folder / "key.pem").write_bytes(key)
        with pytest.raises(NotSigned):
            issue()
    settings.SIGNING_DIR = pair
    with pytest.raises(NotSigned):
        signing.signed(b"no pdf")
    assert (IssuedDocument.objects.count(), Series.objects.get().last) == (1, 1)


def test_the_demonstrations_certificate_signs_nothing_outside_of_it(issue, settings, tmp_path):
    settings.SIGNING_DIR, settings.DEMO, settings.DEBUG = tmp_path / "demo", True, False
    out = io.StringIO()
    call_command("make_signing_certificate", stdout=out)
    call_command("make_signing_certificate", stdout=out)
    assert out.getvalue() == "made\nthere already\n"
    assert signing.DEMONSTRATION in issue().signer_subject
    settings.DEMO = False
    with pytest.raises(NotSigned, match="演示"):
        issue()
    assert Series.objects.get().last == 1
    settings.SIGNING_DIR = tmp_path / "own"
    call_command("make_signing_certificate", name="青禾县医疗保障局", stdout=out)
    assert signing.certificate_here().subject == "CN=青禾县医疗保障局,C=CN"
    assert (settings.SIGNING_DIR / "key.pem").stat().st_mode & 0o777 == 0o600


def test_database_freezes_whose_signature_it_is(signed):
    for field in ("signer_subject", "signer_serial"):
        with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
            IssuedDocument.objects.filter(pk=signed.pk).update(**{field: ""})
