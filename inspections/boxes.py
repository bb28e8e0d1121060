"""What one has planned and seen through, for the workbench's tabs of what was begun and of what is done."""

from django.db.models import Q, QuerySet

from departments.models import User
from inspections import rules
from inspections.enums import InspectionStatus, RectificationStatus
from inspections.models import Inspection, Rectification
from workspace.boxes import source

OVER = (InspectionStatus.CLOSED, InspectionStatus.CANCELLED)


def _planned(user: User) -> QuerySet[Inspection]:
    if not rules.may_inspect(user):
        return Inspection.objects.none()
    return Inspection.objects.visible_to(user).filter(drafted_by=user, lead=user.department)


def planned(user: User) -> QuerySet[Inspection]:
    """Inspections this person planned that are not over."""
    return _planned(user).exclude(status__in=OVER)


def carried_out(user: User) -> QuerySet[Inspection]:
    """Those that are."""
    return _planned(user).filter(status__in=OVER)


def rectified(user: User) -> QuerySet[Rectification]:
    """Rectifications this person followed or confirmed."""
    if not rules.may_inspect(user):
        return Rectification.objects.none()
    mine = Q(person=user) | Q(confirmed_by=user)
    over = (RectificationStatus.CONFIRMED, RectificationStatus.REPLACED)
    return Rectification.objects.visible_to(user).filter(mine, department=user.department, status__in=over)


SOURCES = [
    source("started", 60, planned, sort="updated_at", origin="lead"),
    source("done", 60, carried_out, sort="updated_at", origin="lead"),
    source("done", 61, rectified, sort="updated_at", origin="department", related=("finding",)),
]
