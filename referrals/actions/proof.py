"""Keeping a proof of delivery: a scan or photograph, stored under its SHA-256, and writing down who takes a copy."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from core.dates import local_date, start_of
from core.refusals import BadInput, WrongState
from departments.models import Department, User
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


@dataclass(frozen=True)
class TheirReply:
    """The paper by which a body without an account replies: who signed it there, its date and number, its scan."""

    person: str
    dated_on: dt.date
    upload: UploadedFile
    number: str = ""


def keep_reply(
    body: Department, paper: TheirReply | None, *, since: dt.datetime, at: dt.datetime
) -> tuple[dt.datetime, dict[str, Any]]:
    """When `body` replied to a letter of `since`, and what `RepliedOnPaper` keeps of its paper.

    One that works here replies now and without paper. Of one that does not, noon of the day on its paper counts, not
    the day of entry (FACTS §2.8).

    :raises WrongState: a paper of a body that works here
    :raises BadInput: no paper of a body that does not, nobody who signed it there, a date before `since` or in the
        future, a file that is no scan
    """
    if body.has_account:
        if paper is not None:
            raise WrongState(_("%(department)s answers in this system itself.") % {"department": body})
        return at, {}
    if paper is None:
        raise BadInput(_("The body does not work here: enter number, date and scan of its paper."), field="upload")
    if not paper.person.strip():
        raise BadInput(_("Name who said it there."), field="person")
    if not local_date(since) <= paper.dated_on <= local_date(at):
        raise BadInput(_("Their paper is dated between the day of the letter and today."), field="dated_on")
    file, sha256 = store_proof(paper.upload)
    kept = {
        "paper_person": paper.person.strip(), "paper_number": paper.number.strip(), "paper_on": paper.dated_on,
        "paper_file": file, "paper_name": (paper.upload.name or "")[:150], "paper_sha256": sha256,
    }  # fmt: skip
    return max(since, min(at, start_of(paper.dated_on) + dt.timedelta(hours=12))), kept


def on_record(replied: Any) -> dict[str, Any]:
    """What the event of a reply on paper says of it: nothing where there is none."""
    if replied.paper_on is None:
        return {}
    return {"their_number": replied.paper_number, "dated_on": replied.paper_on, "sha256": replied.paper_sha256}


@transaction.atomic
def note_proof_download(*, proof: DeliveryProof, by: User, at: dt.datetime) -> DeliveryProof:
    """Write down that somebody takes a copy of the proof. The caller then sends the file."""
    referral = proof.referral
    record(
        "referral.proof_downloaded", target=referral, case=referral.case, by=by, at=at,
        number=referral.number, sha256=proof.sha256,
    )  # fmt: skip
    return proof


@transaction.atomic
def note_scan_taken(
    *, target: Any, number: str, sha256: str, case: Case | None, by: User, at: dt.datetime
) -> None:
    """Write down that somebody takes a copy of what came on paper. The caller then sends the file."""
    record("scan.taken", target=target, case=case, by=by, at=at, number=number, sha256=sha256)
