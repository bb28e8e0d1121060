"""Reading the vault: which envelope, sealed to whom; and opening it with two halves."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from rewards import vault
from rewards.refusals_opening import NotThere, Tampered


@dataclass(frozen=True, repr=False)
class Envelope:
    """A sealed record as it lies in the vault."""

    id: uuid.UUID
    reporter_id: int
    fields: str
    content: bytes


@dataclass(frozen=True, repr=False)
class Wrap:
    """One pair's two halves of the key of a record."""

    envelope_id: uuid.UUID
    first_id: uuid.UUID
    second_id: uuid.UUID
    first: bytes
    second: bytes


Half = dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], bytes]  # (envelope, own key, other's key) → half


def find(reporter_ids: Iterable[int], fields: str) -> list[Envelope]:
    """The envelopes of those among these reporters who have one."""
    wanted = sorted(set(reporter_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reporter_id, fields, content FROM vault.envelope"
            " WHERE reporter_id = ANY(%s) AND fields = %s AND algorithm = %s ORDER BY reporter_id",
            [wanted, fields, vault.CONTENT],
        )
        return [
            Envelope(pk, reporter, name, bytes(content)) for pk, reporter, name, content in cursor.fetchall()
        ]


def envelopes(reporter_ids: Iterable[int], fields: str) -> list[Envelope]:
    """The envelopes of these reporters.

    :raises NotThere: one of them has none
    """
    wanted = sorted(set(reporter_ids))
    found = find(wanted, fields)
    if [one.reporter_id for one in found] != wanted:
        raise NotThere
    return found


def wraps(envelope_ids: Iterable[uuid.UUID]) -> list[Wrap]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT envelope_id, first_id, second_id, first, second FROM vault.wrap"
            " WHERE envelope_id = ANY(%s) AND algorithm = %s",
            [list(envelope_ids), vault.WRAP],
        )
        return [Wrap(e, a, b, bytes(first), bytes(second)) for e, a, b, first, second in cursor.fetchall()]


def halves_of(key_id: uuid.UUID, private: X25519PrivateKey, held: Iterable[Wrap]) -> Half:
    """What this key opens of these wraps: its half for each other key.

    :raises Tampered: one of them was changed
    """
    found: Half = {}
    for wrap in held:
        for own, other, sealed in (
            (wrap.first_id, wrap.second_id, wrap.first), (wrap.second_id, wrap.first_id, wrap.second),
        ):  # fmt: skip
            if own != key_id:
                continue
            try:
                half = vault.SUITE.decrypt(sealed, private, vault.half_bound(wrap.envelope_id, own, other))
            except InvalidTag:
                raise Tampered from None
            found[(wrap.envelope_id, own, other)] = half
    return found


def secret_of(
    envelope_id: uuid.UUID, halves: Mapping[tuple[uuid.UUID, uuid.UUID, uuid.UUID], bytes]
) -> bytes:
    """The key of a record, from any two halves that belong together.

    :raises Tampered: none do
    """
    for (of, own, other), half in halves.items():
        if of == envelope_id and (of, other, own) in halves:
            return vault.joined(half, halves[(of, other, own)])
    raise Tampered


def opened(envelope: Envelope, secret: bytes) -> dict[str, str]:
    """What the envelope holds.

    :raises Tampered: it does not open under this key, for this reporter and set of fields
    """
    bound = vault.bound(envelope.id, envelope.reporter_id, envelope.fields)
    try:
        text = AESGCM(secret).decrypt(envelope.content[:12], envelope.content[12:], bound)
    except InvalidTag:
        raise Tampered from None
    return json.loads(text)


def open_all(
    held: Iterable[Envelope], halves: Mapping[tuple[uuid.UUID, uuid.UUID, uuid.UUID], bytes]
) -> dict:
    """Reporter id → what is sealed of them, for all these envelopes."""
    return {one.reporter_id: opened(one, secret_of(one.id, halves)) for one in held}


def keys_of(user_id: int, region_id: int) -> list[uuid.UUID]:
    """All keys a person ever made in this region."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM vault.public_key WHERE user_id = %s AND region_id = %s", [user_id, region_id]
        )
        return [row[0] for row in cursor.fetchall()]
