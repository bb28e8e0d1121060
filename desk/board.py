"""A steering page put together: what the rooms offer (`core.registry.boards`), counted in one statement, said in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import registry
from core.boards import Asked, Block, Cell, Tile
from core.tally import tally
from core.wording import NOTHING

# what one chart shows, the table has them all: bars; groups of bars where each has more than so many
CHARTED, GROUPS, SERIES = 15, 8, 4


@dataclass(frozen=True)
class Said:
    """A figure as the page shows it: its words, the address of its list, and the number itself for the chart."""

    text: Any
    url: str
    number: Any
    lamp: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class ShownTile:
    label: Any
    said: Said
    note: Any
    unit: str


@dataclass(frozen=True)
class ShownBlock:
    """A block with its rows in words, and `data` for its chart (empty where there is none or nothing to draw)."""

    block: Block
    rows: list[tuple[Any, str, list[Said]]]
    data: dict[str, Any]


def written(value: Any, unit: str) -> str:
    """A figure in words: thousands commas, yuan with two places, “—” for nothing."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if unit == "money" else f"{value:,}"
    return str(value)


def gather(page: str, user: Any, asked: Asked) -> tuple[list[ShownTile], list[ShownBlock]]:
    """What every room says on a page, in order; everything that is only to be counted costs one statement together."""
    offers = sorted((each for each in registry.boards if each.page == page), key=lambda each: each.order)
    found = [thing for offer in offers for thing in offer.load(user, asked)]
    cells = list(_cells(found))
    wants = [want for cell in cells for want in cell.wants]
    numbers = iter(tally(wants))
    counted = {id(cell): [next(numbers) for _want in cell.wants] for cell in cells}

    def say(cell: Cell, unit: str) -> Said:
        value, url = cell.value, cell.url
        if cell.wants:
            got = counted[id(cell)]
            value = cell.say(*got) if cell.say else got[0]
            url = url if any(got) else ""
        numeric = isinstance(value, int | Decimal) or value is None
        return Said(written(value, unit), url, value, cell.lamp, numeric)

    tiles = sorted((each for each in found if isinstance(each, Tile)), key=lambda each: each.order)
    blocks = [each for each in found if isinstance(each, Block)]
    return (
        [ShownTile(each.label, say(each.cell, each.unit), each.note, each.unit) for each in tiles],
        [_shown(each, say) for each in blocks],
    )


def _cells(found: Iterable[Block | Tile]) -> Iterator[Cell]:
    for thing in found:
        if isinstance(thing, Tile):
            yield thing.cell
        else:
            for row in thing.rows:
                yield from row.cells


def _shown(block: Block, say: Any) -> ShownBlock:
    rows = [
        (row.label, row.url, [say(cell, column.unit) for cell, column in zip(row.cells, block.columns, strict=True)])
        for row in block.rows
    ]
    return ShownBlock(block, rows, _data(block, rows))


def _data(block: Block, rows: list[tuple[Any, str, list[Said]]]) -> dict[str, Any]:
    """What the chart draws; numbers travel as text, so that no yuan becomes a float on the way."""
    drawn = [n for n, column in enumerate(block.columns) if column.drawn]
    most = rows[:CHARTED] if block.chart == "hbar" else rows[:GROUPS] if len(drawn) > SERIES else rows
    if block.chart == "funnel":
        most = [row for row in rows if row[2][drawn[0]].number] if drawn else []
    if not block.chart or not any(row[2][n].number for row in most for n in drawn):
        return {}
    return {
        "kind": block.chart,
        "labels": [str(label) for label, _url, _cells in most],
        "series": [
            {
                "name": str(block.columns[n].label),
                "values": [str(row[2][n].number if row[2][n].number is not None else "") for row in most],
                "texts": [row[2][n].text for row in most],
                "urls": [row[2][n].url for row in most],
            }
            for n in drawn
        ],
    }
