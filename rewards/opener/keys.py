"""Custodians' private halves: under a passphrase, with one-time codes so that an overheard passphrase opens nothing."""

import hashlib
import hmac
import os
import secrets
import uuid
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from rewards.refusals_opening import WeakPassphrase, WrongPassphrase

COST = (2**16, 8, 1)  # 64 MiB, about a fifth of a second
CODES = 30
CODE_DIGITS = 8
SHORTEST, SHORTEST_CHINESE = 12, 8


class Purpose(StrEnum):
    """What a one-time code is good for. Each has a printed list of its own: whoever has a code of the one, such as a
    web process taken over while it passes one on, cannot spend it on the other."""

    OPENING = "opening"
    BANK_FILE = "bank_file"


@dataclass(frozen=True, repr=False)
class Codes:
    """The two printed lists of a key."""

    openings: list[str]
    bank_files: list[str]


class House:
    """The opener's own secret and what follows from it. It never leaves this process and its folder."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def at(cls, folder: Path) -> "House":
        """The secret kept in `folder`, made on first use, readable by its owner only."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "secret"
        if not path.exists():
            new = folder / f"secret.{os.getpid()}"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(32))
            os.link(new, path)
            new.unlink()
        return cls(path.read_bytes())

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()

    def slip_key(self) -> X25519PrivateKey:
        """Opens the slips on which the web notes what a reporter would give again."""
        return X25519PrivateKey.from_private_bytes(self._derived("slip"))

    def slip_key_id(self) -> uuid.UUID:
        return uuid.UUID(bytes=self._derived("slip id")[:16])

    def mark(self, region_id: int, what: str) -> str:
        """The blind index: a keyed digest by which the same number is found again."""
        return hmac.new(self._derived("mark"), f"{region_id}|{what}".encode(), hashlib.sha256).hexdigest()

    def code_mark(self, key_id: uuid.UUID, purpose: Purpose, code: str) -> str:
        return hmac.new(
            self._derived("code"), f"{key_id}|{purpose}|{code}".encode(), hashlib.sha256
        ).hexdigest()


def check_passphrase(passphrase: str) -> None:
    """:raises WeakPassphrase: shorter than 12 letters or 8 Chinese characters, a number, or few different characters"""
    chinese = sum(not character.isascii() for character in passphrase)
    if (
        (len(passphrase) < SHORTEST and chinese < SHORTEST_CHINESE)
        or passphrase.isdigit()
        or len(set(passphrase)) < 5
    ):
        raise WeakPassphrase(field="passphrase")


def new_codes() -> Codes:
    """One-time codes to be printed and kept by the custodian; each allows one key to be given once, for one purpose."""
    codes: list[str] = []
    while len(codes) < 2 * CODES:
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        if code not in codes:
            codes.append(code)
    return Codes(sorted(codes[:CODES]), sorted(codes[CODES:]))


def algorithm() -> str:
    return "scrypt-{}-{}-{}+aes-256-gcm".format(*COST)


def _key_of(passphrase: str, salt: bytes, how: str) -> bytes:
    n, r, p = (int(part) for part in how.partition("+")[0].split("-")[1:])
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode())


def lock_up(private: bytes, passphrase: str, key_id: uuid.UUID) -> tuple[bytes, bytes]:
    """(salt, sealed): the private half under the passphrase, bound to its key."""
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_key_of(passphrase, salt, algorithm())).encrypt(nonce, private, str(key_id).encode())
    return salt, nonce + sealed


def unlock(sealed: bytes, salt: bytes, how: str, passphrase: str, key_id: uuid.UUID) -> X25519PrivateKey:
    """The private half.

    :raises WrongPassphrase: it does not open
    """
    try:
        raw = AESGCM(_key_of(passphrase, salt, how)).decrypt(sealed[:12], sealed[12:], str(key_id).encode())
    except InvalidTag:
        raise WrongPassphrase(field="passphrase") from None
    return X25519PrivateKey.from_private_bytes(raw)
