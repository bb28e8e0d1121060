"""Actions of the opener process: who reported before, sealing anew for other custodians, erasure."""

import datetime as dt
import json
import uuid
from types import SimpleNamespace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput
from journal.actions import record
from rewards import vault
from rewards.models import Custodian, Report, Reporter
from rewards.opener import records
from rewards.opener.keys import House
from rewards.opener.records import Half, Wrap
from rewards.refusals_opening import NotThere, Tampered

BATCH = 500


@transaction.atomic
def publish_slip_key(*, house: House, at: dt.datetime) -> None:
    """Let the web know to which key it seals what the opener alone compares."""
    public = house.slip_key().public_key().public_bytes_raw()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.opener_key (id, algorithm, public, made_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            [house.slip_key_id(), vault.WRAP.partition("+")[2], public, at],
        )


@transaction.atomic
def look_through_slips(*, house: House) -> int:
    """Compare what new reporters gave with what earlier ones gave; keep keyed digests only. How many slips went.

    A slip that does not open (made for another installation's key, or changed) goes as well: nothing is known then.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.reporter_id, s.content FROM vault.slip s ORDER BY s.reporter_id LIMIT %s", [BATCH]
        )
        slips = cursor.fetchall()
        for slip_id, reporter_id, content in slips:
            marks = _marks(house, reporter_id, bytes(content))
            if marks:
                _compare(cursor, reporter_id, marks)
            cursor.execute("DELETE FROM vault.slip WHERE id = %s", [slip_id])
    return len(slips)


def _marks(house: House, reporter_id: int, content: bytes) -> list[str]:
    try:
        text = vault.SUITE.decrypt(content, house.slip_key(), f"house.slip|{reporter_id}".encode())
    except InvalidTag:
        return []
    region_id = Report.objects.filter(reporters=reporter_id).values_list("region_id", flat=True).get()
    return [house.mark(region_id, what) for what in json.loads(text).values()]


def _compare(cursor: Any, reporter_id: int, marks: list[str]) -> None:
    cursor.execute(
        "SELECT count(DISTINCT r.report_id) FROM vault.known k JOIN rewards_reporter r ON r.id = k.reporter_id"
        " WHERE k.mark = ANY(%s) AND r.report_id <> (SELECT report_id FROM rewards_reporter WHERE id = %s)",
        [marks, reporter_id],
    )
    earlier = cursor.fetchone()[0]
    cursor.executemany(
        "INSERT INTO vault.known (mark, reporter_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        [(mark, reporter_id) for mark in marks],
    )
    cursor.execute(
        "INSERT INTO vault.sighting (reporter_id, earlier) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        [reporter_id, earlier],
    )


@transaction.atomic
def rewrap(*, region_id: int, privates: dict[uuid.UUID, X25519PrivateKey], at: dt.datetime) -> int:
    """Give every record of the region to the custodians now in force (a new key epoch); earlier pairs lose it.

    privates: two custodians' keys, earlier ones too (`opener_keys.unlock_every`), or the two recovery keys, unlocked
    at the opener's own console. Records they cannot open stay as they are; the caller is told how many were given on.

    :raises NoCustodians: fewer than two custodians have keys
    :raises Tampered: a record was changed
    """
    wanted = _in_force(region_id)
    pairs = vault.pairs_of(wanted)
    epoch = max(key.epoch for key in wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM vault.envelope e JOIN rewards_reporter r ON r.id = e.reporter_id"
            " JOIN rewards_report p ON p.id = r.report_id WHERE p.region_id = %s ORDER BY e.id",
            [region_id],
        )
        ids = [row[0] for row in cursor.fetchall()]
        done = 0
        for envelope_id in ids:
            held = records.wraps([envelope_id])
            halves = _halves(privates, held)
            if not any((envelope_id, other, own) in halves for _of, own, other in halves):
                continue
            secret = records.secret_of(envelope_id, halves)
            _check_opens(cursor, envelope_id, secret)
            cursor.execute("DELETE FROM vault.wrap WHERE envelope_id = %s", [envelope_id])
            cursor.executemany(
                "INSERT INTO vault.wrap (envelope_id, first_id, second_id, algorithm, first, second)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                vault.wraps_of(envelope_id, secret, pairs),
            )
            cursor.execute("UPDATE vault.envelope SET epoch = %s WHERE id = %s", [epoch, envelope_id])
            done += 1
    record("custodian.rewrapped", target=None, by=None, at=at, case=SimpleNamespace(pk=None, owner_id=None,
           region_id=region_id), count=done)  # fmt: skip
    return done


def sealed_in(region_id: int) -> int:
    """How many sealed records a region has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM vault.envelope e JOIN rewards_reporter r ON r.id = e.reporter_id"
            " JOIN rewards_report p ON p.id = r.report_id WHERE p.region_id = %s",
            [region_id],
        )
        return cursor.fetchone()[0]


def _halves(privates: dict[uuid.UUID, X25519PrivateKey], held: list[Wrap]) -> Half:
    found: Half = {}
    for key_id, private in privates.items():
        found |= records.halves_of(key_id, private, held)
    return found


def _in_force(region_id: int) -> list[vault.PublicKey]:
    named = list(Custodian.objects.keeping().filter(region_id=region_id).values_list("user_id", flat=True))
    return vault.keys_of(region_id, named)


def _check_opens(cursor: Any, envelope_id: uuid.UUID, secret: bytes) -> None:
    """:raises Tampered: the record does not open, so that giving it on would bury it"""
    cursor.execute("SELECT reporter_id, fields, content FROM vault.envelope WHERE id = %s", [envelope_id])
    reporter_id, fields, content = cursor.fetchone()
    records.opened(records.Envelope(envelope_id, reporter_id, fields, bytes(content)), secret)


@transaction.atomic
def erase(*, report_number: str, region_id: int, reason: str, at: dt.datetime) -> int:
    """Destroy what is sealed of a report's reporters, and every trace by which they would be known again.

    The report itself stays. How many records went.

    :raises NotThere: no such report in the region, or nothing sealed
    :raises BadInput: no reason
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    found = Reporter.objects.filter(report__number=report_number, report__region_id=region_id)
    pairs = list(found.order_by("pk").values_list("pk", "report_id"))  # only columns this role may read
    reporters = [reporter for reporter, _report in pairs]
    with connection.cursor() as cursor:
        for table in ("slip", "known", "sighting"):
            cursor.execute(f"DELETE FROM vault.{table} WHERE reporter_id = ANY(%s)", [reporters])  # noqa: S608
        cursor.execute("DELETE FROM vault.envelope WHERE reporter_id = ANY(%s)", [reporters])
        gone = cursor.rowcount
    if not gone:
        raise NotThere
    record("report.erased", target=("report", pairs[0][1]), by=None, at=at, number=report_number, reason=reason.strip(),
           count=gone, case=SimpleNamespace(pk=None, owner_id=None, region_id=region_id))  # fmt: skip
    return gone


def recovery_key(printed: str) -> tuple[uuid.UUID, X25519PrivateKey]:
    """A recovery key as it was printed.

    :raises Tampered: this is not one
    """
    try:
        key_id, _, private = printed.strip().partition(":")
        return uuid.UUID(key_id), X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    except ValueError:
        raise Tampered from None
