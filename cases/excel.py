"""The registry as an Excel file: title row, unit, who and when, frozen header, text never taken for a formula."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cases.models import Case
from core.texts import shown
from core.wording import as_day, moment

_LINE = Side(style="thin", color="FFB8C2CF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE8F0FA")
HEADER_ROW = 3
MOST = 5000  # rows of a file
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _columns() -> list[tuple[str, int, Any]]:
    """(heading, width, value of a case)"""
    return [
        (_("Case number"), 20, lambda case: case.number),
        (_("Case name"), 48, lambda case: case.title),
        (_("Stage"), 12, lambda case: str(case.get_status_display())),
        (_("Last day"), 12, lambda case: case.next_due_on),
        (_("Violation"), 24, lambda case: pgettext("list", ", ").join(each.label for each in case.categories.all())),
        (_("Lead department"), 16, lambda case: case.owner.short_name),
        (
            _("Departments taking part"),
            30,
            lambda case: pgettext("list", ", ").join(strand.department.short_name for strand in case.strands.all()),
        ),
        (_("Handler"), 10, lambda case: case.handler.name if case.handler else ""),
        (_("Source"), 16, lambda case: str(case.get_source_display())),
        (_("Received on"), 12, lambda case: case.found_on),
        (_("Suspected, yuan"), 16, lambda case: case.suspected),
    ]


def _put(cell: Cell, value: Any) -> None:
    """Write a value; text stays text even where it begins with “=” (openpyxl would make it a formula)."""
    cell.value = shown(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def registry(cases: Iterable[Case], *, user: Any, at: dt.datetime, more: bool = False) -> bytes:
    """The rows as an .xlsx file; amounts in yuan as numbers with two places. `more`: others did not fit, and it says so."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Case registry")
    columns = _columns()
    last = get_column_letter(len(columns))
    sheet.merge_cells(f"A1:{last}1")
    _put(sheet["A1"], _("Registry of cases and leads"))
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A2:{last}2")
    _put(
        sheet["A2"],
        _("Made by %(unit)s %(name)s on %(when)s; amounts in yuan")
        % {"unit": user.department, "name": user, "when": moment(at)}
        + (" " + _("Only the first %(most)s cases are here: narrow the list.") % {"most": MOST} if more else ""),
    )
    sheet["A2"].alignment = Alignment(horizontal="right")
    for number, (heading, width, _value) in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, number)
        _put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BOX
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, case in enumerate(cases, HEADER_ROW + 1):
        for number, (_heading, _width, value) in enumerate(columns, 1):
            cell = sheet.cell(line, number)
            _put(cell, value(case))
            cell.border = _BOX
            if isinstance(cell.value, dt.date):
                cell.value, cell.number_format = as_day(cell.value), "yyyy-mm-dd"
        sheet.cell(line, len(columns)).number_format = "#,##0.00"
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
