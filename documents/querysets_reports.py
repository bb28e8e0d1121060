"""The door to statistics reports: the office of the region and the county's leaders."""

from django.db.models import Q, QuerySet

from departments.enums import OUTSIDE_CASES, Function, Role
from documents.enums import ReportStatus


def in_office(user) -> bool:
    """Somebody acting in the leading group's office, or watching as a county leader; administrators never."""
    if not user.is_authenticated or user.post is None or user.post.role in OUTSIDE_CASES:
        return False
    return user.department.function == Function.OFFICE or user.has_role(Role.COORDINATOR, Role.OBSERVER)


class PeriodReportQuerySet(QuerySet):
    def visible_to(self, user):
        """Those of the own region; of a region below only what was issued."""
        if not in_office(user):
            return self.none()
        below = Q(region__parent=user.region, status=ReportStatus.ISSUED)
        return self.filter(Q(region=user.region) | below)

    def for_list(self):
        return self.select_related("region", "department", "drafted_by", "signed_by", "document", "corrects__document")
