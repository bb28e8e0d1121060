"""卷宗目录: every paper and every file of a case with number, date and pages, for the volume that is archived (令4号 57)."""

import datetime as dt
import io
from typing import Any

import pikepdf
from django.utils import translation

from cases.models import Case, Evidence
from core.dates import local_date
from departments.models import User
from documents import storage
from documents.letter import Form, Table
from documents.models import IssuedDocument
from documents.refusals import Tampered

MOST = 2000


def pages_in(content: bytes) -> int | None:
    """The pages of a PDF as it stands after its last revision; None where it cannot be read so."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return None


def pages_of(document: IssuedDocument) -> int | None:
    """How many pages an issued paper has; None where its file cannot tell."""
    try:
        content = storage.fetch(document.file, document.sha256)
    except Tampered:  # the list of papers is still to be had; the paper itself says what is wrong with it
        return None
    return pages_in(content)


def catalogue(case: Case, user: User, *, at: dt.datetime) -> Form:
    """The catalogue as this person may see it: papers by date, then evidence in use as it was filed."""
    papers = IssuedDocument.objects.visible_to(user).of_case(case).filter(voided_at=None)
    files = Evidence.objects.filter(case=case, voided_at=None).select_related("department")
    rows: list[tuple[str, ...]] = []
    total = 0

    def add(kind: str, name: str, number: str, by: Any, on: dt.date, pages: int | None) -> None:
        nonlocal total
        total += pages or 0
        said = "—" if pages is None else str(pages)
        rows.append((str(len(rows) + 1), kind, name, number or "—", str(by), on.isoformat(), said))

    for paper in papers.select_related("department").order_by("issued_at", "pk")[:MOST]:
        add("文书", paper.title, paper.number, paper.department, local_date(paper.issued_at), pages_of(paper))
    for piece in files.order_by("added_at", "pk")[:MOST]:
        add("证据", piece.name, "", piece.department, local_date(piece.added_at), piece.pages)
    with translation.override("zh-hans"):
        status = str(case.get_status_display())
    return Form(
        issuer=case.owner.name,
        title="卷宗目录",
        date=local_date(at),
        number=case.number,
        fields=(
            ("案件名称", case.title), ("主办单位", case.owner.name), ("立卷状态", status),
            ("件数", f"{len(rows)}件"), ("页数", f"{total}页（未登记页数的以“—”表示）"),
        ),
        tables=(
            Table(
                head=("序号", "类别", "名称", "文号", "形成单位", "日期", "页数"), rows=tuple(rows),
                widths=(1, 1.2, 5, 3, 2, 2, 1), right=(6,),
            ),
        ),
        signatures=("立卷人", "审核人", "归档日期"),
    )  # fmt: skip
