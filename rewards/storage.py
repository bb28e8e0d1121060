"""Where the files of reports lie: sealed under the field key, so that the storage shows neither face nor name."""

import hashlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.storage import default_storage

from core.files import keep_file
from core.sealing import blind_index

PURPOSE = b"rewards.files"


def _key() -> bytes:
    return hashlib.blake2b(settings.FIELD_KEY.encode()[:64], person=PURPOSE, digest_size=32).digest()


def keep(content: bytes) -> tuple[str, str]:
    """Store the bytes sealed; (name in the storage, keyed digest). The same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    mark = blind_index(sha256, purpose="rewards.files")
    name = f"reports/{mark[:2]}/{mark}"
    nonce = hashlib.sha256(mark.encode()).digest()[:12]  # one content, one nonce: never two under the same
    return keep_file(name, nonce + AESGCM(_key()).encrypt(nonce, content, mark.encode())), mark


def fetch(name: str, mark: str) -> bytes:
    """The bytes kept under `name`.

    :raises FileNotFoundError: they are gone
    :raises cryptography.exceptions.InvalidTag: they are not what was kept
    """
    with default_storage.open(name) as file:
        sealed = file.read()
    return AESGCM(_key()).decrypt(sealed[:12], sealed[12:], mark.encode())
