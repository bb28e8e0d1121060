"""Where the bytes of issued papers lie: in Django's storage, under names made of their SHA-256."""

import hashlib

from django.core.files.storage import default_storage

from core.files import keep_file
from documents.refusals import Tampered


def keep(data: bytes, suffix: str) -> tuple[str, str]:
    """Store `data` before the caller commits; (name in the storage, SHA-256 in hex). Twice is once."""
    digest = hashlib.sha256(data).hexdigest()
    return keep_file(f"documents/{digest[:2]}/{digest}{suffix}", data), digest


def fetch(name: str, sha256: str) -> bytes:
    """The bytes kept under `name`.

    :raises Tampered: if they are gone, or are not the bytes with this SHA-256
    """
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError as gone:
        raise Tampered() from gone
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Tampered()
    return data
