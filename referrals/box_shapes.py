"""One line of the lists of letters, where the reader stands in them, and a table they are laid together from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class BoxRow:
    """One line of the list. `pick` is the id of a letter that may be dealt with in bulk, else None."""

    thing: Any
    at: dt.datetime
    rank: int
    subject: str
    kind: Any
    number: str
    other: Any
    state: Any
    handler: Any
    lamp: Any = None
    pick: int | None = None
    page: str = ""  # where it is read, if not on a page of its own

    @property
    def url(self) -> str:
        return self.page or self.thing.get_absolute_url()

    @property
    def place(self) -> str:
        """Where the next page begins, as it stands in the address."""
        return f"{self.at.isoformat()}~{self.rank}~{self.thing.pk}"


@dataclass(frozen=True)
class Place:
    """The row the last page ended with: later ones are not shown again."""

    at: dt.datetime
    rank: int
    pk: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What stands in the address; None where it cannot be read."""
        try:
            at, rank, pk = text.split("~")
            moment = dt.datetime.fromisoformat(at)
            # an offset the database would not take ends here
            found = cls(moment.astimezone(dt.UTC), int(rank), int(pk))
        except (ValueError, OverflowError):
            return None
        return found if moment.tzinfo is not None and 0 < found.pk < 2**63 else None

    def after(self, field: str, rank: int) -> Q:
        """Rows of the table of this rank that come after it."""
        same = Q(**{field: self.at})
        if rank == self.rank:
            same &= Q(pk__lt=self.pk)
        elif rank > self.rank:
            same = Q(pk=None)
        return Q(**{f"{field}__lt": self.at}) | same


@dataclass(frozen=True)
class Source:
    """A table of the list. Of rows of the same instant the higher rank comes first."""

    rank: int
    field: str
    found: QuerySet[Any]
    row: Callable[[Any], BoxRow]
