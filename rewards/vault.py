"""The web's side of the vault: it seals and puts in. It holds no key that opens, and may not even look.

A record is encrypted under a fresh key (AES-256-GCM); that key is split in two halves, either worthless alone, and
for every pair of custodians each half is sealed to one of them (HPKE, RFC 9180). ADR 0040.
"""

import datetime as dt
import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.db import connection
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from departments.models import Region
from rewards.identities import Identity
from rewards.models import Custodian, Reporter

CONTENT = "aes-256-gcm"
WRAP = "xor2+hpke-x25519-hkdf-sha256-aes-256-gcm"
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
BLOCK = 256  # content is padded to a multiple of this, so that its length tells no name
KEY_BYTES = 32


class NoCustodians(Refused):
    """Fewer than two custodians have a key: an identity could be sealed, and never opened by two."""

    sentence = _(
        "Identities cannot be received yet: two custodians have to make their keys first."
        " A report without a name can be received."
    )


@dataclass(frozen=True)
class PublicKey:
    """The public half of a custodian's or a recovery key."""

    id: uuid.UUID
    slot: str
    epoch: int
    public: bytes


def bound(envelope_id: uuid.UUID, reporter_id: int, fields: str) -> bytes:
    """What ties a record to its place: moved to another reporter or set of fields it does not open."""
    return f"house.vault|{envelope_id}|{reporter_id}|{fields}".encode()


def half_bound(envelope_id: uuid.UUID, key_id: uuid.UUID, other_id: uuid.UUID) -> bytes:
    return f"house.vault.half|{envelope_id}|{key_id}|{other_id}".encode()


def pack(values: dict[str, str]) -> bytes:
    data = json.dumps(values, ensure_ascii=False).encode()
    return data + b" " * (-len(data) % BLOCK)


def split(secret: bytes) -> tuple[bytes, bytes]:
    """Two halves, each of them random, that give `secret` together."""
    one = os.urandom(len(secret))
    return one, joined(one, secret)


def joined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def keys_in_force(region: Region) -> list[PublicKey]:
    """The keys to which this region's identities are sealed now: of custodians still named, and for recovery."""
    named = list(Custodian.objects.keeping().filter(region=region).values_list("user_id", flat=True))
    return keys_of(region.pk, named)


def keys_of(region_id: int, users: list[int]) -> list[PublicKey]:
    """The keys in force of these users, and the recovery keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, slot, epoch, public FROM vault.public_key WHERE region_id = %s AND retired_at IS NULL"
            " AND (slot = 'recovery' OR user_id = ANY(%s)) ORDER BY epoch",
            [region_id, users],
        )
        return [PublicKey(pk, slot, epoch, bytes(public)) for pk, slot, epoch, public in cursor.fetchall()]


def users_with_keys(region: Region) -> set[int | None]:
    """Whose keys are in force; None among them stands for the recovery keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id FROM vault.public_key WHERE region_id = %s AND retired_at IS NULL", [region.pk]
        )
        return {row[0] for row in cursor.fetchall()}


def pairs_of(keys: Iterable[PublicKey]) -> list[tuple[PublicKey, PublicKey]]:
    """Every two custodians, and the two recovery keys; a recovery key never opens together with a custodian's.

    :raises NoCustodians: fewer than two custodians
    """
    keys = sorted(keys, key=lambda key: key.id)
    custodians = [key for key in keys if key.slot == "custodian"]
    if len(custodians) < 2:
        raise NoCustodians
    return [*combinations(custodians, 2), *combinations([key for key in keys if key.slot == "recovery"], 2)]


def wraps_of(
    envelope_id: uuid.UUID, secret: bytes, pairs: Iterable[tuple[PublicKey, PublicKey]]
) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID, str, bytes, bytes]]:
    """The rows of vault.wrap that let each pair give `secret` together."""
    rows = []
    for first, second in pairs:
        halves = split(secret)
        sealed = [
            SUITE.encrypt(
                half, X25519PublicKey.from_public_bytes(key.public), half_bound(envelope_id, key.id, other.id)
            )
            for half, key, other in zip(halves, (first, second), (second, first), strict=True)
        ]
        rows.append((envelope_id, first.id, second.id, WRAP, sealed[0], sealed[1]))
    return rows


def can_seal(region: Region) -> bool:
    """Whether an identity could be received now."""
    return sum(key.slot == "custodian" for key in keys_in_force(region)) >= 2


def put(*, reporter: Reporter, identity: Identity, region: Region, at: dt.datetime) -> None:
    """Seal who `reporter` is and put it into the vault. The caller's transaction decides whether it stays.

    :raises NoCustodians: fewer than two custodians have a key
    """
    keys = keys_in_force(region)
    pairs = pairs_of(keys)
    epoch = max(key.epoch for key in keys)
    with connection.cursor() as cursor:
        for fields, values in identity.parts().items():
            envelope_id, secret, nonce = uuid.uuid4(), AESGCM.generate_key(256), os.urandom(12)
            content = nonce + AESGCM(secret).encrypt(
                nonce, pack(values), bound(envelope_id, reporter.pk, fields)
            )
            cursor.execute(
                "INSERT INTO vault.envelope (id, reporter_id, fields, algorithm, epoch, content, sealed_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [envelope_id, reporter.pk, fields, CONTENT, epoch, content, at],
            )
            cursor.executemany(
                "INSERT INTO vault.wrap (envelope_id, first_id, second_id, algorithm, first, second)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                wraps_of(envelope_id, secret, pairs),
            )
        _put_slip(cursor, reporter, identity)


def _put_slip(cursor: object, reporter: Reporter, identity: Identity) -> None:
    """What the opener needs to tell whether this person reported before, sealed to the opener alone."""
    cursor.execute("SELECT id, public FROM vault.opener_key ORDER BY made_at DESC LIMIT 1")
    row = cursor.fetchone()
    if row is None or not identity.marks():
        return
    key_id, public = row
    content = SUITE.encrypt(
        pack({str(n): mark for n, mark in enumerate(identity.marks())}),
        X25519PublicKey.from_public_bytes(bytes(public)),
        f"house.slip|{reporter.pk}".encode(),
    )
    cursor.execute(
        "INSERT INTO vault.slip (id, reporter_id, key_id, content) VALUES (%s, %s, %s, %s)",
        [uuid.uuid4(), reporter.pk, key_id, content],
    )


def earlier_reports(reporter: Reporter) -> int | None:
    """How many earlier reports the same person made, or None where the opener has not looked yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT earlier FROM vault.sighting WHERE reporter_id = %s", [reporter.pk])
        row = cursor.fetchone()
    return row[0] if row else None


def new_private_key() -> tuple[bytes, bytes]:
    """A fresh key pair: (private, public), 32 raw bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()
