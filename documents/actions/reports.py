"""A statistics report: counted and drafted, sent back or signed by a second person, corrected by another that names it."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from core.states import move
from departments.enums import LEADERS, Role
from departments.models import User
from documents.actions.issuing import issue_document
from documents.enums import ReportStatus
from documents.models import PeriodReport
from journal.actions import notify, record

KIND = "statistics_report"


@transaction.atomic
def draft_report(
    *,
    period: str,
    last_day: dt.date,
    figures: dict[str, Any],
    corrects: PeriodReport | None = None,
    reason: str = "",
    by: User,
    at: dt.datetime,
) -> PeriodReport:
    """Put the figures of a period, counted at `at`, to a second person of the office.

    figures: see `PeriodReport`. last_day: of the period. corrects: the issued report this one takes the place of.

    :raises BadInput: the period is not over, or a correction without a reason
    :raises WrongState: the report to be corrected is of another period or region, or not issued
    :raises AlreadyDone: one is being written, or issued and not named as corrected
    """
    if last_day >= local_date(at):
        raise BadInput(_("The period is not over yet. Its numbers are on the page of the statistics."), field="period")
    reason = reason.strip()
    if corrects is not None and not reason:
        raise BadInput(_("Say what is corrected and why."), field="reason")
    region = by.post.department.region
    if corrects is not None and (
        corrects.status != ReportStatus.ISSUED or (corrects.region_id, corrects.period) != (region.pk, period)
    ):
        raise WrongState(_("Only an issued report of the same period is corrected."))
    standing = PeriodReport.objects.filter(region=region, period=period, status=ReportStatus.ISSUED)
    if corrects is None and standing.exists():
        raise AlreadyDone(_("The report of this period was issued. Correct it from its page."))
    try:
        with transaction.atomic():
            report = PeriodReport.objects.create(
                region=region, department=by.post.department, period=period, figures=figures, counted_at=at,
                corrects=corrects, reason=reason if corrects is not None else "", drafted_by=by, drafted_at=at,
                created_at=at, updated_at=at,
            )  # fmt: skip
    except IntegrityError:  # of two who begin at once the second
        raise AlreadyDone(_("A report of this period is being written already.")) from None
    more = {"corrects": corrects.pk, "reason": reason} if corrects is not None else {}
    record("statistics.drafted", target=report, by=by, at=at, period=period, **more)
    return report


@transaction.atomic
def count_again(*, report: PeriodReport, figures: dict[str, Any], by: User, at: dt.datetime) -> PeriodReport:
    """Put the numbers of now in the place of those drafted before; whoever counts is its drafter from here on."""
    values: dict[str, Any] = {"figures": figures, "counted_at": at, "drafted_by": by, "drafted_at": at}
    if report.status == ReportStatus.RETURNED:
        move(report, ReportStatus.DRAFT, at=at, **values)
    else:
        _still_drafted(report)
        for name, value in {**values, "updated_at": at, "version": report.version + 1}.items():
            setattr(report, name, value)
        report.save(update_fields=[*values, "updated_at", "version"])
    record("statistics.counted", target=report, by=by, at=at, period=report.period)
    return report


def _still_drafted(report: PeriodReport) -> None:
    found = PeriodReport.objects.select_for_update(of=("self",)).filter(pk=report.pk)
    if found.values_list("status", flat=True).get() != ReportStatus.DRAFT:
        raise WrongState(state=report.status)
    report.refresh_from_db()  # behind the lock: as it is signed or counted, not as it was opened


@transaction.atomic
def return_report(*, report: PeriodReport, reason: str, by: User, at: dt.datetime) -> PeriodReport:
    """Send the draft back to be counted again.

    :raises BadInput: no reason
    :raises FourEyes: by who drafted it
    :raises WrongState: it is not waiting for a signature
    """
    _still_drafted(report)
    _second(report, by)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    move(
        report, ReportStatus.RETURNED, at=at, returned_by=by, returned_at=at, return_reason=reason.strip()
    )
    record("statistics.returned", target=report, by=by, at=at, period=report.period, reason=reason.strip())
    return report


def _second(report: PeriodReport, by: User) -> None:
    if report.drafted_by_id == by.pk:
        raise FourEyes


@transaction.atomic
def sign_report(*, report: PeriodReport, by: User, at: dt.datetime) -> PeriodReport:
    """Issue it with the numbers it was drafted with: numbered, printed, frozen.

    :raises FourEyes: by who drafted it
    :raises WrongState: it is not waiting for a signature
    :raises AlreadyDone: another one of the period was issued while this was begun
    """
    _still_drafted(report)
    _second(report, by)
    same = PeriodReport.objects.filter(region=report.region_id, period=report.period, status=ReportStatus.ISSUED)
    if report.corrects_id is None and same.exists():
        raise AlreadyDone(_("The report of this period was issued. Correct it from its page."))
    document = issue_document(
        kind=KIND, department=report.department, target=report, case=None, by=by, at=at,
        context={
            "period": report.period, "issuer": report.department.name, "region": report.region.name,
            "figures": report.figures, "counted_at": report.counted_at.isoformat(), "issued_at": at.isoformat(),
            "drafted_by": str(report.drafted_by), "signed_by": str(by), "reason": report.reason,
            "corrects": report.corrects.document.number if report.corrects and report.corrects.document else "",
        },
        mark=f"{report.department.mark}统",
    )  # fmt: skip
    move(report, ReportStatus.ISSUED, at=at, signed_by=by, signed_at=at, document=document)
    record("statistics.issued", target=report, by=by, at=at, period=report.period, number=document.number)
    office = User.objects.acting_for(report.department, Role.COORDINATOR, *LEADERS, on=local_date(at))
    notify(
        office.exclude(pk=by.pk).order_by("pk"), "statistics.was_issued", target=report, at=at,
        department=report.department, tone="g", period=report.period, number=document.number,
    )  # fmt: skip
    return report


@transaction.atomic
def drop_report(*, report: PeriodReport, by: User, at: dt.datetime) -> PeriodReport:
    """Give a draft up. :raises WrongState: it was issued"""
    move(report, ReportStatus.DROPPED, at=at, dropped_by=by, dropped_at=at)
    record("statistics.dropped", target=report, by=by, at=at, period=report.period)
    return report


@transaction.atomic
def note_taken(*, period: str, region: int, what: str, by: User, at: dt.datetime) -> None:
    """Write down that somebody took the figures or the rows behind one along as a file. what: a figure, or "table"."""
    record("statistics.exported", target=("region", region), by=by, at=at, period=period, what=what)
