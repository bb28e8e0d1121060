"""A published record of a draw, worked out again: from its JSON alone, by anyone."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from inspections.draw_algorithm import Outcome, commitment_of, digest_of, key_of, run

SOONEST = dt.timedelta(hours=1)  # between the commitment and the publication of the number


@dataclass(frozen=True)
class Check:
    """One thing that was compared: what, whether it agrees, and both values where it does not."""

    what: str
    agrees: bool
    said: str = ""


def _same(what: str, recorded: Any, found: Any) -> Check:
    if recorded == found:
        return Check(what, True)
    return Check(what, False, _("The record says %(recorded)s, worked out again it is %(found)s.")
                 % {"recorded": recorded, "found": found})  # fmt: skip


def drawn(outcome: Outcome) -> dict[str, Any]:
    """What was drawn as a record writes it."""
    return {
        "targets": list(outcome.targets),
        "teams": [
            {
                "target": team.target, "department": team.department, "officers": list(team.officers),
                "reserve": list(team.reserve),
            }
            for team in outcome.teams
        ],
    }  # fmt: skip


def check(record: Mapping[str, Any]) -> list[Check]:
    """Everything that can be worked out again of a record (its shape: `draw_record.published`).

    A draw that was never made has its list and, once given up, its seed compared. A record that is no record at all
    is one check that does not agree.
    """
    try:
        return _checked(record)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        return [
            Check(_("The record has the shape of a record"), False, f"{type(fault).__name__}: {fault}"[:200])
        ]


def _checked(record: Mapping[str, Any]) -> list[Check]:
    text = record["list"]
    listed = json.loads(text)
    found = [
        _same(_("The list is the one the digest was made of"), record["list_digest"], digest_of(text)),
        _same(_("The list was made for this draw"), *_headings(record, listed)),
        *_too_soon(record),
    ]
    if not record["seed"]:
        return found
    found.append(
        _same(
            _("The seed is the one that was committed to"),
            record["commitment"],
            commitment_of(record["seed"], record["list_digest"]),
        )
    )
    if record["public_number"]:
        outcome = run(listed, key_of(record["seed"], record["list_digest"], record["public_number"]))
        again = drawn(outcome)
        found.append(_same(_("The targets are those that come out"), record["targets"], again["targets"]))
        found.append(_same(_("The officers are those that come out"), record["teams"], again["teams"]))
    return found


def _headings(record: Mapping[str, Any], listed: Mapping[str, Any]) -> tuple[Any, Any]:
    """What record and list both say: the number of the draw, which public number, and from when it is known."""
    both = [name for name in ("public_what", "public_from") if name in record]
    said = [record["number"], *(record[name] for name in both)]
    frozen = [listed["draw"], *(listed[name] for name in both)]
    return ", ".join(said), ", ".join(frozen)


def _too_soon(record: Mapping[str, Any]) -> list[Check]:
    """Only where it fails: committed to within an hour of the number, or drawn before it was known."""
    if not record.get("committed_at") or not record.get("public_from"):
        return []
    out = dt.datetime.fromisoformat(record["public_from"])
    late = dt.datetime.fromisoformat(record["committed_at"]) > out - SOONEST
    early = bool(record.get("drawn_at")) and dt.datetime.fromisoformat(record["drawn_at"]) < out
    if not late and not early:
        return []
    what = _("It was committed to an hour before the number was known, and drawn after it")
    said = _("Committed %(committed)s, number %(public)s, drawn %(drawn)s.") % {
        "committed": record["committed_at"], "public": record["public_from"], "drawn": record.get("drawn_at") or "—",
    }  # fmt: skip
    return [Check(what, False, said)]


def same_here(record: Mapping[str, Any], here: Mapping[str, Any], committed: Mapping[str, Any]) -> list[Check]:
    """A record that agrees with itself may have been made up as a whole: what of it is otherwise than in the record kept
    here (`here`, as it would be published now) and in the journal's event of the commitment (`committed`).

    What a record from before the draw did not know yet is no difference.
    """
    found = [
        _same(what, record.get(name), here[name])
        for name, what in (
            ("commitment", _("The commitment is the one kept here")),
            ("list_digest", _("The list is the one kept here")),
            ("public_from", _("The number is known from the instant kept here")),
            ("seed", _("The seed is the one kept here")),
            ("public_number", _("The public number is the one kept here")),
        )
        if record.get(name) or name in ("commitment", "list_digest")
    ]
    said = (committed.get("commitment"), committed.get("digest"))
    journal = (here["commitment"], here["list_digest"])
    return [*found, _same(_("The journal says the same of the commitment"), said, journal)]


def agrees(checks: list[Check]) -> bool:
    return all(each.agrees for each in checks)
