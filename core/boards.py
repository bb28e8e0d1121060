"""What rooms put on the steering pages (统筹看板, 风险): figures as plain values; `core.registry.boards` holds the offers.

A room counts what its own doors let the reader see, and gives every figure the address of the list it counts.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.tally import Countable

FEW = 5  # fewer than so many reports or rewards could say who reported (FACTS §2.2)


@dataclass(frozen=True)
class Asked:
    """What a steering page is narrowed to.

    since … until: local days, both included. now: the instant of the page, today its local day. department, region: ids,
    or None for all. departments: id → name of those the reader may choose among; period: how the days were chosen, as the
    address says it. sort: by what a table is sorted, where it can be.
    """

    since: dt.date
    until: dt.date
    today: dt.date
    now: dt.datetime
    department: int | None = None
    region: int | None = None
    departments: Mapping[int, str] = field(default_factory=dict)
    period: tuple[tuple[str, str], ...] = ()
    sort: str = ""

    def narrowed(self, **more: Any) -> str:
        """The query string of a room's own list under the same department and region."""
        given = {"department": self.department, "region": self.region, **more}
        return urlencode({name: value for name, value in given.items() if value not in (None, "")})

    def same(self, **more: Any) -> str:
        """The query string of a steering page with everything as it is."""
        return self.narrowed(**dict(self.period), sort=self.sort, **more)

    def behind(self, code: str, what: str, of: int | None = None) -> str:
        """The address of the things a figure counted (`FigureList`), under the same filters."""
        return f"{reverse('desk:board_list', args=[code])}?{self.same(what=what, of=of)}"

    def months(self, number: int = 12) -> list[dt.date]:
        """The first days of the `number` months that end with the last one asked for."""
        last = self.until.year * 12 + self.until.month - 1
        return [dt.date(each // 12, each % 12 + 1, 1) for each in range(last - number + 1, last + 1)]


@dataclass(frozen=True)
class Cell:
    """One figure: an int, a Decimal, words, or None (nothing to say).

    wants: what is to be counted (core.tally, one statement for a whole page); `say(*numbers)` makes of the numbers what is
    shown, the first number where it is left out. url: the list of what was counted; none where the figure is 0.
    """

    value: Any = None
    url: str = ""
    wants: tuple[Countable, ...] = ()
    say: Callable[..., Any] | None = None
    lamp: str = ""


@dataclass(frozen=True)
class Column:
    """A column of figures. unit: count | money | percent | days | text; drawn: whether the chart shows it."""

    label: Any
    unit: str = "count"
    drawn: bool = True


@dataclass(frozen=True)
class Row:
    """A line of a table: its name, perhaps with the page of what it names, and a cell for each column."""

    label: Any
    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A table and the chart of it. chart: bar | hbar | line | pie | funnel, or nothing; head: what the lines are.

    note: the sentence that says what is counted. wide: takes the whole width.
    """

    code: str
    title: Any
    head: Any
    columns: tuple[Column, ...]
    rows: list[Row]
    chart: str = ""
    note: Any = ""
    wide: bool = False

    @property
    def data_id(self) -> str:
        """Where the page keeps what the chart draws."""
        return f"d-{self.code}"


@dataclass(frozen=True)
class Tile:
    """A figure at the head of the page, with a line that says of what."""

    order: int
    label: Any
    cell: Cell
    unit: str = "count"
    note: Any = ""


@dataclass(frozen=True)
class Figure:
    """A room's part of a steering page. page: dashboard | risk; `load(user, asked)` gives its tiles and blocks in order."""

    page: str
    code: str
    order: int
    load: Callable[[Any, Asked], Iterable[Block | Tile]]


@dataclass(frozen=True)
class FigureList:
    """The things behind figures whose room has no list of its own.

    find(user, asked, what, of) -> (title, queryset in its order), or None where the address means nothing.
    rows(user, things) -> for each thing its cells: (text, address or "").
    """

    code: str
    columns: tuple[Any, ...]
    find: Callable[[Any, Asked, str, int | None], tuple[Any, Any] | None]
    rows: Callable[[Any, list[Any]], list[list[tuple[Any, str]]]]


def months_after(first: dt.date) -> dt.date:
    """The first day of the month after this one."""
    return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_words(first: dt.date) -> str:
    """`2026-11`, as the lists of months say it."""
    return f"{first:%Y-%m}"
