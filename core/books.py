"""Writing an Excel file people print: title, who made it and when, a frozen head, amounts as numbers, text as text."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.texts import shown

_LINE = Side(style="thin", color="FFB8C2CF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE8F0FA")
HEADER_ROW = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _put(cell: Cell, value: Any) -> None:
    """Text stays text even where it begins with “=” (openpyxl would make it a formula)."""
    if not isinstance(value, int | Decimal | None):
        value = str(value)
    cell.value = shown(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"


def workbook(
    *,
    title: str,
    under: str,
    heads: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    widths: Sequence[float] = (),
    notes: Iterable[str] = (),
) -> bytes:
    """One sheet, A4 on its side. under: unit, who, when. widths: in characters, 14 where none is given; notes: lines below.

    A cell is text, int, Decimal (two places) or None.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = shown(title)[:28].translate({ord(each): " " for each in "[]:*?/\\"}) or "1"
    last = get_column_letter(len(heads))
    for line, (text, font, side) in enumerate(
        ((title, Font(size=16, bold=True), "center"), (under, Font(), "right")), 1
    ):
        sheet.merge_cells(f"A{line}:{last}{line}")
        _put(sheet.cell(line, 1), text)
        sheet.cell(line, 1).font, sheet.cell(line, 1).alignment = font, Alignment(horizontal=side)
    for number, heading in enumerate(heads, 1):
        cell = sheet.cell(HEADER_ROW, number)
        _put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        width = widths[number - 1] if number <= len(widths) else 14
        sheet.column_dimensions[get_column_letter(number)].width = width
    line = HEADER_ROW
    for line, row in enumerate(rows, HEADER_ROW + 1):  # noqa: B007  # what stands below the last one
        for number, value in enumerate(row, 1):
            cell = sheet.cell(line, number)
            _put(cell, value)
            cell.border = _BOX
    for line, note in enumerate(notes, line + 2):  # noqa: B020
        _put(sheet.cell(line, 1), note)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 2)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
