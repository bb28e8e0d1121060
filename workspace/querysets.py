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


class LongJobQuerySet(OwnQuerySet):
    def for_list(self):
        """Without what a page never shows."""
        return self.defer("covers", "parameters")

    def unended(self):
        return self.filter(ended_at=None)

    def to_be_taken(self, at, *, after):
        """Those nobody works on: queued longer than `after`, or held by somebody whose lease ran out before `at`."""
        return self.filter(Q(status="queued", created_at__lte=at - after) | Q(status="running", lease_until__lte=at))
