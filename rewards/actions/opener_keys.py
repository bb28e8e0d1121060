"""Actions of the opener process: keys are made, unlocked, retired. They run as the database role `opener`."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction

from journal.actions import record
from rewards import vault
from rewards.models import Custodian
from rewards.opener import keys, records
from rewards.opener.keys import Codes, Purpose
from rewards.opener.records import Half
from rewards.refusals_opening import KeyLocked, NoCodesLeft, NotCustodian, WrongPassphrase

FAILURES = 5
LOCKED = dt.timedelta(hours=1)
LISTS = {Purpose.OPENING: "codes", Purpose.BANK_FILE: "file_codes"}  # columns of vault.private_key


def somebody(
    user_id: int, *, region_id: int, department_id: int | None = None, post_id: int | None = None
) -> Any:
    """Who acts, as the record wants to know it: the opener may not read the table of people."""
    department = SimpleNamespace(region_id=region_id)
    return SimpleNamespace(
        pk=user_id, post=SimpleNamespace(pk=post_id, department_id=department_id, department=department)
    )


def custodian_in_force(user_id: int, region_id: int) -> Custodian:
    """:raises NotCustodian: nobody named this person, or they hold a post by now that no custodian holds"""
    found = Custodian.objects.keeping().filter(user_id=user_id, region_id=region_id).first()
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
def enrol(*, house: keys.House, user_id: int, region_id: int, passphrase: str, at: dt.datetime) -> Codes:
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
            "INSERT INTO vault.private_key (key_id, algorithm, salt, sealed, codes, file_codes)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [
                key_id,
                keys.algorithm(),
                salt,
                sealed,
                [house.code_mark(key_id, Purpose.OPENING, code) for code in codes.openings],
                [house.code_mark(key_id, Purpose.BANK_FILE, code) for code in codes.bank_files],
            ],
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
           purpose: Purpose = Purpose.OPENING) -> tuple[uuid.UUID, X25519PrivateKey]:  # fmt: skip
    """The private half of the person's newest key among `key_ids`. A code is used up; a failure is counted.

    Both are committed at once, whatever becomes of what follows: call it outside a transaction.

    :raises NotCustodian: none of these keys is theirs
    :raises KeyLocked: five failures within the hour
    :raises NoCodesLeft, WrongPassphrase: as said
    """
    column = LISTS[purpose]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.key_id, p.algorithm, p.salt, p.sealed, p.{column}, p.failures, p.locked_until"
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
        mark = house.code_mark(key_id, purpose, "".join(c for c in code if c.isdigit()))
        try:
            private = keys.unlock(bytes(sealed), bytes(salt), how, passphrase, key_id)
            if mark not in codes:
                raise WrongPassphrase(field="passphrase")
        except WrongPassphrase:
            _count_failure(cursor, key_id, failures + 1, at)
            private = None
        else:
            cursor.execute(
                f"UPDATE vault.private_key SET {column} = array_remove({column}, %s), failures = 0, locked_until = NULL"
                " WHERE key_id = %s",
                [mark, key_id],
            )
    if private is None:
        raise WrongPassphrase(field="passphrase")
    return key_id, private


def unlock_every(
    *,
    house: keys.House,
    user_id: int,
    region_id: int,
    passphrase_of: Callable[[int, dt.datetime], str],
    code: str,
    at: dt.datetime,
) -> dict[uuid.UUID, X25519PrivateKey]:
    """All of a person's keys to which something is still sealed, each by its own passphrase, and one code for all.

    passphrase_of: asked with epoch and time of making of a key; an empty answer leaves that key out. The code may be of
    any of the person's keys: who lost the earlier list makes a new key, and spends a code of the new one. That is why
    this is for the opener's own console and is no command of the socket. Commits like `unlock`.

    :raises NotCustodian: no key of theirs
    :raises KeyLocked, WrongPassphrase: of any of them
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.key_id, k.epoch, k.made_at, p.algorithm, p.salt, p.sealed, p.codes, p.failures, p.locked_until"
            " FROM vault.private_key p JOIN vault.public_key k ON k.id = p.key_id"
            " WHERE k.user_id = %s AND k.region_id = %s AND (k.retired_at IS NULL OR EXISTS"
            " (SELECT FROM vault.wrap w WHERE k.id IN (w.first_id, w.second_id))) ORDER BY k.epoch DESC FOR UPDATE OF p",
            [user_id, region_id],
        )
        rows = cursor.fetchall()
        if not rows:
            raise NotCustodian
        if any(row[8] is not None and row[8] > at for row in rows):
            raise KeyLocked
        digits = "".join(c for c in code if c.isdigit())
        marks = {row[0]: house.code_mark(row[0], Purpose.OPENING, digits) for row in rows}
        paid = [row[0] for row in rows if marks[row[0]] in row[6]]
        privates, wrong = {}, None if paid else rows[0]
        for row in rows:
            passphrase = passphrase_of(row[1], row[2])
            if not passphrase:
                continue
            try:
                privates[row[0]] = keys.unlock(bytes(row[5]), bytes(row[4]), row[3], passphrase, row[0])
            except WrongPassphrase:
                wrong = row
        if wrong is None:
            cursor.execute(
                "UPDATE vault.private_key SET codes = array_remove(codes, %s) WHERE key_id = %s",
                [marks[paid[0]], paid[0]],
            )
            cursor.execute(
                "UPDATE vault.private_key SET failures = 0, locked_until = NULL WHERE key_id = ANY(%s)",
                [list(privates)],
            )
        else:
            _count_failure(cursor, wrong[0], wrong[7] + 1, at)
    if wrong is not None:
        raise WrongPassphrase(field="passphrase")
    return privates


