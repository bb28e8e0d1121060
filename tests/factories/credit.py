"""Bars, list entries, publications, points as they stand in the middle of their life, for tests of this half."""

import io
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases.actions import strands
from cases.models import Case, SubjectChange, SubjectRelation
from core.dates import local_date
from departments.enums import Function
from departments.models import Department
from sanctions.models import (
    AppliedMeasure,
    Bar,
    ListEntry,
    Measure,
    MeasureTask,
    Sanction,
)
from tests.factories.cases import make_case

NUMBER = "青医保解〔2026〕1号"


def _sanction(case, subject, *, by, at):
    authority = Department.objects.of(case.region, Function.INSURANCE).get()
    day = local_date(at)
    given = {
        "region": case.region, "department": authority, "authority": authority, "ground": "judgment",
        "decision_number": "（2026）青刑初1号", "decision_authority": "青禾县人民法院", "decided_on": day,
        "effective_on": day, "facts": "骗保。", "basis": "条例。", "proposed_by": by, "proposed_at": at, "created_at": at,
        "updated_at": at,
    }  # fmt: skip
    return Sanction.objects.get_or_create(case=case, subject=subject, defaults=given)[0]


def applied(case, subject, *, by, at, since, until, number=NUMBER, measure=None):
    """A measure as it was decided."""
    sanction = _sanction(case, case.subjects.first(), by=by, at=at)
    task, _made = MeasureTask.objects.get_or_create(
        sanction=sanction, department=sanction.authority, defaults={"created_at": at, "updated_at": at}
    )
    taken = AppliedMeasure.objects.filter(task=task, subject=subject).values("measure")
    measure = measure or Measure.objects.exclude(pk__in=taken).order_by("pk").first()
    return AppliedMeasure.objects.create(
        task=task, sanction=sanction, department=sanction.authority, measure=measure, subject=subject, status="decided",
        basis="条例。", decision_number=number, decided_on=since, since=since, until=until, created_at=at, updated_at=at,
    )  # fmt: skip


def bar(case, subject, *, by, at, since, until, number=NUMBER, because_of=None, **more):
    """A bar of the subject; of a responsible person `because_of` the institution."""
    measure = applied(case, subject, by=by, at=at, since=since, until=until, number=number)
    given = {
        "ground": "responsible_person" if because_of else "cancellation", "because_of": because_of,
        "amount": 5 if because_of else None, "unit": "year" if because_of else "",
        "basis": "条例第四十三条。",
        "decision_number": number, "status": "in_force",
    }  # fmt: skip
    return Bar.objects.create(
        region=case.region, subject=subject, sanction=measure.sanction, applied=measure, since=since, until=until,
        created_at=at, updated_at=at, **(given | more),
    )  # fmt: skip


def entry(subject, *, by, other, at, kind="black", since, until=None, **more):
    """A listed entry, proposed by one and approved by another."""
    department = Department.objects.of(subject.region, Function.INSURANCE).get()
    given = {
        "status": "listed", "reason": "欺诈骗保。", "basis": "机制。", "decision_number": "青医保认〔2026〕1号",
        "approved_by": other,
        "approved_at": at,
    }  # fmt: skip
    if kind == "permanent":
        given |= {
            "judgment_number": "（2026）青刑初1号",
            "judgment_court": "青禾县人民法院",
            "judgment_effective_on": since,
            "convicting": True,
        }
    if kind in ("black", "serious"):  # these rest on a determination
        case = Case.objects.filter(subjects=subject).first() or make_case(by=by, at=at, subject=subject)
        given["sanction"] = _sanction(case, subject, by=by, at=at)
    return ListEntry.objects.create(
        region=subject.region, department=department, subject=subject, kind=kind, since=since, until=until, proposed_by=by,
        proposed_at=at, created_at=at, updated_at=at, **(given | more),
    )  # fmt: skip


