"""What waits in the office about statistics reports: a signature, or a draft sent back."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from desk.periods import read
from documents import rules_reports as rules
from documents.enums import ReportStatus
from documents.models import PeriodReport


def _waiting(user):
    """Drafts of somebody else to sign, and what was sent back to the person."""
    if not rules.can_draft_report(user):
        return PeriodReport.objects.none()
    mine = Q(drafted_by=user)
    waits = (Q(status=ReportStatus.DRAFT) & ~mine) | (Q(status=ReportStatus.RETURNED) & mine)
    return PeriodReport.objects.visible_to(user).filter(waits, department=user.department)


@stepwise
def todo_rows(user, limit, asked: Gathering) -> Steps:
    """One row a report, with what is to be done."""
    reports = asked.rows(_waiting(user).select_related("drafted_by").order_by("pk")[:limit])
    yield
    rows = []
    for report in reports:
        url = reverse("desk:statistics_report", args=[report.pk])
        period = read(report.period).label
        signing = report.status == ReportStatus.DRAFT
        pattern = _("Sign the statistics of %(period)s") if signing else _("Count the statistics of %(period)s again")
        rows.append(
            TaskRow(
                phrase=pattern % {"period": period}, url=url, source=str(report.drafted_by),
                action_label=_("Look"), action_url=url,
            )
        )  # fmt: skip
    return rows


def todo_count(user):
    return _waiting(user)
