"""The public check of a paper: by its code, and by its bytes. Tells nothing about what the paper is about."""

from __future__ import annotations

import hashlib
import re
from typing import Any, BinaryIO

from core import visitors
from documents.models import IssuedDocument

TRIES_A_MINUTE = 30
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


def matches(document: IssuedDocument, file: BinaryIO) -> str:
    """What the uploaded bytes are: `original`, `sealed` (the scan of the stamped copy) or empty: neither."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    found: dict[Any, str] = {document.sha256: "original"}
    if document.sealed_sha256:
        found[document.sealed_sha256] = "sealed"
    return found.get(digest.hexdigest(), "")
