"""Lists of clocks as Excel files: title row, who and when, frozen header, text never taken for a formula."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.texts import shown
from core.wording import moment
from deadlines.watching import Row

MOST = 5000  # rows of a file
HEADER_ROW = 3
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINE = Side(style="thin", color="FFB8C2CF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE8F0FA")


def clocks(rows: Iterable[Row], *, user: Any, at: dt.datetime, more: bool = False) -> bytes:
    """The rows of the list; `more`: others did not fit, and it says so."""
    columns = (
        (_("Lamp"), 22, lambda row: str(row.lamp.words)),
        (_("Working days left"), 12, lambda row: row.lamp.days),
        (_("Last day"), 12, lambda row: row.deadline.due_on),
        (_("Kind of clock"), 26, lambda row: row.deadline.label),
        (_("Who owes"), 16, lambda row: str(row.deadline.department)),
        (_("Person"), 10, lambda row: str(row.deadline.person or "")),
        (_("To whom"), 16, lambda row: str(row.deadline.to_department or "")),
        (_("Case or matter"), 48, lambda row: row.about),
        (_("Working days since the start"), 14, lambda row: row.age),
        (_("Warning stage"), 14, lambda row: str(row.step_words)),
        (_("Chased, times"), 10, lambda row: row.deadline.chased),
        (_("Supervised, times"), 10, lambda row: row.deadline.supervised),
    )
    note = _("Made by %(unit)s %(name)s on %(when)s") % {"unit": user.department, "name": user, "when": moment(at)}
    if more:
        note += " " + _("Only the first %(most)s rows are here: narrow the list.") % {"most": MOST}
    lines = ([value(row) for _heading, _width, value in columns] for row in rows)
    heads = [(heading, width) for heading, width, _value in columns]
    return sheet(_("Deadlines watched"), note, heads, lines)


def sheet(title: str, note: str, heads: Sequence[tuple[str, int]], lines: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: title, note, headings of (words, width), rows of texts, numbers and dates; printed on A4 across."""
    book = Workbook()
    page = book.active
    page.title = title[:31]
    last = get_column_letter(len(heads))
    page.merge_cells(f"A1:{last}1")
    page.merge_cells(f"A2:{last}2")
    _put(page["A1"], title)
    page["A1"].font, page["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    _put(page["A2"], note)
    page["A2"].alignment = Alignment(horizontal="right")
    for number, (words, width) in enumerate(heads, 1):
        cell = page.cell(HEADER_ROW, number)
        _put(cell, words)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BOX
        page.column_dimensions[get_column_letter(number)].width = width
    for line, values in enumerate(lines, HEADER_ROW + 1):
        for number, value in enumerate(values, 1):
            cell = page.cell(line, number)
            _put(cell, value)
            cell.border = _BOX
    page.freeze_panes = page.cell(HEADER_ROW + 1, 2)
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: Any) -> None:
    """Write a value; text stays text even where it begins with “=”."""
    cell.value = shown(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
