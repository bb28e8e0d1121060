"""The sealer: chains finished events by hash, after the fact, as a database role of its own.

Neither ids nor times tell when a transaction commits, so a chain in order of ids would miss a row whose
transaction was slow. Each event carries its transaction's number; an event is sealed once every transaction
up to its own has ended (`pg_snapshot_xmin`), and each seal remembers that horizon: the next pass begins
there and nothing can appear behind it. Transaction numbers start anew in another database cluster (a restore),
so events and seals also carry the cluster's identity; the first pass in a new cluster seals whatever is left.
The chain runs in the order of the seals.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import connection, transaction

BEGINNING = "0" * 64
BATCH = 2000
LOCK = 727_001  # advisory lock: one sealer at a time

# the columns a digest covers, in this order
COLUMNS = (
    "id",
    "at",
    "verb",
    "actor_id",
    "post_id",
    "department_id",
    "region_id",
    "case_id",
    "target_kind",
    "target_id",
    "params",
    "recorded_at",
    "xid",
    "cluster",
)
# text forms that do not depend on the session: instants as microseconds since 1970
SELECTED = """e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.verb, e.actor_id, e.post_id,
    e.department_id, e.region_id, e.case_id, e.target_kind, e.target_id, e.params::text,
    (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.xid::text, e.cluster"""

_UNSEALED = "NOT EXISTS (SELECT FROM audit.seal s WHERE s.event_id = e.id) ORDER BY e.id LIMIT %(batch)s"
_SINCE = f"""SELECT {SELECTED} FROM audit.event e
    WHERE e.cluster = %(cluster)s AND e.xid >= %(since)s::xid8 AND e.xid < %(until)s::xid8 AND {_UNSEALED}"""
# the first pass in a cluster: whatever a restore brought, and this cluster's finished events
_WHOLE = f"""SELECT {SELECTED} FROM audit.event e
    WHERE (e.cluster <> %(cluster)s OR e.xid < %(until)s::xid8) AND {_UNSEALED}"""


def canonical(row: tuple[Any, ...]) -> str:
    """One event as text that is the same wherever and whenever it is read: JSON with sorted keys."""
    event = dict(zip(COLUMNS, row, strict=True))
    event["params"] = json.loads(event["params"])
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(number: int, previous: str, sealed_at: int, event: str) -> str:
    """SHA-256 (hex) over a seal's number, the digest before it, when it was sealed (µs) and the event."""
    return hashlib.sha256(f"{number}\n{previous}\n{sealed_at}\n{event}".encode()).hexdigest()


def micros(at: dt.datetime) -> int:
    """An instant as microseconds since 1970."""
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def may_seal() -> bool:
    """Whether this process works as the role that may write seals (web and worker may not)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit.seal', 'INSERT')")
        return cursor.fetchone()[0]


def seal(*, at: dt.datetime) -> int:
    """Seal every finished event; how many. Does nothing as another role, or while another sealer works."""
    if not may_seal():
        return 0
    total = 0
    while count := _seal_batch(at):
        total += count
        if count < BATCH:
            break
    return total


def _seal_batch(at: dt.datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()), "
            "pg_snapshot_xmin(pg_current_snapshot())::text"
        )
        cluster, until = cursor.fetchone()
        cursor.execute("SELECT id, digest, horizon::text, cluster FROM audit.seal ORDER BY id DESC LIMIT 1")
        number, previous, since, last_cluster = cursor.fetchone() or (0, BEGINNING, None, None)
        cursor.execute(
            _SINCE if last_cluster == cluster else _WHOLE,
            {"cluster": cluster, "since": since, "until": until, "batch": BATCH},
        )
        rows = cursor.fetchall()
        # a full batch may have left some behind this horizon: the next pass begins where this one did
        horizon, sealed_in = (until, cluster) if len(rows) < BATCH else (since or "0", last_cluster or 0)
        sealed_at = micros(at)
        seals = []
        for row in rows:
            number += 1
            digest = digest_of(number, previous, sealed_at, canonical(row))
            seals.append((number, row[0], previous, digest, at, horizon, sealed_in))
            previous = digest
        if seals:
            places = ",".join(["(%s,%s,%s,%s,%s,%s::xid8,%s)"] * len(seals))
            cursor.execute(
                "INSERT INTO audit.seal (id, event_id, previous, digest, sealed_at, horizon, cluster) "
                f"VALUES {places}",
                [value for row in seals for value in row],
            )
        return len(seals)
