"""What one has dealt with of rewards and reports, by their numbers alone. Never shown to who stands in (ADR 0068)."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Q, QuerySet

from core.registry import TaskSource
from departments.models import User
from rewards import rules, rules_reports
from rewards.enums import ReportStatus
from rewards.enums_money import RewardStatus
from rewards.models import Report, Reward
from workspace.boxes import source

OVER = (RewardStatus.PAID, RewardStatus.HONOURED, RewardStatus.WAIVED, RewardStatus.VOID)


def settled(user: User) -> QuerySet[Reward]:
    """Rewards this person took a step in that are over."""
    if not rules.can_list(user):
        return Reward.objects.none()
    mine = Q(proposed_by=user) | Q(approved_by=user) | Q(funded_by=user) | Q(paid_by=user) | Q(honoured_by=user)
    return Reward.objects.visible_to(user).filter(mine, status__in=OVER)


def answered(user: User) -> QuerySet[Report]:
    """Reports this report officer decided on that wait for nothing more."""
    if not rules_reports.works_on_reports(user):
        return Report.objects.none()
    over = (ReportStatus.REFUSED, ReportStatus.ANSWERED)
    return Report.objects.visible_to(user).filter(decided_by=user, status__in=over).defer("facts")


def _sealed(found: TaskSource) -> TaskSource:
    rows: Callable = found.rows
    return replace(found, rows=lambda user, limit: (replace(row, target=None) for row in rows(user, limit)))


SOURCES = [
    _sealed(source("done", 60, settled, sort="updated_at", origin="department")),
    _sealed(source("done", 30, answered, sort="decided_at", origin="department")),
]
