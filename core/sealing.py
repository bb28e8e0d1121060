"""Encryption of personal fields, and blind indexes to find them again (FACTS §2.10)."""

import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_ALGORITHM = b"\x01"  # AES-256-GCM; other ids may follow without touching stored rows


@cache
def _key(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def seal(text: str, *, purpose: str) -> bytes:
    """`text` encrypted under the field key for `purpose` (a model and field): algorithm id, nonce, ciphertext."""
    nonce = os.urandom(12)
    key = _key(settings.FIELD_KEY, "seal:" + purpose)
    return _ALGORITHM + nonce + AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """The text sealed for `purpose`.

    :raises cryptography.exceptions.InvalidTag: where the bytes were changed or belong to another purpose
    """
    sealed = bytes(sealed)
    key = _key(settings.FIELD_KEY, "seal:" + purpose)
    return AESGCM(key).decrypt(sealed[1:13], sealed[13:], purpose.encode()).decode()


def blind_index(text: str, *, purpose: str) -> str:
    """A keyed digest (hex) that finds equal texts without revealing them."""
    key = _key(settings.FIELD_KEY, "index:" + purpose)
    return hmac.new(key, text.strip().upper().encode(), hashlib.sha256).hexdigest()
