"""Lists of people for a data comparison: read row by row, written to Excel, sealed into an encrypted archive."""

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyzipper
from django.utils.translation import gettext as _
from openpyxl import Workbook

from core.identifiers import is_resident_id
from core.refusals import BadInput
from core.sealing import unseal
from core.sheets import read_sheet
from referrals.models import Comparison, ComparisonRow

MOST = 5_000
NAME, NUMBER, FINDING = "comparison.name", "comparison.id", "comparison.finding"
HEADS = ("姓名", "身份证号", "说明")
RESULT_HEADS = ("序号", "姓名", "身份证号", "比对结果（是/否）", "说明")
WRONG_SHOWN = 10
SHORTEST_PASSPHRASE = 12


@dataclass(frozen=True)
class Listed:
    """One person as entered: name, identity number, and for a list that brings its result along the finding."""

    name: str
    number: str
    finding: str = ""


@dataclass(frozen=True)
class Hit:
    """A person on the list whom the register knows: identity number and what it says."""

    number: str
    finding: str = ""


def digest(people: Sequence[Listed]) -> str:
    """The SHA-256 (hex) by which this list is known after it was destroyed."""
    lines = "\n".join(f"{person.name}\t{person.number}" for person in people)
    return hashlib.sha256(lines.encode()).hexdigest()


def from_text(text: str) -> list[list[str]]:
    """Typed lines as rows: name, number and perhaps a remark, parted by a tab, comma or blanks."""
    lines = (line.strip() for line in text.splitlines())
    return [[cell.strip() for cell in re.split(r"[\t,，;；]| +", line, maxsplit=2)] for line in lines if line]


def read_people(*, upload: Any = None, text: str = "", findings: bool = False) -> list[Listed]:
    """The people of an .xlsx file or of typed lines; every identity number is checked, row by row.

    findings: each row has to say what the register knows (a list sent without being asked).

    :raises BadInput: nothing given, more than 5 000 people, or rows that cannot be right (the first ten named)
    """
    field = "upload" if upload else "people"
    rows = read_sheet(upload, columns=3, most=MOST + 1) if upload else from_text(text)
    if rows and "身份证" in "".join(rows[0]):
        rows, first = rows[1:], 2
    else:
        first = 1
    if not rows:
        raise BadInput(_("Enter at least one person: name and identity number."), field=field)
    if len(rows) > MOST:
        raise BadInput(_("The list has more than %(n)d rows.") % {"n": MOST}, field=field)
    people, wrong = [], []
    seen: dict[str, int] = {}
    for place, row in enumerate(rows, first):
        name, number, finding = (*row, "", "", "")[:3]
        number = number.upper()
        fault = _fault(name, number, finding, findings)
        if not fault and number in seen:
            fault = _("the same person as in row %(n)d") % {"n": seen[number]}
        if fault:
            wrong.append(_("Row %(n)d: %(fault)s.") % {"n": place, "fault": fault})
        seen.setdefault(number, place)
        people.append(Listed(name, number, finding))
    _refuse(wrong, field)
    return people


def _fault(name: str, number: str, finding: str, findings: bool) -> str:
    if not 1 < len(name) <= 40:
        return _("the name is missing or too long")
    if not is_resident_id(number):
        return _("the identity number cannot be right")
    if findings and not finding:
        return _("what the register says is missing")
    return ""


def _refuse(wrong: list[str], field: str) -> None:
    if wrong:
        rest = _("%(n)d more rows are wrong.") % {"n": len(wrong) - WRONG_SHOWN} if len(wrong) > WRONG_SHOWN else ""
        raise BadInput(" ".join([*wrong[:WRONG_SHOWN], rest]).strip(), field=field)


def read_hits(*, upload: Any = None, text: str = "") -> list[Hit]:
    """The hits of a filled-in result list (.xlsx), or of typed lines: number and what the register says.

    Typed lines name the hits only; a file has to say 是 or 否 in every row.

    :raises BadInput: rows that say neither (the first ten named), or numbers that cannot be right
    """
    hits, wrong = [], []
    if upload:
        rows = read_sheet(upload, columns=5, most=MOST + 1)
        for place, row in enumerate(rows[1:], 2):
            number, answer, finding = row[2].upper(), row[3], row[4]
            if answer == "是" and is_resident_id(number):
                hits.append(Hit(number, finding))
            elif answer != "否":
                wrong.append(_("Row %(n)d: %(fault)s.") % {"n": place, "fault": _("answer 是 or 否")})
    else:
        for place, row in enumerate(from_text(text), 1):
            number, finding = row[0].upper(), " ".join(row[1:])
            if is_resident_id(number):
                hits.append(Hit(number, finding))
            else:
                fault = _("the identity number cannot be right")
                wrong.append(_("Row %(n)d: %(fault)s.") % {"n": place, "fault": fault})
    _refuse(wrong, "upload" if upload else "people")
    return hits


def opened(row: ComparisonRow) -> tuple[str, str, str]:
    """Name, identity number and finding in clear: only for a recorded download and for opening a lead."""
    return (
        unseal(row.name_sealed, purpose=NAME),
        unseal(row.id_sealed, purpose=NUMBER),
        unseal(row.finding_sealed, purpose=FINDING) if row.finding_sealed else "",
    )


def workbook(rows: Iterable[ComparisonRow]) -> bytes:
    """The list as .xlsx with the columns a result is filled into; numbers stay text."""
    book = Workbook()
    sheet = book.active
    sheet.append(RESULT_HEADS)
    for width, column in zip((8, 14, 24, 20, 40), "ABCDE", strict=True):
        sheet.column_dimensions[column].width = width
    answers = {True: "是", False: "否", None: ""}
    for row in rows:
        name, number, finding = opened(row)
        sheet.append([row.position, "", "", answers[row.hit], ""])
        for column, value in ((2, name), (3, number), (5, finding)):
            cell = sheet.cell(sheet.max_row, column, value)
            cell.data_type = "s"  # never a formula
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def encrypted(comparison: Comparison, passphrase: str) -> bytes:
    """The list as an AES-256 archive; the passphrase is the downloader's own and is kept nowhere.

    :raises BadInput: the passphrase is shorter than 12 characters
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("Choose a passphrase of at least %(n)d characters.") % {"n": SHORTEST_PASSPHRASE}, field="passphrase"
        )
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        archive.writestr("list.xlsx", workbook(comparison.rows.order_by("position")))
    return out.getvalue()