def _count_failure(cursor: Any, key_id: uuid.UUID, failures: int, at: dt.datetime) -> None:
    cursor.execute(
        "UPDATE vault.private_key SET failures = %s, locked_until = %s WHERE key_id = %s",
        [failures % FAILURES, at + LOCKED if failures >= FAILURES else None, key_id],
    )


@dataclass(frozen=True, repr=False)
class Given:
    """What a custodian's key opened its half of, and the reporters of whom it opened nothing."""

    halves: Half
    missing: set[int]  # nothing of this kind is sealed for them
    closed: set[int]  # what is sealed is not sealed to this key


def give_halves(*, house: keys.House, user_id: int, region_id: int, reporters: Iterable[int], fields: str,
                passphrase: str, code: str, at: dt.datetime, purpose: Purpose = Purpose.OPENING) -> Given:  # fmt: skip
    """A custodian's halves of what is sealed of these reporters; the private half is forgotten at once.

    The key is the person's newest to which all of it is sealed, or else their newest. It is tried before anything is
    said of what there is: without passphrase and code nobody learns whether a reporter has given an account.

    :raises Refused: see `unlock`
    :raises Tampered: a wrap was changed
    """
    wanted = set(reporters)
    found = records.find(wanted, fields)
    held = records.wraps(one.id for one in found)
    sealed_to: dict[uuid.UUID, set[uuid.UUID]] = {}  # key → envelopes
    for wrap in held:
        for key in (wrap.first_id, wrap.second_id):
            sealed_to.setdefault(key, set()).add(wrap.envelope_id)
    own = records.keys_of(user_id, region_id)
    best = [key for key in own if found and len(sealed_to.get(key, ())) == len(found)]
    key_id, private = unlock(
        house=house,
        user_id=user_id,
        key_ids=best or own,
        passphrase=passphrase,
        code=code,
        at=at,
        purpose=purpose,
    )
    opened = sealed_to.get(key_id, set())
    return Given(
        halves=records.halves_of(key_id, private, held),
        missing=wanted - {one.reporter_id for one in found},
        closed={one.reporter_id for one in found if one.id not in opened},
    )


def codes_of_region(region_id: int) -> dict[int, tuple[int, int]]:
    """How many one-time codes every custodian's key still has, for openings and for bank files, by user."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.user_id, cardinality(p.codes), cardinality(p.file_codes)"
            " FROM vault.private_key p JOIN vault.public_key k ON k.id = p.key_id"
            " WHERE k.user_id IS NOT NULL AND k.region_id = %s AND k.retired_at IS NULL",
            [region_id],
        )
        return {user_id: (left, file_left) for user_id, left, file_left in cursor.fetchall()}


def codes_left(user_id: int, region_id: int) -> tuple[int, int] | None:
    """The same of one person's key; None without a key."""
    return codes_of_region(region_id).get(user_id)
