"""Issued papers carry the signature of this installation (PAdES-B), so that any reader of PDF shows a change (ADR 0085).

The certificate says which installation issued the file, not which office stands behind it: it is no government CA's seal.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.refusals import NotSigned

log = logging.getLogger(__name__)

CERTIFICATE, KEY = "certificate.pem", "key.pem"
DEMONSTRATION = "DEMONSTRATION ONLY"  # the unit a demonstration's certificate names, wherever it is copied to
FIELD = "Issued"
YEARS = 10  # of a certificate made here; papers signed meanwhile keep their proof by their SHA-256


@dataclass(frozen=True)
class Certificate:
    """Whose signature a file carries. serial: in hexadecimal, as readers of PDF show it."""

    subject: str
    serial: str


@dataclass(frozen=True)
class Verdict:
    """What the signature of a file says. intact: the signed bytes are unchanged. whole: nothing was added after signing."""

    certificate: Certificate | None = None
    intact: bool = False
    whole: bool = False

    @property
    def sound(self) -> bool:
        return self.intact and self.whole


class _Signer(signers.Signer):  # type: ignore[misc]  # the library's classes are not all typed
    """With its key read once: reading an RSA key tests its primes, which takes ten times as long as signing."""

    def __init__(self, found: x509.Certificate, key: rsa.RSAPrivateKey) -> None:
        super().__init__(
            signing_cert=next(load_certs_from_pemder_data(found.public_bytes(serialization.Encoding.DER))),
            cert_registry=SimpleCertificateStore(),
        )
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:  # only its length is asked for
            return bytes(self.key.key_size // 8)
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class _Writer(IncrementalPdfFileWriter):  # type: ignore[misc]  # the same
    """Adds a revision and leaves the metadata alone: XMP and the information dictionary agree, as PDF/A wants them."""

    def _update_meta(self) -> None:
        """Nothing: the time of signing stands in the signature."""


def make(folder: Path, *, name: str, demonstration: bool, at: dt.datetime) -> bool:
    """Make a key and a certificate signed by itself, unless the folder has both; whether they were made.

    name: of the installation, as a reader of PDF shows it.
    """
    if (folder / CERTIFICATE).exists() and (folder / KEY).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    if demonstration:
        subject.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEMONSTRATION))
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder().subject_name(x509.Name(subject)).issuer_name(x509.Name(subject))
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(minutes=5)).not_valid_after(at + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / KEY, secret)
    _write(folder / CERTIFICATE, made.public_bytes(serialization.Encoding.PEM))
    return True


def _write(path: Path, data: bytes) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    new.replace(path)


def _named(found: x509.Certificate) -> Certificate:
    return Certificate(found.subject.rfc4514_string()[:200], f"{found.serial_number:X}")


@lru_cache(maxsize=2)
def _loaded(folder: Path, changed: tuple[int, int], secret: bytes | None) -> tuple[Certificate, bool, _Signer]:
    found = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
    key = serialization.load_pem_private_key((folder / KEY).read_bytes(), secret)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("an RSA key is needed")
    if key.public_key() != found.public_key():
        raise ValueError("key and certificate do not belong together")
    return _named(found), _demonstrates(found), _Signer(found, key)


def _demonstrates(found: x509.Certificate) -> bool:
    units = found.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == DEMONSTRATION for unit in units)


def _signer() -> tuple[Certificate, _Signer] | None:
    folder = Path(settings.SIGNING_DIR)
    files = [folder / CERTIFICATE, folder / KEY]
    if not any(path.exists() for path in files):
        return None
    try:
        changed = (files[0].stat().st_mtime_ns, files[1].stat().st_mtime_ns)
        secret = settings.SIGNING_PASSWORD.encode() or None
        certificate, demonstration, signer = _loaded(folder, changed, secret)
    except (OSError, ValueError, TypeError) as fault:
        raise NotSigned() from fault
    if demonstration and not (settings.DEMO or settings.DEBUG):
        raise NotSigned.by_demonstration()
    return certificate, signer


def certificate_here() -> Certificate | None:
    """The certificate papers are signed with; None where this installation has none, and its papers stay unsigned.

    :raises NotSigned: it cannot be read, or it is the demonstration's and this is not
    """
    found = _signer()
    return found[0] if found else None


def _in_its_own_thread(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """pyHanko begins an event loop for every call, which a thread that already runs one refuses (a browser's test does)."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *given, **named).result()


def signed(pdf: bytes) -> tuple[bytes, Certificate | None]:
    """The PDF with one more revision that signs the whole file; it stays PDF/A. Unchanged, without a certificate.

    :raises NotSigned: there is a certificate, and it cannot sign
    """
    found = _signer()
    if found is None:
        return pdf, None
    certificate, signer = found
    told = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    answer = io.BytesIO()
    try:
        writer = _Writer(io.BytesIO(pdf))
        _in_its_own_thread(signers.PdfSigner(told, signer=signer).sign_pdf, writer, output=answer)
    except (PdfError, SigningError, ValueError) as fault:
        raise NotSigned() from fault
    return answer.getvalue(), certificate


def check(pdf: bytes) -> Verdict:
    """What the last signature of a file says, by pyHanko's validation; an empty verdict where none can be read.

    Trust in the certificate is not asked for: it is compared with the one the paper was issued with.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        ours = [each for each in reader.embedded_signatures if each.signer_cert is not None]
        if not ours:
            return Verdict()
        last = ours[-1]
        certificate = x509.load_der_x509_certificate(last.signer_cert.dump())
        context = ValidationContext(trust_roots=[last.signer_cert], allow_fetching=False)
        status = _in_its_own_thread(validate_pdf_signature, last, signer_validation_context=context)
    except Exception as fault:  # a forged file may be broken in any way: that is an answer, not a fault of ours
        log.info("no signature can be read: %s", fault)
        return Verdict()
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Verdict(_named(certificate), intact=bool(status.intact and status.valid), whole=whole)
