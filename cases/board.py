"""What cases put on the dashboard: stages, sources, categories, kinds of subject, flow, and the money of the ledger."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.board_counts import Counts, counts, last_day
from cases.enums import CaseStatus, MoneyKind, Source, SubjectKind
from core.boards import Asked, Block, Cell, Column, Row, Tile, month_words
from core.seeded import seeded

NOTHING = (0, Decimal(0))
FUNNEL = (MoneyKind.SUSPECTED, MoneyKind.VERIFIED, MoneyKind.RECOVERED, MoneyKind.FINED)
BESIDE = (
    MoneyKind.FINE_PAID, MoneyKind.REFUSED_PAYMENT, MoneyKind.DEDUCTED, MoneyKind.LIQUIDATED, MoneyKind.REFUNDED,
)  # fmt: skip


def listed(asked: Asked, **more: Any) -> str:
    """The registry under the department and region asked for, and these filters."""
    return f"{reverse('cases:list')}?{asked.narrowed(**more)}"


def came(asked: Asked, **more: Any) -> str:
    """The registry of what was registered in the period."""
    return listed(asked, opened_from=asked.since, opened_to=asked.until, ending="single", **more)


def _cell(number: int | Decimal, url: str, *, opens: bool | None = None) -> Cell:
    return Cell(number, url if (number if opens is None else opens) else "")


def figures(user: Any, asked: Asked) -> Iterator[Block | Tile]:
    """One statement."""
    found = counts(user, asked)
    yield from _tiles(found, asked)
    yield _flow(found, asked)
    yield _money(found, asked)
    yield _trend(found, asked)
    note = _("Cases registered in the period.")
    for code, title, head, words, chart in (
        ("stage", _("Cases by stage"), _("Stage"), CaseStatus, "bar"),
        ("source", _("Cases by source"), _("Source"), Source, "hbar"),
        ("kind", _("Cases by kind of subject"), _("Kind of subject"), SubjectKind, "hbar"),
    ):
        name = {"stage": "status", "kind": "subject_kind"}.get(code, code)
        rows = [
            Row(str(label), (_cell(found[code].get(value, NOTHING)[0], came(asked, **{name: value})),))
            for value, label in words.choices
        ]
        said = _("A case about several kinds counts for each.") if code == "kind" else ""
        yield Block(code, title, head, (Column(_("Cases")),), rows, chart, f"{note} {said}".strip())
    yield _categories(found, asked, note)


def _tiles(found: Counts, asked: Asked) -> Iterator[Tile]:
    def number(key: str) -> int:
        return found["all"].get(key, NOTHING)[0]

    yield Tile(10, _("Registered"), _cell(number("came"), came(asked)), note=_("in the period"))
    closed = listed(asked, closed_from=asked.since, closed_to=asked.until, ending="single")
    yield Tile(11, pgettext("figure", "Closed"), _cell(number("closed"), closed), note=_("in the period"))
    yield Tile(12, _("Not closed"), _cell(number("live"), listed(asked, live="on")), note=_("today"))
    yield Tile(13, pgettext("figure", "Overdue"), _cell(number("late"), listed(asked, lamp="r")), note=_("today"))


def _flow(found: Counts, asked: Asked) -> Block:
    rows = []
    for first in asked.months():
        month, last = month_words(first), last_day(first)
        came_in, went_out = (found[way].get(month, NOTHING)[0] for way in ("in", "out"))
        rows.append(
            Row(month, (
                _cell(came_in, listed(asked, opened_from=first, opened_to=last, ending="single")),
                _cell(went_out, listed(asked, closed_from=first, closed_to=last, ending="single")),
            ))
        )  # fmt: skip
    columns = (Column(_("Registered")), Column(pgettext("figure", "Closed")))
    note = _("The twelve months that end with the period.")
    return Block("flow", _("Cases coming in and closed, by month"), _("Month"), columns, rows, "bar", note)


def _money(found: Counts, asked: Asked) -> Block:
    rows = []
    for kind in (*FUNNEL, *BESIDE):
        number, total = found["money"].get(kind, NOTHING)
        url = listed(asked, money=kind.value, money_from=asked.since, money_to=asked.until)
        rows.append(Row(str(kind.label), (_cell(total, url, opens=number > 0), _cell(number, url))))
    return Block(
        "money", _("Money, from suspected to fined"), _("Kind"),
        (Column(_("Amount, yuan"), "money"), Column(_("Cases"), drawn=False)), rows, "funnel",
        _("Entries of the ledger dated in the period, less what was reversed. Rewards stand below."),
    )  # fmt: skip


def _trend(found: Counts, asked: Asked) -> Block:
    rows = []
    for first in asked.months():
        cells = []
        for kind in FUNNEL:
            number, total = found["trend"].get(f"{kind.value} {month_words(first)}", NOTHING)
            url = listed(asked, money=kind.value, money_from=first, money_to=last_day(first))
            cells.append(_cell(total, url, opens=number > 0))
        rows.append(Row(month_words(first), tuple(cells)))
    columns = tuple(Column(str(kind.label), "money") for kind in FUNNEL)
    note = _("The twelve months that end with the period.")
    return Block("trend", _("Money by month, yuan"), _("Month"), columns, rows, "line", note, wide=True)


def _categories(found: Counts, asked: Asked, note: str) -> Block:
    """Those that came up, the most frequent first."""
    lines = [(number, *key.split(" ", 1)) for key, (number, _sum) in found["category"].items()]
    lines.sort(key=lambda line: (-line[0], int(line[1])))
    rows = [Row(seeded(name), (_cell(number, came(asked, category=pk)),)) for number, pk, name in lines]
    said = _("A case of several categories counts for each.")
    return Block(
        "category", _("Cases by category"), _("Violation"), (Column(_("Cases")),), rows, "hbar", f"{note} {said}"
    )
