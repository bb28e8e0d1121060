"""Actions of the opener process: keys are made, unlocked, retired. They run as the database role `opener`."""

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction

from journal.actions import record
from rewards import vault
from rewards.models import Custodian
from rewards.opener import keys
from rewards.opener.records import Half, Wrap, halves_of
from rewards.refusals_opening import KeyLocked, NoCodesLeft, NotCustodian, WrongPassphrase

FAILURES = 5
LOCKED = dt.timedelta(hours=1)


def somebody(
    user_id: int, *, region_id: int, department_id: int | None = None, post_id: int | None = None
) -> Any:
    """Who acts, as the record wants to know it: the opener may not read the table of people."""
    department = SimpleNamespace(region_id=region_id)
    return SimpleNamespace(
        pk=user_id, post=SimpleNamespace(pk=post_id, department_id=department_id, department=department)
    )


def custodian_in_force(user_id: int, region_id: int) -> Custodian:
    """:raises NotCustodian: nobody named this person"""
    found = Custodian.objects.in_force().filter(user_id=user_id, region_id=region_id).first()
    if found is None:
        raise NotCustodian
    return found


def _next_epoch(region_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(740001, %s)", [region_id % 2**31])
        cursor.execute(
            "SELECT coalesce(max(epoch), 0) + 1 FROM vault.public_key WHERE region_id = %s", [region_id]
        )
        return cursor.fetchone()[0]


def _keep_public(
    key_id: uuid.UUID, region_id: int, slot: str, user_id: int | None, public: bytes, at: Any
) -> int:
    epoch = _next_epoch(region_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.public_key (id, region_id, slot, user_id, epoch, algorithm, public, made_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [key_id, region_id, slot, user_id, epoch, vault.WRAP, public, at],
        )
    return epoch


@transaction.atomic
def enrol(*, house: keys.House, user_id: int, region_id: int, passphrase: str, at: dt.datetime) -> list[str]:
    """Make a custodian's key, a new epoch; their earlier key opens what was sealed to it, and gets nothing new.

    Returns the one-time codes, which are nowhere kept in clear.

    :raises NotCustodian: nobody named this person
    :raises WeakPassphrase: see `keys.check_passphrase`
    """
    custodian = custodian_in_force(user_id, region_id)
    keys.check_passphrase(passphrase)
    private, public = vault.new_private_key()
    key_id, codes = uuid.uuid4(), keys.new_codes()
    salt, sealed = keys.lock_up(private, passphrase, key_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.public_key SET retired_at = %s WHERE region_id = %s AND user_id = %s AND retired_at IS NULL",
            [at, region_id, user_id],
        )
        epoch = _keep_public(key_id, region_id, "custodian", user_id, public, at)
        cursor.execute(
            "INSERT INTO vault.private_key (key_id, algorithm, salt, sealed, codes) VALUES (%s, %s, %s, %s, %s)",
            [key_id, keys.algorithm(), salt, sealed, [house.code_mark(key_id, code) for code in codes]],
        )
    record("custodian.enrolled", target=custodian, by=somebody(user_id, region_id=region_id), at=at, user=user_id,
           epoch=epoch)  # fmt: skip
    return codes


@transaction.atomic
def make_recovery(*, region_id: int, at: dt.datetime) -> tuple[str, str]:
    """Two recovery keys, whose private halves are printed once, put into two envelopes and kept apart from each
    other; earlier ones get nothing new. Both together give everything to new custodians (`rewrap`)."""
    printed = []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.public_key SET retired_at = %s"
            " WHERE region_id = %s AND slot = 'recovery' AND retired_at IS NULL",
            [at, region_id],
        )
    for _number in (1, 2):
        private, public = vault.new_private_key()
        key_id = uuid.uuid4()
        _keep_public(key_id, region_id, "recovery", None, public, at)
        printed.append(f"{key_id}:{private.hex()}")
    record("custodian.recovery", target=None, by=None, at=at, case=SimpleNamespace(pk=None, owner_id=None,
           region_id=region_id))  # fmt: skip
    return printed[0], printed[1]


def unlock(*, house: keys.House, user_id: int, key_ids: Any, passphrase: str, code: str, at: dt.datetime,
           ) -> tuple[uuid.UUID, X25519PrivateKey]:  # fmt: skip
    """The private half of the person's newest key among `key_ids`. A code is used up; a failure is counted.

    Both are committed at once, whatever becomes of what follows: call it outside a transaction.

    :raises NotCustodian: none of these keys is theirs
    :raises KeyLocked: five failures within the hour
    :raises NoCodesLeft, WrongPassphrase: as said
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.key_id, p.algorithm, p.salt, p.sealed, p.codes, p.failures, p.locked_until"
            " FROM vault.private_key p JOIN vault.public_key k ON k.id = p.key_id"
            " WHERE k.user_id = %s AND k.id = ANY(%s) ORDER BY k.epoch DESC LIMIT 1 FOR UPDATE OF p",
            [user_id, list(key_ids)],
        )
        row = cursor.fetchone()
        if row is None:
            raise NotCustodian
        key_id, how, salt, sealed, codes, failures, locked_until = row
        if locked_until is not None and locked_until > at:
            raise KeyLocked
        if not codes:
            raise NoCodesLeft
        mark = house.code_mark(key_id, "".join(c for c in code if c.isdigit()))
        try:
            private = keys.unlock(bytes(sealed), bytes(salt), how, passphrase, key_id)
            if mark not in codes:
                raise WrongPassphrase(field="passphrase")
        except WrongPassphrase:
            failures += 1
            cursor.execute(
                "UPDATE vault.private_key SET failures = %s, locked_until = %s WHERE key_id = %s",
                [failures % FAILURES, at + LOCKED if failures >= FAILURES else None, key_id],
            )
            private = None
        else:
            cursor.execute(
                "UPDATE vault.private_key SET codes = array_remove(codes, %s), failures = 0, locked_until = NULL"
                " WHERE key_id = %s",
                [mark, key_id],
            )
    if private is None:
        raise WrongPassphrase(field="passphrase")
    return key_id, private


def give_halves(*, house: keys.House, user_id: int, held: list[Wrap], passphrase: str, code: str, at: dt.datetime,
                ) -> Half:  # fmt: skip
    """A custodian's halves of the records these wraps belong to; the private half is forgotten at once.

    :raises Refused: see `unlock`
    :raises Tampered: a wrap was changed
    """
    key_ids = {key for wrap in held for key in (wrap.first_id, wrap.second_id)}
    key_id, private = unlock(
        house=house, user_id=user_id, key_ids=key_ids, passphrase=passphrase, code=code, at=at
    )
    return halves_of(key_id, private, held)


def codes_left(user_id: int, region_id: int) -> int | None:
    """How many one-time codes the person's key still has; None without a key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cardinality(p.codes) FROM vault.private_key p JOIN vault.public_key k ON k.id = p.key_id"
            " WHERE k.user_id = %s AND k.region_id = %s AND k.retired_at IS NULL",
            [user_id, region_id],
        )
        row = cursor.fetchone()
    return row[0] if row else None
