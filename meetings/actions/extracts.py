"""摘录: numbered with the minutes, in words that never change; printed by a job, each once, however often it runs."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q

from cases.models import Case
from core.dates import local_date
from departments.models import Department
from documents.actions import issue_document, next_number
from meetings import minutes_paper
from meetings.enums import ResolutionStatus
from meetings.models import Extract, Minutes

log = logging.getLogger(__name__)
EXTRACT = "meeting_extract"


def number_extracts(minutes: Minutes, *, at: dt.datetime) -> None:
    """Part of issuing: a number of their own series for each department and each case something in them is about."""
    office = minutes.meeting.office
    asked = minutes.meeting.attendances.order_by("pk")
    owing = minutes.meeting.resolutions.exclude(status=ResolutionStatus.DROPPED)
    wanted: list[tuple[Department | None, Case | None]] = [
        (each, None)
        for each in Department.objects.filter(
            Q(pk__in=asked.values("department")) | Q(pk__in=owing.values("department"))
        ).order_by("pk")
    ]
    wanted += [
        (None, case) for case in Case.objects.filter(pk__in=minutes.parts.values("item__case")).order_by("pk")
    ]
    for department, case in wanted:
        parts = minutes_paper.parts_of(minutes, department=department, case=case)
        if not parts:
            continue
        whose = case.number if case else str(department.name if department else "")
        content = minutes_paper.extract_context(minutes, parts, whose=whose, of_case=case is not None, at=at)
        series, number = next_number(
            region=office.region, mark=f"{office.mark}纪摘", year=local_date(at).year
        )
        Extract.objects.create(
            minutes=minutes, department=department, case=case, series=series, sequence=number, content=content
        )


@transaction.atomic
def print_extract(*, extract: Extract) -> bool:
    """Print one under its number and date; whether it was this call that did. Killed halfway, nothing is left of it."""
    found = Extract.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=extract.pk, document=None
    )
    row = found.select_related(
        "minutes__meeting__office__region", "minutes__meeting__issued_by", "case", "series"
    ).first()
    if (
        row is None or row.series is None or row.sequence is None
    ):  # printed, or in the hands of another process
        return False
    meeting = row.minutes.meeting
    assert meeting.issued_at is not None
    row.document = issue_document(
        kind=EXTRACT, department=meeting.office, target=row, case=row.case, context=row.content,
        reserved=(row.series, row.sequence), by=meeting.issued_by, at=meeting.issued_at,
    )  # fmt: skip
    row.save(update_fields=["document"])
    return True


def print_due(*, at: dt.datetime) -> int:
    """The job: print every extract that has its number and no paper; how many. May run twice, late, or in two processes.

    One that cannot be printed is written down and left for the next run; the others do not wait for it.
    """
    printed = 0
    for extract in Extract.objects.filter(document=None).order_by("pk"):
        try:
            printed += print_extract(extract=extract)
        except Exception:
            log.exception("extract %s cannot be printed", extract.pk)
    return printed
