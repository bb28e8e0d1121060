"""The list of leads as Excel: its template, what stands in it judged cell by cell, and a copy with what is wrong.

Nothing is worked out for anybody: a formula is refused, also one that is written as text.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cases.actions.importing import Lead
from cases.actions.registration import DUPLICATE_MONTHS, faults_of, possible_duplicates
from cases.actions.subjects import faults_of as subject_faults
from cases.actions.subjects import find_person
from cases.enums import BODIES, Source, SubjectKind
from cases.models import Subject
from core.dates import add_months, local_date
from core.sheets import Layout, Row, read_table
from core.texts import UNSHOWN, shown
from departments.models import Category, User

MOST = 200  # rows of a list: as many as one transaction may keep the others' numbers waiting
YES, NO = "是", "否"
# (heading, name, width, longest text, needed)
COLUMNS = (
    ("线索来源", "source", 16, 40, True),
    ("来源编号", "source_number", 16, 60, False),
    ("收到日期", "found_on", 13, 40, True),
    ("主体类别", "kind", 14, 40, True),
    ("主体名称", "name", 28, 100, True),
    ("统一社会信用代码", "uscc", 22, 18, False),
    ("身份证号", "id_number", 22, 18, False),
    ("违规类型", "categories", 22, 200, True),
    ("涉嫌金额（元）", "suspected", 16, 40, False),
    ("违规期间起", "period_from", 13, 40, False),
    ("违规期间止", "period_to", 13, 40, False),
    ("主要事实", "summary", 48, 5000, True),
    ("案件名称", "title", 28, 120, False),
    ("重大案件", "major", 10, 4, False),
    ("限制知悉", "restricted", 10, 4, False),
    ("已核对重复", "duplicates_known", 12, 4, False),
)
REMARKS = "存在问题"
LAYOUT = Layout(tuple(heading for heading, *_more in COLUMNS), REMARKS)
PLACES = {name: place for place, (_heading, name, *_more) in enumerate(COLUMNS)}
_FORMULA = ("=", "＝", "+", "@")
_HEAD = PatternFill("solid", fgColor="FFE8F0FA")
_WRONG = PatternFill("solid", fgColor="FFFDEBE9")


@dataclass
class Line:
    """A row of the list: what stands in its cells, what is wrong by name of the column, and the lead it makes."""

    row: Row
    faults: dict[str, str] = field(default_factory=dict)
    lead: Lead | None = None

    def cells(self) -> list[tuple[str, str, str]]:
        """(reference such as C5, text, what is wrong or nothing) of every cell."""
        return [
            (f"{get_column_letter(place + 1)}{self.row.number}", self.row.cells[place], self.faults.get(name, ""))
            for name, place in PLACES.items()
        ]


def _words() -> dict[str, dict[str, Any]]:
    """What the columns with drop-down lists understand: the words of the template → values."""
    with override("zh-hans"):
        categories = Category.objects.filter(active=True).order_by("order", "code")
        return {
            "source": {str(label): value for value, label in Source.choices},
            "kind": {str(label): value for value, label in SubjectKind.choices},
            "categories": {category.name: category for category in categories},
        }


def day_of(text: str) -> dt.date:
    """2026-11-23, 2026/11/23, 2026.11.23, 20261123 or 2026年11月23日.

    :raises ValueError: none of these
    """
    found = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", text)
    if found is None:
        raise ValueError(text)
    return dt.date(*map(int, found.groups()))


def amount_of(text: str) -> Decimal:
    """:raises ValueError: no amount in yuan with at most two places"""
    if not re.fullmatch(r"-?(\d{1,14}|\d{1,3}(,\d{3})+)(\.\d{1,2})?", text):
        raise ValueError(text)
    return Decimal(text.replace(",", ""))


def read(upload: Any, *, by: User, at: dt.datetime) -> list[Line]:
    """The lines of a list, each judged by the rules of a single lead.

    :raises BadInput: see `core.sheets.read_table`
    """
    words, known = _words(), {}
    earlier: dict[str, list[Lead]] = {}
    lines = []
    for row in read_table(upload, LAYOUT, most=MOST, longest=5000):
        line = Line(row)
        given = _values(line, words)
        _judge(line, given, by, at, known, earlier)
        lines.append(line)
    return lines


def _values(line: Line, words: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The cells as values; what cannot be is None and among the faults."""
    given: dict[str, Any] = {}
    for place, (_heading, name, _width, longest, needed) in enumerate(COLUMNS):
        text, said = line.row.cells[place], ""
        if place in line.row.formulas or text.startswith(_FORMULA):
            said = _("A formula is not taken. Write the value itself.")
        elif needed and not text:
            said = _("Fill this in.")
        elif len(text) > longest:
            said = _("At most %(n)d characters.") % {"n": longest}
        elif UNSHOWN.search(text):
            said = _("This contains a character that cannot be kept.")
        if said:
            line.faults[name] = said
        given[name] = "" if said else text
    for name, parse, sentence in (
        ("found_on", day_of, _("Write a date such as 2026-11-19.")),
        ("period_from", day_of, _("Write a date such as 2026-11-19.")),
        ("period_to", day_of, _("Write a date such as 2026-11-19.")),
        ("suspected", amount_of, _("Enter an amount in yuan such as 86240.00.")),
        ("source", words["source"].__getitem__, _("Choose one of the template's list.")),
        ("kind", words["kind"].__getitem__, _("Choose one of the template's list.")),
        ("categories", lambda text: _several(text, words["categories"]), _("Choose one of the template's list.")),
        *((name, _yes_or_no, _("Write 是 or 否.")) for name in ("major", "restricted", "duplicates_known")),
    ):
        given[name] = _parsed(line, name, given[name], parse, sentence)
    return given


