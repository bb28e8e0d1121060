"""Reading a small Excel list somebody sent: looked into first, then read in a child with limits (PLATFORM).

A workbook of 145 KiB can cost openpyxl a minute and a gigabyte: a child that asks for more is ended.
"""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.refusals import BadInput

LARGEST = 5 * 1024 * 1024  # bytes of the file
UNPACKED = 60 * 1024 * 1024
MEMBERS = 200
SECONDS = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEMORY = 512 * 1024 * 1024


def read_sheet(
    upload: Any, *, columns: int, most: int, field: str = "upload", formulas: bool = False
) -> list[list[str]]:
    """The first sheet's rows as text, blanks around it removed; rows without any text are left out.

    columns: how many columns are read; most: how many rows are allowed, the heading included. formulas: a cell with one
    gives its text, beginning with “=”, not the value somebody's spreadsheet kept beside it.

    :raises BadInput: no .xlsx file, one that is too large, or more than `most` rows
    """
    asked = "texts" if formulas else "values"
    rows = [[cell.strip() for cell in row] for row in _in_a_child(upload, field, str(columns), str(most + 1), asked)]
    rows = [row for row in rows if any(row)]
    if len(rows) > most:
        raise BadInput(_("The list has more than %(n)d rows.") % {"n": most}, field=field)
    return rows


@dataclass(frozen=True)
class Row:
    """A row of a sheet as it stands there: its number, its texts, and which cells hold a formula (columns from 0)."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


def read_rows(upload: Any, *, columns: int, most: int, field: str = "upload") -> list[Row]:
    """The first sheet's rows below its heading, each with its number, so that what is wrong is said by its cell.

    A formula is never worked out: its cell comes as it was written and is named in `Row.formulas`.

    :raises BadInput: no .xlsx file, one that is too large, no row, or more than `most` rows
    """
    done = _in_a_child(upload, field, str(columns), str(most + 2), "cells")
    rows = [Row(number, tuple(cell.strip() for cell in cells), frozenset(formulas)) for number, cells, formulas in done]
    rows = [row for row in rows if row.number > 1]
    if not rows:
        raise BadInput(_("The list has no row below its heading."), field=field)
    if len(rows) > most:
        raise BadInput(_("The list has more than %(n)d rows.") % {"n": most}, field=field)
    return rows


@dataclass(frozen=True)
class Layout:
    """The columns of a template: its headings, and the heading of one more that a returned copy may carry."""

    heads: tuple[str, ...]
    remarks: str = ""


def read_table(upload: Any, layout: Layout, *, most: int, longest: int, field: str = "upload") -> list[Row]:
    """The rows of a list made from a template, as `read_rows` gives them; the heading has to be the template's.

    longest: characters read of a cell; a longer text comes with one more, so that it can be refused.

    :raises BadInput: see `read_rows`; or other headings or columns than the template's
    """
    wide = len(layout.heads)
    done = _in_a_child(upload, field, str(wide + 2), str(most + 2), "cells", str(longest + 1))
    heads = [cell.strip() for cell in done[0][1]] if done and done[0][0] == 1 else []
    if tuple(heads[:wide]) != layout.heads or (any(heads[wide:]) and heads[wide:] != [layout.remarks, ""]):
        raise BadInput(
            _("The first row is not the template's heading. Copy the rows into a fresh template, without merged cells."),
            field=field,
        )
    rows, some = [], range(wide + 1 if heads[wide] else wide, wide + 2)
    for number, cells, formulas in done[1:]:
        if any(cells[place].strip() for place in some):
            raise BadInput(_("Row %(n)d has more columns than the template.") % {"n": number}, field=field)
        if any(cell.strip() for cell in cells[:wide]):
            rows.append(Row(number, tuple(cell.strip() for cell in cells[:wide]), frozenset(formulas)))
    if not rows:
        raise BadInput(_("The list has no row below its heading."), field=field)
    if len(rows) > most:
        raise BadInput(_("The list has more than %(n)d rows.") % {"n": most}, field=field)
    return rows


def _in_a_child(upload: Any, field: str, *arguments: str) -> list[Any]:
    if (upload.size or 0) > LARGEST:
        raise BadInput(_("The file is larger than 5 MB."), field=field)
    upload.seek(0)
    content = upload.read()
    _look_inside(content, field)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD, *arguments],
            input=content, capture_output=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise BadInput(_("This Excel file cannot be read. Save the list in a new .xlsx file."), field=field) from None
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _look_inside(content: bytes, field: str) -> None:
    if content.startswith(_OLE):  # how Excel keeps an encrypted workbook, and workbooks of before 2007
        said = _("The file is protected by a password or of an old kind. Save it as .xlsx without password.")
        raise BadInput(said, field=field)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise BadInput(_("Use an Excel file of the kind .xlsx."), field=field) from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise BadInput(_("Use an Excel file of the kind .xlsx."), field=field)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadInput(_("The file holds macros. Save it as .xlsx without macros."), field=field)
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise BadInput(_("The list is too large when unpacked."), field=field)


# the child knows nothing of the house: no settings, no database
_CHILD = f"""
import io, json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
import openpyxl
columns, most, asked = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
longest = int(sys.argv[4]) if len(sys.argv) > 4 else 500
book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=asked == "values")
sheet = book.worksheets[0]
def text(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.date().isoformat() if hasattr(value, "date") else str(value)
rows = []
for number, row in enumerate(sheet.iter_rows(max_col=columns), 1) if asked == "cells" else ():
    cells = [text(cell.value)[:longest] for cell in row]
    if any(each.strip() for each in cells):
        found = [place for place, cell in enumerate(row) if cell.data_type == "f"]
        rows.append([number, cells + [""] * (columns - len(cells)), found])
    if len(rows) >= most:
        break
for row in () if asked == "cells" else sheet.iter_rows(max_col=columns, values_only=True):
    cells = [text(value)[:500] for value in row]
    if any(cell.strip() for cell in cells):
        rows.append(cells + [""] * (columns - len(cells)))
    if len(rows) >= most:
        break
json.dump(rows, sys.stdout)
"""
