"""Lists of points and of yearly scores as Excel: read cell by cell, so that what is wrong is said where it stands.

Nothing is worked out for anybody: a formula is refused, also one that is written as text.
"""

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from core.identifiers import is_resident_id, is_uscc
from core.refusals import BadInput
from core.sheets import Row, read_rows

MOST = 2000  # rows of a list
POINT_HEADS = ("姓名", "身份证号", "机构统一社会信用代码", "记分", "记分日期", "行为", "依据")
SCORE_HEADS = ("统一社会信用代码", "机构名称", "年度", "得分", "依据")
RECEIPT_HEADS = ("序号", "结果（成功/失败）", "回执编号", "日期", "说明")
_FORMULA = ("=", "＝", "+", "@")


@dataclass(frozen=True)
class CellFault:
    """What is wrong in a cell of the list: its row and column as Excel names them, what stands there, a sentence."""

    row: int
    column: str
    value: str
    sentence: str

    def __str__(self) -> str:
        return _("Cell %(cell)s: %(fault)s") % {"cell": f"{self.column}{self.row}", "fault": self.sentence}


class WrongCells(BadInput):
    """Nothing of the list was taken; `details["cells"]` are its faults in order."""

    def __init__(self, cells: list[CellFault]) -> None:
        said = _("%(n)d cells are wrong; nothing was taken. Mend them in the list and hand it in again.")
        super().__init__(said % {"n": len(cells)}, field="upload", cells=cells)


@dataclass(frozen=True)
class PointLine:
    row: int
    name: str
    number: str
    institution: str
    points: int
    dated_on: dt.date
    behaviour: str
    basis: str


@dataclass(frozen=True)
class ScoreLine:
    row: int
    code: str
    name: str
    year: int
    score: Decimal
    basis: str


@dataclass(frozen=True)
class ReceiptLine:
    row: int
    position: int
    accepted: bool
    number: str
    on: dt.date
    message: str


class _Reader:
    """Reads the cells of one row; every fault is kept, a faulty cell reads as None."""

    def __init__(self, row: Row, faults: list[CellFault]) -> None:
        self.row, self.faults = row, faults

    def fault(self, place: int, sentence: str) -> None:
        self.faults.append(
            CellFault(self.row.number, "ABCDEFGHIJ"[place], self.row.cells[place][:60], sentence)
        )

    def _cell(self, place: int, most: int, needed: bool) -> str:
        """The text of a cell; "" where it is empty or faulty."""
        cell = self.row.cells[place]
        if place in self.row.formulas or cell.startswith(_FORMULA):
            self.fault(place, _("A formula is not taken. Write the value itself."))
        elif needed and not cell:
            self.fault(place, _("Fill this in."))
        elif len(cell) > most:
            self.fault(place, _("At most %(n)d characters.") % {"n": most})
        else:
            return cell
        return ""

    def text(self, place: int, *, most: int, needed: bool = True) -> str:
        return self._cell(place, most, needed)

    def parsed(self, place: int, parse: Callable[[str], Any], sentence: str, *, needed: bool = True) -> Any:
        """What `parse` makes of a cell; None where it is empty or faulty."""
        cell = self._cell(place, 40, needed)
        try:
            return parse(cell) if cell else None
        except (ValueError, InvalidOperation):
            self.fault(place, sentence)
            return None


def day_of(text: str) -> dt.date:
    """2026-11-23, 2026/11/23, 2026.11.23, 20261123 or 2026年11月23日.

    :raises ValueError: none of these
    """
    found = re.fullmatch(r"(\d{4})(?:[-/.年])?(\d{1,2})(?:[-/.月])?(\d{1,2})日?", text)
    if found is None:
        raise ValueError(text)
    return dt.date(*map(int, found.groups()))


def whole(text: str) -> int:
    """:raises ValueError: no whole number of at most six digits"""
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueError(text)
    return int(text)


def decimal_of(text: str) -> Decimal:
    """:raises ValueError: no plain decimal number"""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", text):
        raise ValueError(text)
    return Decimal(text)


