"""双随机: how a draw comes out, from its record alone. Described for outsiders in docs/draw.md, which a test keeps true.

Nothing but the standard library and exact integers: no `random`, no floating point, no setting, no database.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 1
ALL = "*"  # an officer recused from every target of the list
_SPAN = 1 << 256  # how many values a block has


def canonical(listed: Mapping[str, Any]) -> str:
    """The one way to write a list: JSON with its keys in order, no blanks, characters as they are."""
    return json.dumps(listed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 (64 hex digits) of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment_of(seed: str, list_digest: str) -> str:
    """What is published before the draw. seed: the 64 hex digits that stay secret until then."""
    return digest_of(f"draw-commitment-{VERSION}|{seed}|{list_digest}")


def key_of(seed: str, list_digest: str, public_number: str) -> bytes:
    """The 32 bytes from which everything drawn follows."""
    return bytes.fromhex(digest_of(f"draw-key-{VERSION}|{seed}|{list_digest}|{public_number}"))


class Stream:
    """Numbers in order: block i of a label is HMAC-SHA-256(key, "label|i") read as a whole number, i from 0."""

    def __init__(self, key: bytes, label: str):
        self.key, self.label, self.used = key, label, 0

    def block(self) -> int:
        text = f"{self.label}|{self.used}"
        self.used += 1
        return int.from_bytes(hmac.new(self.key, text.encode(), hashlib.sha256).digest(), "big")

    def below(self, n: int) -> int:
        """A number from 0 to n - 1, each as likely as the others: a block beyond the last whole round is thrown away."""
        limit = _SPAN - _SPAN % n
        while True:
            block = self.block()
            if block < limit:
                return block % n


def in_turn(stream: Stream, entries: Iterable[tuple[str, int]], count: int) -> list[str]:
    """`count` codes one after the other, by its weight among those left (fewer if all are out)."""
    left = list(entries)
    drawn: list[str] = []
    while left and len(drawn) < count:
        rest = stream.below(sum(weight for _code, weight in left))
        place = 0
        while rest >= left[place][1]:
            rest -= left[place][1]
            place += 1
        drawn.append(left.pop(place)[0])
    return drawn


@dataclass(frozen=True)
class Team:
    """Who goes to a target for a department, in the order drawn; those behind are next when one of them cannot."""

    target: str
    department: str
    officers: tuple[str, ...]
    reserve: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was drawn: target codes in their order, and a team for each of them and each department."""

    targets: tuple[str, ...]
    teams: tuple[Team, ...]


def may_go(officer: Mapping[str, Any], target: str) -> bool:
    """Whether the record holds no recusal of this officer from this target."""
    return all(each["target"] not in (ALL, target) for each in officer["recused"])


def eligible(listed: Mapping[str, Any], target: str, department: str) -> list[str]:
    """The officers of a department who may be drawn for a target, in the order of the list."""
    return [
        each["code"]
        for each in listed["officers"]
        if each["department"] == department and may_go(each, target)
    ]


def run(listed: Mapping[str, Any], key: bytes) -> Outcome:
    """Draw targets and officers of a frozen list (its shape: `draw_record.freeze`)."""
    weighed = [(each["code"], each["weight"]) for each in listed["targets"]]
    targets = in_turn(Stream(key, "targets"), weighed, listed["targets_wanted"])
    wanted, reserve = listed["officers_wanted"], listed["officers_reserve"]
    teams = []
    for target in targets:
        for department in (each["name"] for each in listed["departments"]):
            stream = Stream(key, f"officers|{target}|{department}")
            found = in_turn(
                stream, [(code, 1) for code in eligible(listed, target, department)], wanted + reserve
            )
            teams.append(Team(target, department, tuple(found[:wanted]), tuple(found[wanted:])))
    return Outcome(tuple(targets), tuple(teams))
