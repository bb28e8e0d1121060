"""Halves custodians gave for one purpose. They live in this process's memory only, and no longer than needed."""

import datetime as dt
from dataclasses import dataclass, field

from rewards.opener.records import Half


@dataclass(repr=False)
class Ceremony:
    """What was given for one purpose, by whom, and until when it is kept."""

    until: dt.datetime
    given: dict[int, Half] = field(default_factory=dict)  # user id → halves

    def halves(self) -> Half:
        return {place: half for halves in self.given.values() for place, half in halves.items()}


class Ceremonies:
    """The ceremonies under way, by purpose (such as "opening:12")."""

    def __init__(self) -> None:
        self._held: dict[str, Ceremony] = {}

    def give(self, purpose: str, user_id: int, halves: Half, *, until: dt.datetime) -> None:
        self._held.setdefault(purpose, Ceremony(until)).given[user_id] = halves

    def has(self, purpose: str, user_id: int | None) -> bool:
        return purpose in self._held and user_id in self._held[purpose].given

    def holds(self, prefix: str, user_id: int) -> bool:
        """Whether the person's halves are held for any purpose that begins so."""
        return any(user_id in one.given for purpose, one in self._held.items() if purpose.startswith(prefix))

    def givers(self, purpose: str) -> set[int]:
        """Who gave halves for it."""
        return set(self._held[purpose].given) if purpose in self._held else set()

    def halves(self, purpose: str) -> Half:
        """All halves given for it; none where the process was started anew meanwhile."""
        return self._held[purpose].halves() if purpose in self._held else {}

    def forget(self, purpose: str) -> None:
        self._held.pop(purpose, None)

    def forget_old(self, at: dt.datetime) -> None:
        for purpose in [purpose for purpose, one in self._held.items() if one.until <= at]:
            self.forget(purpose)

    def __len__(self) -> int:
        return len(self._held)