def _checked(check: Callable[[str], bool]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not check(text.upper()):
            raise ValueError(text)
        return text.upper()

    return parse


_number, _code = _checked(is_resident_id), _checked(is_uscc)


def read_points(upload: Any) -> list[PointLine]:
    """The lines of a list of points.

    :raises WrongCells: cells that cannot be right
    :raises BadInput: see `core.sheets.read_rows`
    """
    lines, faults = [], []
    seen: dict[tuple[Any, ...], int] = {}
    for row in read_rows(upload, columns=len(POINT_HEADS), most=MOST):
        cell = _Reader(row, faults)
        name = cell.text(0, most=100)
        number = cell.parsed(
            1, _number, _("The identity number cannot be right: its last character checks the others.")
        )
        wrong_code = _("The credit code cannot be right: its last character checks the others.")
        code = cell.parsed(2, _code, wrong_code, needed=False) or ""
        points = cell.parsed(3, whole, _("Write a whole number from 1 to 12."))
        dated = cell.parsed(4, day_of, _("Write a date such as 2026-11-19."))
        behaviour, basis = cell.text(5, most=300), cell.text(6, most=300)
        act = (number, code, points, dated, behaviour)
        if number and seen.setdefault(act, row.number) != row.number:
            cell.fault(1, _("The same act of the same person as in row %(n)d.") % {"n": seen[act]})
        lines.append(PointLine(row.number, name, number, code, points, dated, behaviour, basis))
    return _taken(lines, faults)


def read_scores(upload: Any) -> list[ScoreLine]:
    """The lines of a list of yearly scores.

    :raises WrongCells, BadInput: see `read_points`
    """
    lines, faults = [], []
    seen: dict[tuple[str, int], int] = {}
    for row in read_rows(upload, columns=len(SCORE_HEADS), most=MOST):
        cell = _Reader(row, faults)
        code = cell.parsed(
            0, _code, _("The credit code cannot be right: its last character checks the others.")
        )
        name = cell.text(1, most=100, needed=False)
        year = cell.parsed(2, whole, _("Write a year such as 2026."))
        score = cell.parsed(3, decimal_of, _("Write a number from 0 to 100."))
        basis = cell.text(4, most=300)
        if code and year and seen.setdefault((code, year), row.number) != row.number:
            cell.fault(0, _("The same institution and year as in row %(n)d.") % {"n": seen[code, year]})
        lines.append(ScoreLine(row.number, code, name, year, score, basis))
    return _taken(lines, faults)


def read_receipts(upload: Any) -> list[ReceiptLine]:
    """The lines of a list of receipts of the platform.

    :raises WrongCells, BadInput: see `read_points`
    """
    answers = {"成功": True, "失败": False}
    lines, faults = [], []
    for row in read_rows(upload, columns=len(RECEIPT_HEADS), most=MOST):
        cell = _Reader(row, faults)
        position = cell.parsed(0, whole, _("Write the number of the row in the file."))
        accepted = cell.parsed(1, lambda text: _known(text, answers), _("Write 成功 or 失败."))
        number = cell.text(2, most=60, needed=False)
        said_on = cell.parsed(3, day_of, _("Write a date such as 2026-11-19."))
        message = cell.text(4, most=300, needed=False)
        lines.append(ReceiptLine(row.number, position, accepted, number, said_on, message))
    return _taken(lines, faults)


def _known(text: str, answers: dict[str, bool]) -> bool:
    if text not in answers:
        raise ValueError(text)
    return answers[text]


def _taken(lines: list[Any], faults: list[CellFault]) -> list[Any]:
    if faults:
        raise WrongCells(faults)
    return lines


def template(heads: tuple[str, ...]) -> bytes:
    """An empty list with its heading, every column as text so that numbers keep their digits."""
    book = Workbook()
    sheet = book.active
    sheet.append(heads)
    for letter in "ABCDEFGHIJ"[: len(heads)]:
        sheet.column_dimensions[letter].width = 24
        for place in range(2, 52):
            sheet[f"{letter}{place}"].number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
