"""Evidence is filed once under its SHA-256, and every hand that held it is written down."""

import datetime as dt
import hashlib
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import check_open, lock_case
from cases.enums import CustodyKind
from cases.models import Case, Custody, Evidence
from cases.uploads import check_upload
from core.files import keep_file
from core.refusals import BadInput, WrongState
from departments.models import Department, User
from journal.actions import record

CHUNK = 1024 * 1024


def _stored(content: bytes, sha256: str) -> str:
    """Write the bytes under their digest before the commit; the same bytes are kept once."""
    return keep_file(f"evidence/{sha256[:2]}/{sha256}", content)


@transaction.atomic
def add_evidence(
    *,
    case: Case,
    upload: Any,
    name: str = "",
    origin: str = "",
    pages: int | None = None,
    by: User,
    at: dt.datetime,
) -> Evidence:
    """File an uploaded file in the case.

    :raises BadInput: see `cases.uploads.check_upload`; or the same file is in the case already
    :raises WrongState: the case is closed
    """
    lock_case(case)
    check_open(case)
    checked = check_upload(upload)
    sha256 = hashlib.sha256(checked.content).hexdigest()
    if Evidence.objects.filter(case=case, sha256=sha256, voided_at=None).exists():
        raise BadInput(_("%(name)s is in this case already.") % {"name": checked.name}, field="files")
    evidence = Evidence.objects.create(
        case=case,
        name=(name or checked.name)[:150],
        origin=origin,
        pages=pages,
        file=_stored(checked.content, sha256),
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=sha256,
        department=by.department,
        added_by=by,
        added_at=at,
    )
    record_custody(evidence=evidence, kind=CustodyKind.RECEIVED, department=by.department, by=by, at=at)
    record("evidence.added", target=evidence, case=case, by=by, at=at, sha256=sha256, name=evidence.name)
    return evidence


def verify_evidence(evidence: Evidence) -> bool:
    """Whether the stored bytes still have the digest they were filed under."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(str(evidence.file.name)) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == evidence.sha256


@transaction.atomic
def record_custody(
    *,
    evidence: Evidence,
    kind: str,
    department: Department,
    to_department: Department | None = None,
    by: User,
    at: dt.datetime,
    cause: Any = None,
) -> Custody:
    """Add a line to the custody record. `cause`: what made it happen (a referral), with `kind_code`."""
    return Custody.objects.create(
        evidence=evidence,
        case_id=evidence.case_id,
        kind=kind,
        department=department,
        to_department=to_department,
        by=by,
        at=at,
        sha256=evidence.sha256,
        cause_kind=cause.kind_code if cause is not None else "",
        cause_id=cause.pk if cause is not None else None,
    )


@transaction.atomic
def download_evidence(*, evidence: Evidence, by: User, at: dt.datetime) -> Evidence:
    """Write down that somebody takes a copy. The caller then sends the file."""
    record_custody(evidence=evidence, kind=CustodyKind.DOWNLOADED, department=by.department, by=by, at=at)
    record("evidence.downloaded", target=evidence, case=evidence.case, by=by, at=at, name=evidence.name)
    return evidence


@transaction.atomic
def view_evidence(*, evidence: Evidence, by: User, at: dt.datetime) -> Evidence:
    """Write down that somebody looks at a file on the screen. The caller then shows it."""
    record_custody(evidence=evidence, kind=CustodyKind.VIEWED, department=by.department, by=by, at=at)
    record("evidence.viewed", target=evidence, case=evidence.case, by=by, at=at, name=evidence.name)
    return evidence


@transaction.atomic
def void_evidence(*, evidence: Evidence, reason: str, by: User, at: dt.datetime) -> Evidence:
    """Take a file that does not belong here out of use; it stays on record with its reason.

    :raises BadInput: no reason
    :raises WrongState: voided already
    """
    lock_case(evidence.case)
    evidence.refresh_from_db()
    if evidence.voided_at is not None:
        raise WrongState(_("This file has been taken out of use already."))
    check_open(evidence.case)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    evidence.voided_at, evidence.voided_by, evidence.void_reason = at, by, reason.strip()
    evidence.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record(
        "evidence.voided", target=evidence, case=evidence.case, by=by, at=at, name=evidence.name,
        reason=evidence.void_reason,
    )  # fmt: skip
    return evidence