def penalty(case, *, by, deputy, at, number="青医保罚〔2026〕3号"):
    """The strand of a case, a penalty decided on it."""
    strand = case.strands.get()
    strands.file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=deputy, at=at)
    strands.investigate(strand=strand, by=by, at=at)
    strands.decide_strand(
        strand=strand,
        disposition="penalty",
        basis="条例第四十条",
        findings="属实。",
        decision_number=number,
        by=deputy,
        at=at,
    )
    strand.refresh_from_db()
    return strand


def xlsx(*rows, heads=("一", "二"), name="名单.xlsx"):
    """An Excel file with a heading and these rows; a text beginning with “=” becomes a formula."""
    book = Workbook()
    book.active.append(list(heads))
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def doors(case, subject, *, at, by, document_file, sha256):
    """Something of every thing of this half, for the doors: rows only."""
    from sanctions.models import (
        AnnualScore,
        Consequence,
        EligibilityAnswer,
        ExportLine,
        PointEntry,
        PointImport,
        Publication,
        PublicationExport,
    )

    case = Case.objects.get(pk=case.pk)
    day, stamps = local_date(at), {"created_at": at, "updated_at": at}
    home = {"region": case.region, "department": by.department}
    text = {
        "words": "定点机构违规",
        "basis": "条例",
        "name": subject.name,
        "code": subject.uscc,
        "formed_on": day,
    }
    prepared = Publication.objects.create(
        **home,
        kind="other",
        subject=subject,
        status="prepared",
        prepared_by=by,
        prepared_at=at,
        **text,
        **stamps,
    )
    other = type(by).objects.exclude(pk=by.pk).filter(posts__department=by.department).order_by("pk").first()
    gone = Publication.objects.create(
        **home, kind="other", subject=subject, status="withdrawing", prepared_by=by, prepared_at=at, released_by=other,
        released_at=at, published_on=day, cause="removed", cause_on=day, proof="x", proof_sha256=sha256,
        proof_name="截图.pdf",
        proof_type="application/pdf", **text, **stamps,
    )  # fmt: skip
    Publication.objects.filter(pk=gone.pk).update(proof=document_file)
    export = PublicationExport.objects.create(
        **home, format="json", columns=[], rows=1, file=document_file, sha256=sha256, by=by, at=at
    )
    ExportLine.objects.create(export=export, publication=gone, position=1)
    person = case.subjects.model.objects.create(
        region=case.region, kind="practitioner", name="某医师", created_at=at, updated_at=at
    )
    source = PointImport.objects.create(**home, name="名单.xlsx", sha256="0" * 64, rows=1, by=by, at=at)
    points = PointEntry.objects.create(
        **home, subject=person, points=3, dated_on=day, year=day.year, behaviour="超量开药", basis="办法", source=source,
        entered_by=by, entered_at=at, **stamps,
    )  # fmt: skip
    score = AnnualScore.objects.create(
        **home,
        subject=subject,
        year=day.year,
        score="58",
        basis="考核",
        entered_by=by,
        entered_at=at,
        **stamps,
    )
    task = Consequence.objects.create(
        **home, subject=person, year=day.year, kind="talk", cause="6分", **stamps
    )
    done = Consequence.objects.create(
        **home, subject=person, year=day.year, kind="suspend", cause="9分", status="done", number="医保中支〔2026〕1号",
        done_on=day, months=1, done_by=by, done_at=at, **stamps,
    )  # fmt: skip
    answer = EligibilityAnswer.objects.create(
        **home, asked=subject.uscc, subject=subject, name=subject.name, on=day, eligible=True,
        facts={"reasons": [], "suspended": []}, asked_by=by, asked_at=at,
    )  # fmt: skip
    relation = SubjectRelation.objects.create(
        subject=subject,
        kind="responsible",
        other=person,
        from_on=day,
        basis="许可证",
        added_by=by,
        added_at=at,
        **stamps,
    )
    change = SubjectChange.objects.create(
        subject=subject, kind="renamed", happened_on=day, former_name="旧名", basis="公告", by=by, at=at
    )
    return SimpleNamespace(
        relation=relation, subject_change=change, publication=prepared,
        publication_gone=gone, publication_file=export, point_list=source, points=points, score=score,
        consequence=task, consequence_done=done, answer=answer,
    )  # fmt: skip