def _parsed(line: Line, name: str, text: str, parse: Callable[[str], Any], sentence: str) -> Any:
    try:
        return parse(text) if text else None
    except (ValueError, KeyError, InvalidOperation):
        line.faults[name] = sentence
        return None


def _several(text: str, known: dict[str, Category]) -> list[Category]:
    names = [text] if text in known else [each.strip() for each in re.split("[、，,;；]", text)]
    return list({name: known[name] for name in names if name}.values())


def _yes_or_no(text: str) -> bool:
    return {YES: True, NO: False}[text]


def _judge(
    line: Line, given: dict[str, Any], by: User, at: dt.datetime, known: dict[str, str], earlier: dict[str, list[Lead]]
) -> None:
    """Add what the rules of a lead say of these values; a line without a fault has its lead."""
    days = {name: given[name] for name in ("found_on", "suspected", "period_from", "period_to")}
    faults = faults_of(today=local_date(at), **days)
    subject, name = None, given["name"]
    number = given["id_number"].upper()
    code = given["uscc"].upper() if given["kind"] in BODIES else ""
    if given["kind"] is not None:
        if code:
            subject = Subject.objects.filter(region=by.region, uscc=code).first()
        elif number:
            subject = find_person(by.department.region, number)
        if code and subject is not None:
            known.setdefault(code, subject.name)
        if code in known:
            if name and known[code] != name:
                faults["name"] = _("This code belongs to %(name)s.") % {"name": known[code]}
        else:
            asked = {"kind": given["kind"], "name": name, "uscc": given["uscc"], "id_number": number}
            faults |= subject_faults(region=by.department.region, known=True, **asked)
            if number and known.setdefault(number, name) != name:
                faults.setdefault("name", _("This number belongs to somebody of another name."))
    for each, sentence in faults.items():
        line.faults.setdefault(each, str(sentence))
    if line.faults:
        return
    key = code or number
    if code:
        known.setdefault(code, name)
    given |= {flag: bool(given[flag]) for flag in ("major", "restricted", "duplicates_known")}
    given |= {"suspected": given["suspected"] or Decimal(0), "uscc": code, "id_number": number}
    lead = Lead(row=line.row.number, **given)
    if not lead.duplicates_known:
        since = add_months(lead.found_on, -DUPLICATE_MONTHS)
        before = [other.row for other in earlier.get(key, ()) if other.found_on >= since]
        if before:
            line.faults["duplicates_known"] = _(
                "Row %(n)d is about the same subject. If it is another matter, write 是."
            ) % {"n": before[0]}
        elif subject and possible_duplicates(subjects=[subject], on=lead.found_on, by=by).exists():
            line.faults["duplicates_known"] = _(
                "A case about this subject was registered within 12 months. If this is another matter, write 是."
            )
    if key:
        earlier.setdefault(key, []).append(lead)
    if not line.faults:
        line.lead = lead


# -- workbooks ----------------------------------------------------------------------------------------------
def template() -> bytes:
    """An empty list with its headings, every column as text, and drop-down lists where words are given."""
    return _saved(_book())


def annotated(lines: Iterable[Line]) -> bytes:
    """The list again, its rows where they stood, every wrong cell marked with a comment, and all of it in a column."""
    book = _book()
    sheet = book.worksheets[0]
    place = len(COLUMNS) + 1
    head = sheet.cell(1, place, REMARKS)
    head.font, head.fill = Font(bold=True), _WRONG
    sheet.column_dimensions[get_column_letter(place)].width = 48
    for line in lines:
        for column, (_reference, text, fault) in enumerate(line.cells(), 1):
            cell = sheet.cell(line.row.number, column)
            cell.value, cell.number_format = shown(text), "@"
            cell.data_type = "s"
            if fault:
                cell.fill, cell.comment = _WRONG, Comment(fault, REMARKS)
        said = [f"{reference}：{fault}" for reference, _text, fault in line.cells() if fault]
        remark = sheet.cell(line.row.number, place, "\n".join(said))
        remark.data_type, remark.alignment = "s", Alignment(wrap_text=True, vertical="top")
    return _saved(book)


def _book() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "线索"
    lists = book.create_sheet("选项")
    lists.sheet_state = "hidden"
    words = {name: list(values) for name, values in _words().items()}
    words |= {name: [YES, NO] for name in ("major", "restricted", "duplicates_known")}
    for place, (heading, name, width, _longest, needed) in enumerate(COLUMNS, 1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place, heading)
        head.font, head.fill = Font(bold=True, color="FFC00000" if needed else "FF1A2433"), _HEAD
        sheet.column_dimensions[letter].width = width
        for row in range(2, MOST + 2):
            sheet.cell(row, place).number_format = "@"
        if name not in words:
            continue
        for row, word in enumerate(words[name], 1):
            lists.cell(row, place, word)
        # several categories may be written one after another, so that its list only proposes
        choose = DataValidation(
            type="list", formula1=f"选项!${letter}$1:${letter}${len(words[name])}", allow_blank=True,
            showErrorMessage=name != "categories",
        )  # fmt: skip
        choose.add(f"{letter}2:{letter}{MOST + 1}")
        sheet.add_data_validation(choose)
    sheet.freeze_panes = "A2"
    return book


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
