"""Lists of targets as .xlsx or .csv: every row checked before one is written, and a formula never read as a value."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from cases.enums import SubjectKind
from core.identifiers import is_uscc
from core.refusals import BadInput
from core.sheets import LARGEST, read_sheet
from core.texts import UNSHOWN
from inspections.draw_enums import HEAVIEST, Risk

MOST = 2_000
WRONG_SHOWN = 10
FORMULA = ("=", "+", "-", "@")
HEADS = ("统一社会信用代码", "名称", "类别", "所在区域", "风险等级", "权重", "加权理由", "公立")
WIDTHS = (24, 36, 12, 18, 12, 8, 36, 8)
KINDS = {
    "": SubjectKind.INSTITUTION, "医疗机构": SubjectKind.INSTITUTION, "零售药店": SubjectKind.PHARMACY,
    "药店": SubjectKind.PHARMACY, "供应商": SubjectKind.SUPPLIER, "药品生产供应企业": SubjectKind.SUPPLIER,
    "药品生产流通企业": SubjectKind.SUPPLIER,
}  # fmt: skip
KIND_WORDS = {
    SubjectKind.INSTITUTION: "医疗机构",
    SubjectKind.PHARMACY: "零售药店",
    SubjectKind.SUPPLIER: "供应商",
}
RISKS = {"": Risk.LOW, "低": Risk.LOW, "中": Risk.MEDIUM, "高": Risk.HIGH}
RISK_WORDS = {Risk.LOW: "低", Risk.MEDIUM: "中", Risk.HIGH: "高"}
PUBLIC = {"": None, "是": True, "公立": True, "否": False, "非公立": False}


@dataclass(frozen=True)
class Row:
    """One target as listed. place: the row of the file."""

    place: int
    code: str
    name: str
    kind: str
    area: str
    risk: str
    weight: int
    reason: str
    public: bool | None


def read_targets(upload: Any) -> list[Row]:
    """The rows of an .xlsx or .csv file (UTF-8 or GB18030) with the columns `HEADS`.

    :raises BadInput: no such file, more than 2 000 rows, or rows that cannot be right, the first ten named
    """
    if upload.name.lower().endswith(".csv"):
        found = _from_csv(upload)
    else:
        found = read_sheet(upload, columns=len(HEADS), most=MOST + 1, formulas=True)
    first = 1
    if found and "信用代码" in found[0][0]:
        found, first = found[1:], 2
    if not found:
        raise BadInput(_("The list is empty."), field="upload")
    rows, wrong = [], []
    seen: dict[str, int] = {}
    for place, cells in enumerate(found, first):
        row, fault = _row(place, [*cells, *[""] * len(HEADS)][: len(HEADS)])
        if row is not None and row.code in seen:
            fault = _("the same target as in row %(n)d") % {"n": seen[row.code]}
        if fault or row is None:
            wrong.append(_("Row %(n)d: %(fault)s.") % {"n": place, "fault": fault})
            continue
        seen[row.code] = place
        rows.append(row)
    if wrong:
        more = len(wrong) - WRONG_SHOWN
        rest = [_("%(n)d more rows are wrong.") % {"n": more}] if more > 0 else []
        raise BadInput(" ".join([*wrong[:WRONG_SHOWN], *rest]), field="upload")
    return rows


def _from_csv(upload: Any) -> list[list[str]]:
    if (upload.size or 0) > LARGEST:
        raise BadInput(_("The file is larger than 5 MB."), field="upload")
    upload.seek(0)
    content = upload.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise BadInput(_("This file cannot be read as text. Save it as CSV in UTF-8."), field="upload")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    except csv.Error:
        raise BadInput(
            _("This file cannot be read as text. Save it as CSV in UTF-8."), field="upload"
        ) from None
    rows = [row for row in rows if any(row)]
    if len(rows) > MOST + 1:
        raise BadInput(_("The list has more than %(n)d rows.") % {"n": MOST}, field="upload")
    return rows


def _lots(weight: str) -> int:
    """The weight of at most a few digits as a number, 1 where nothing stands; 0 for none that can be."""
    said = weight or "1"
    lots = int(said) if said.isascii() and said.isdigit() else 0
    return lots if lots <= HEAVIEST else 0


def _row(place: int, cells: list[str]) -> tuple[Row | None, str]:
    """(the row, "") or (None, what is wrong with it)."""
    code, name, kind, area, risk, weight, reason, public = cells
    code = code.upper()
    fault = ""
    if any(cell.startswith(FORMULA) for cell in cells):
        fault = _("a cell begins like a formula; write its value instead")
    elif any(UNSHOWN.search(cell) for cell in cells):
        fault = _("a cell holds a character that cannot be kept")
    elif not is_uscc(code):
        fault = _("the code %(code)s cannot be right") % {"code": code[:20] or "—"}
    elif not name or len(name) > 100:
        fault = _("the name of the body is missing or too long")
    elif kind not in KINDS:
        fault = _("the kind is one of 医疗机构, 零售药店 and 供应商")
    elif risk not in RISKS:
        fault = _("the risk class is one of 低, 中 and 高")
    elif len(weight) > 3 or not _lots(weight):
        fault = _("the weight is a whole number from 1 to %(most)d") % {"most": HEAVIEST}
    elif _lots(weight) > 1 and not reason:
        fault = _("a weight above 1 needs its reason")
    elif len(area) > 40 or len(reason) > 200:
        fault = _("the area has at most 40 characters, the reason 200")
    elif public not in PUBLIC:
        fault = _("say 是 or 否 for public ownership, or leave it empty")
    if fault:
        return None, fault
    return Row(
        place, code, name, KINDS[kind], area, RISKS[risk], _lots(weight), reason, PUBLIC[public]
    ), ""


def workbook(targets: Iterable[Any]) -> bytes:
    """The pool as .xlsx with the columns that are read in again; without rows it is the template."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADS)
    for width, column in zip(WIDTHS, "ABCDEFGH", strict=True):
        sheet.column_dimensions[column].width = width
    said = {True: "是", False: "否", None: ""}
    for target in targets:
        subject = target.subject
        sheet.append([""] * len(HEADS))
        values = (
            subject.uscc, subject.name, KIND_WORDS[subject.kind], target.area, RISK_WORDS[target.risk], target.weight,
            target.reason, said[subject.public],
        )  # fmt: skip
        for column, value in enumerate(values, 1):
            cell = sheet.cell(sheet.max_row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
