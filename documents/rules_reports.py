"""Who may do what with a statistics report: drafted by the office's coordinator, issued by a second person of it."""

from __future__ import annotations

from departments.enums import LEADERS, Function, Role
from departments.models import User
from documents.enums import REPORT_OPEN, ReportStatus
from documents.models import IssuedDocument, PeriodReport
from documents.querysets_reports import in_office


def can_see_statistics(user: User) -> bool:
    return in_office(user)


def _of_office(user: User) -> bool:
    return in_office(user) and user.department.function == Function.OFFICE


def can_draft_report(user: User) -> bool:
    """The coordinator of the office, and who leads it."""
    return _of_office(user) and user.has_role(Role.COORDINATOR, *LEADERS)


def _here(user: User, report: PeriodReport) -> bool:
    return can_draft_report(user) and user.department.pk == report.department_id


def can_count_again(user: User, report: PeriodReport) -> bool:
    """Whoever drafts reports of this office, until it is issued."""
    return _here(user, report) and report.status in REPORT_OPEN


def can_sign_report(user: User, report: PeriodReport) -> bool:
    """A second person of the office, never who drafted it."""
    return _here(user, report) and report.status == ReportStatus.DRAFT and report.drafted_by_id != user.pk


def can_correct_report(user: User, report: PeriodReport) -> bool:
    """An issued one that nothing has taken the place of."""
    if not _here(user, report) or report.status != ReportStatus.ISSUED:
        return False
    return not report.corrections.exclude(status=ReportStatus.DROPPED).exists()


def void_veto(document: IssuedDocument) -> list[str]:
    """An issued report is corrected by another that names it, never declared void."""
    from django.utils.translation import gettext as _

    if document.target_kind != PeriodReport.kind_code:
        return []
    return [_("Issue a correction that names this report instead.")]
