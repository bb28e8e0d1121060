"""Doors to what belongs to one person."""

from django.db.models import Q, QuerySet


class OwnQuerySet(QuerySet):
    def visible_to(self, user):
        """Only one's own rows."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class SavedViewQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own views and those shared with the department one acts for."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user=user) | Q(department__isnull=False, department=user.department))
