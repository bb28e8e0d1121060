"""卷宗目录: every paper and every file of a case with number, date and pages, for the volume that is archived (令4号 57)."""

import datetime as dt
import io
from typing import Any

import pikepdf
from django.utils import translation
from django.utils.translation import gettext_lazy

from cases.models import Case, CaseArchive, CaseMerge, Evidence
from core.dates import local_date
from departments.models import User
from documents import storage
from documents.letter import Form, Table
from documents.models import IssuedDocument
from documents.refusals import Tampered

MOST = 2000
KIND = "case_catalogue"  # in `registry.letters`
NAME = gettext_lazy("catalogue of a case file")


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
    return _paper(catalogue_of(case, user, at=at))


def catalogue_context(archive: CaseArchive, user: User, *, at: dt.datetime) -> dict[str, Any]:
    """The catalogue that is issued when a case is archived, with where it lies."""
    said = catalogue_of(archive.case, user, at=at, among=_common_papers(archive, at))
    merges = CaseMerge.objects.visible_to(user).in_force().filter(main=archive.case)
    merged = list(merges.order_by("pk").values_list("case__number", flat=True))
    with translation.override("zh-hans"):
        keeping = str(archive.get_keeping_display())
    said["fields"] = [
        ["案件编号", archive.case.number], *(pair for pair in said["fields"] if pair[0] != "立卷状态"),
        ["档号", archive.number], ["盒号", archive.box or "—"], ["卷号", f"第{archive.volume}卷"],
        ["保管期限", keeping if archive.until is None else f"{keeping}（至{archive.until.isoformat()}）"],
        *([["并入案件", "、".join(merged)]] if merged else []),
        ["缺件说明", archive.explained or "无"], ["立卷人", archive.filed_by.name], ["审核人", user.name],
    ]  # fmt: skip
    return said


def _common_papers(archive: CaseArchive, at: dt.datetime) -> set[int]:
    """Papers of the case that each colleague who reads the case may read: a letter to named persons is in no catalogue."""
    papers = IssuedDocument.objects.of_case(archive.case)  # door: narrowed to what every reader sees
    found = set(papers.values_list("pk", flat=True))
    for each in User.objects.acting_for(archive.department, on=local_date(at)):
        if Case.objects.readable_by(each).filter(pk=archive.case_id).exists():
            found &= set(papers.visible_to(each).values_list("pk", flat=True))
    return found


def issued_catalogue(context: dict[str, Any]) -> Form:
    """What `registry.letters` prints of `catalogue_context`."""
    return _paper(context)


def catalogue_of(case: Case, user: User, *, at: dt.datetime, among: set[int] | None = None) -> dict[str, Any]:
    """What the catalogue says, as JSON holds it. among: no other papers than these."""
    papers = IssuedDocument.objects.visible_to(user).of_case(case).filter(voided_at=None)
    if among is not None:
        papers = papers.filter(pk__in=among)
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
    return {
        "issuer": case.owner.name,
        "date": local_date(at).isoformat(),
        "number": case.number,
        "fields": [
            ["案件名称", case.title], ["主办单位", case.owner.name], ["立卷状态", status],
            ["件数", f"{len(rows)}件"], ["页数", f"{total}页（未登记页数的以“—”表示）"],
        ],
        "rows": [list(row) for row in rows],
    }  # fmt: skip


def _paper(said: dict[str, Any]) -> Form:
    return Form(
        issuer=said["issuer"],
        title="卷宗目录",
        date=dt.date.fromisoformat(said["date"]),
        number=said["number"],
        fields=tuple((name, value) for name, value in said["fields"]),
        tables=(
            Table(
                head=("序号", "类别", "名称", "文号", "形成单位", "日期", "页数"),
                rows=tuple(tuple(row) for row in said["rows"]), widths=(1, 1.2, 5, 3, 2, 2, 1), right=(6,),
            ),
        ),
        signatures=("立卷人", "审核人", "归档日期"),
    )  # fmt: skip
