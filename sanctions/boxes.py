"""What one has proposed and carried out, for the workbench's tabs of what was begun and of what is done."""

from django.db.models import Q, QuerySet

from departments.models import User
from sanctions import rules
from sanctions.enums import TASK_OVER, SanctionStatus
from sanctions.models import MeasureTask, Sanction
from workspace.boxes import source

UNDER_WAY = (SanctionStatus.PROPOSED, SanctionStatus.HEARD, SanctionStatus.DECIDED, SanctionStatus.IN_FORCE)


def proposed(user: User) -> QuerySet[Sanction]:
    """Sanctions this person proposed that are not over."""
    if not rules.can_list(user):
        return Sanction.objects.none()
    return Sanction.objects.visible_to(user).filter(proposed_by=user, status__in=UNDER_WAY)


def dealt_with(user: User) -> QuerySet[MeasureTask]:
    """Tasks of determinations in which this person took the last steps."""
    if not rules.can_list(user):
        return MeasureTask.objects.none()
    mine = Q(refused_by=user) | Q(decided_by=user) | Q(executed_by=user) | Q(fed_back_by=user)
    return MeasureTask.objects.visible_to(user).filter(mine, status__in=TASK_OVER, department=user.department)


SOURCES = [
    source("started", 65, proposed, sort="proposed_at", origin="department", related=("subject",)),
    source("done", 65, dealt_with, sort="updated_at", origin="department", related=("sanction__subject",)),
]
