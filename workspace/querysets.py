"""Doors to what belongs to one person."""

from django.db.models import Q, QuerySet

from core import registry


class OwnQuerySet(QuerySet):
    def visible_to(self, user):
        """Only one's own rows."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class DraftQuerySet(OwnQuerySet):
    def visible_to(self, user):
        """Only one's own, and of those in a case only while one sees the case."""
        own = super().visible_to(user)
        case = registry.kinds.get("case")
        if not user.is_authenticated or case is None:
            return own.filter(case_id=None)
        return own.filter(Q(case_id=None) | Q(case_id__in=case.visible_ids(user)))


class DelegationQuerySet(QuerySet):
    def visible_to(self, user):
        """Those of the department one acts for: colleagues know who stands in for whom."""
        if not user.is_authenticated or user.department is None or user.is_administrator:
            return self.none()
        return self.filter(department=user.department)

    def on(self, day):
        """Those that hold on a local date."""
        return self.filter(ended_at=None, since__lte=day, until__gte=day)


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
