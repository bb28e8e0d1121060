"""The registry as an Excel file: title row, unit, who and when, frozen header, text never taken for a formula.

Written row by row, so that a file of any length costs the same memory.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from cases.models import Case
from core.texts import shown
from core.wording import as_day, moment

_LINE = Side(style="thin", color="FFB8C2CF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE8F0FA")
HEADER_ROW = 3
AT_ONCE = 5000  # rows of a file somebody waits for; a longer one is a job
MOST = 1_000_000  # rows of a file, of the 1 048 576 a sheet holds
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


def _put(cell: Any, value: Any) -> Any:
    """Give a cell its value; text stays text even where it begins with “=” (openpyxl would make it a formula)."""
    cell.value = shown(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


class Registry:
    """A workbook that grows by `add` and leaves by `write_to`; amounts in yuan as numbers with two places.

    more: others did not fit, and it says so.
    """

    def __init__(self, *, user: Any, at: dt.datetime, more: bool = False) -> None:
        self.rows, self._saved = 0, False
        self._columns = _columns()
        self._book = Workbook(write_only=True)
        self._sheet = sheet = self._book.create_sheet(_("Case registry"))
        last = get_column_letter(len(self._columns))
        for number, (_heading, width, _value) in enumerate(self._columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = f"C{HEADER_ROW + 1}"
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter.center.text = "&P / &N"
        for row in (1, 2):
            sheet.merged_cells.add(f"A{row}:{last}{row}")
        title = self._cell(_("Registry of cases and leads"))
        title.font, title.alignment = Font(size=16, bold=True), Alignment(horizontal="center")
        sheet.append([title])
        made = self._cell(
            _("Made by %(unit)s %(name)s on %(when)s; amounts in yuan")
            % {"unit": user.department, "name": user, "when": moment(at)}
            + (" " + _("Only the first %(most)s cases are here: narrow the list.") % {"most": AT_ONCE} if more else "")
        )
        made.alignment = Alignment(horizontal="right")
        sheet.append([made])
        heads = [self._cell(heading) for heading, _width, _value in self._columns]
        for cell in heads:
            cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BOX
        sheet.append(heads)
        # a row is written when it is appended, so that the same cells, styled once, serve every row
        self._text, self._day, self._money = self._row(""), self._row("yyyy-mm-dd"), self._row("#,##0.00")

    def __enter__(self) -> "Registry":
        return self

    def __exit__(self, *_fault: Any) -> None:
        """What was not saved leaves no file behind."""
        if not self._saved:
            self._sheet.close()
            self._sheet._writer.cleanup()

    def _cell(self, value: Any) -> Any:
        return _put(WriteOnlyCell(self._sheet), value)

    def _row(self, number_format: str) -> list[Any]:
        cells = [WriteOnlyCell(self._sheet) for _column in self._columns]
        for cell in cells:
            cell.border = _BOX
            if number_format:
                cell.number_format = number_format
        return cells

    def add(self, cases: Iterable[Case]) -> None:
        """Write these cases below those before."""
        for case in cases:
            line = []
            for place, (_heading, _width, value) in enumerate(self._columns):
                said = value(case)
                if isinstance(said, dt.date):
                    line.append(_put(self._day[place], as_day(said)))
                elif isinstance(said, str) or said is None:
                    line.append(_put(self._text[place], said))
                else:
                    line.append(_put(self._money[place], said))
            self._sheet.append(line)
            self.rows += 1

    def write_to(self, target: Any) -> None:
        """Write the workbook to a path or a stream; nothing can be added afterwards."""
        self._book.save(target)
        self._saved = True
