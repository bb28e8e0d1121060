"""The file for the credit platform: rows of publications as CSV, Excel or JSON, by an editable mapping of columns.

Nothing in a cell is ever taken for a formula: in CSV, which knows no types, such a cell begins with an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import Workbook

from core.refusals import BadInput
from core.texts import shown
from sanctions.enums_credit import FileFormat
from sanctions.models import Publication

# what a column may take; the labels are those of the settings page
FIELDS = {
    "code": gettext_lazy("credit code, or a person's masked number"),
    "name": gettext_lazy("name, a person's masked"),
    "subject_kind": gettext_lazy("kind of subject"),
    "kind": gettext_lazy("kind of information"),
    "words": gettext_lazy("what is published"),
    "basis": gettext_lazy("basis"),
    "number": gettext_lazy("number of the decision"),
    "since": gettext_lazy("in force from"),
    "until": gettext_lazy("last day"),
    "execution": gettext_lazy("state of execution"),
    "opinion": gettext_lazy("opinion on the execution"),
    "department": gettext_lazy("department"),
    "formed_on": gettext_lazy("made or changed on"),
    "id": gettext_lazy("number of the row here"),
}
SUFFIX = {
    FileFormat.CSV_UTF8: ".csv",
    FileFormat.CSV_GB: ".csv",
    FileFormat.XLSX: ".xlsx",
    FileFormat.JSON: ".json",
}
MEDIA = {
    ".csv": "text/csv", ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MOST_COLUMNS = 40
LONGEST_COLUMN = 40


def value_of(row: Publication, field: str) -> str:
    """A field as the platform gets it: Chinese words, days as 2026-11-23, nothing for what is not known."""
    if field == "subject_kind":
        return str(row.subject.get_kind_display())
    if field in ("kind", "execution"):
        return str(getattr(row, f"get_{field}_display")())
    if field == "department":
        return row.department.name
    if field == "id":
        return str(row.pk)
    value = getattr(row, field)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def neutral(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    text = shown(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_columns(text: str) -> list[list[str]]:
    """The mapping as people write it: a line for each column, `column = field`.

    :raises BadInput: no line, a line without “=”, an unknown field, a column named twice, or too many (field `columns`)
    """
    columns: list[list[str]] = []
    for place, line in enumerate((each.strip() for each in text.splitlines()), 1):
        if not line:
            continue
        column, equals, field = (part.strip() for part in line.partition("="))
        if not equals or not column or field not in FIELDS:
            raise BadInput(
                _("Line %(n)d: write column = field, with a field of the list below.") % {"n": place},
                field="columns",
            )
        if column in [known for known, _field in columns]:
            raise BadInput(_("Line %(n)d: this column stands above already.") % {"n": place}, field="columns")
        if len(column) > LONGEST_COLUMN or len(columns) == MOST_COLUMNS:
            raise BadInput(
                _("A column has at most 40 characters, a file at most 40 columns."), field="columns"
            )
        columns.append([column, field])
    if not columns:
        raise BadInput(_("Name at least one column."), field="columns")
    return columns


def written_columns(columns: Iterable[Sequence[str]]) -> str:
    """The same, as the settings page shows it."""
    return "\n".join(f"{column} = {field}" for column, field in columns)


def made(rows: Iterable[Publication], columns: Sequence[Sequence[str]], form: str) -> bytes:
    """The file's bytes. Always in Chinese, whoever makes it."""
    with override("zh-hans"):
        table = [[value_of(row, field) for _column, field in columns] for row in rows]
    heads = [column for column, _field in columns]
    if form == FileFormat.JSON:
        return json.dumps(
            [dict(zip(heads, line, strict=True)) for line in table], ensure_ascii=False, indent=1
        ).encode()
    if form == FileFormat.XLSX:
        return _workbook(heads, table)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(head) for head in heads])
    writer.writerows([neutral(cell) for cell in line] for line in table)
    return out.getvalue().encode("utf-8-sig" if form == FileFormat.CSV_UTF8 else "gb18030")


def _workbook(heads: list[str], table: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "信用信息"
    for number, line in enumerate([heads, *table], 1):
        for place, text in enumerate(line, 1):
            cell: Any = sheet.cell(number, place)
            cell.value = shown(text)
            cell.data_type = "s"  # openpyxl would make a formula of what begins with “=”
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
