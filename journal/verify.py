"""Proving the record: every seal recomputed, every guard in its place, every anchor found again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from journal.sealer import BEGINNING, SELECTED, canonical, digest_of

FETCH = 2000


@dataclass
class Proof:
    """What a verification found. `broken`: sentences, the first broken row first; empty when all is well."""

    seals: int = 0
    newest: str = BEGINNING
    unsealed: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.broken


_CHAIN = f"""
SELECT s.id, s.event_id, s.previous, s.digest, (extract(epoch FROM s.sealed_at) * 1000000)::bigint, {SELECTED}
FROM audit.seal s LEFT JOIN audit.event e ON e.id = s.event_id
WHERE s.id > %s ORDER BY s.id LIMIT %s
"""

# finished before the last horizon of this cluster, yet not sealed: put in behind the chain's back
_BEHIND = """
SELECT e.id FROM audit.event e
WHERE NOT EXISTS (SELECT FROM audit.seal s WHERE s.event_id = e.id)
  AND EXISTS (SELECT FROM audit.seal last
              WHERE last.id = (SELECT max(id) FROM audit.seal)
                AND last.cluster = audit.cluster()
                AND (e.cluster <> last.cluster OR e.xid < last.horizon))
ORDER BY e.id LIMIT 1
"""

_GUARDS = """
SELECT c.relname, t.tgenabled::text, pg_get_userbyid(c.relowner),
       (t.tgtype & 8) > 0 AND (t.tgtype & 16) > 0 AND (t.tgtype & 32) > 0
FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = c.relname || '_stays'
WHERE c.relnamespace = 'audit'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""


def _links(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """Every seal with its event, in order, without holding them all."""
    last = 0
    while True:
        cursor.execute(_CHAIN, [last, FETCH])
        rows = cursor.fetchall()
        yield from rows
        if len(rows) < FETCH:
            return
        last = rows[-1][0]


def _break_in(link: tuple[Any, ...], number: int, previous: str) -> str | None:
    """What is wrong with one link of the chain, or None."""
    seal_id, event_id, said_previous, digest, sealed_at, *event = link
    if seal_id != number:
        return _("Seal %(seal)d is missing.") % {"seal": number}
    if event[0] is None:
        return _("Event %(event)d, sealed as %(seal)d, is missing.") % {"event": event_id, "seal": seal_id}
    if said_previous != previous:
        return _("Seal %(seal)d does not follow the one before it.") % {"seal": seal_id}
    if digest_of(seal_id, previous, sealed_at, canonical(tuple(event))) != digest:
        return _("Event %(event)d is not what seal %(seal)d saw: it or the seal was changed.") % {
            "event": event_id,
            "seal": seal_id,
        }
    return None


@transaction.atomic
def verify(anchors: Iterable[dict[str, Any]] = ()) -> Proof:
    """Recompute the chain from its beginning, on one snapshot. Stops at the first broken link.

    anchors: {"seal": number, "digest": hex} kept outside the database; a chain cut or rewritten behind
    one of them is found by it.
    """
    proof = Proof()
    wanted = {int(anchor["seal"]): str(anchor["digest"]) for anchor in anchors}
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:  # the transaction is ours and still empty
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for link in _links(cursor):
            broken = _break_in(link, proof.seals + 1, proof.newest)
            if broken is None and wanted.get(link[0], link[3]) != link[3]:
                broken = _("Seal %(seal)d differs from the anchor kept outside.") % {"seal": link[0]}
            if broken:
                proof.broken.append(broken)
                break
            proof.seals, proof.newest = link[0], link[3]
            wanted.pop(link[0], None)
        else:
            if wanted:
                proof.broken.append(
                    _("The chain ends at seal %(last)d, an anchor knows seal %(seal)d: its end was cut off.")
                    % {"last": proof.seals, "seal": min(wanted)}
                )
        cursor.execute(_BEHIND)
        if behind := cursor.fetchone():
            proof.broken.append(
                _("Event %(event)d was put in behind the chain's back.") % {"event": behind[0]}
            )
        proof.broken += _open_guards(cursor)
        cursor.execute(
            "SELECT count(*) FROM audit.event e WHERE NOT EXISTS (SELECT FROM audit.seal s WHERE s.event_id = e.id)"
        )
        proof.unsealed = cursor.fetchone()[0]
    return proof


def _open_guards(cursor: Any) -> list[str]:
    """Triggers that are missing or switched off, rights that nobody should have."""
    broken = []
    cursor.execute(_GUARDS)
    for table, enabled, _owner, whole in cursor.fetchall():
        if enabled != "A" or not whole:
            broken.append(_("The trigger that keeps audit.%(table)s is missing or off.") % {"table": table})
    for role in ("app", "clerk", "opener", "backup"):
        name = settings.DATABASE_ROLES[role]
        for table in ("event", "seal"):
            cursor.execute(
                "SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE, TRIGGER') "
                "OR has_any_column_privilege(%s, %s, 'UPDATE')",
                [name, f"audit.{table}", name, f"audit.{table}"],
            )
            if cursor.fetchone()[0]:
                broken.append(
                    _("The role %(role)s may change audit.%(table)s.") % {"role": name, "table": table}
                )
        cursor.execute("SELECT has_table_privilege(%s, 'audit.seal', 'INSERT')", [name])
        if cursor.fetchone()[0] != (role == "clerk"):
            broken.append(_("The right to write seals is not the clerk's alone: %(role)s.") % {"role": name})
    return broken


def read_anchors(path: Path) -> list[dict[str, Any]]:
    """The anchors of a file, one JSON object a line; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def newest_seal() -> dict[str, Any] | None:
    """The end of the chain as an anchor, or None before the first seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest, sealed_at FROM audit.seal ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return {"seal": row[0], "digest": row[1], "sealed_at": row[2].isoformat()} if row else None
