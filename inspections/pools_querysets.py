"""The doors to pools: the department that keeps one, and the leading group's office of the region, which only reads."""

from django.db.models import Q, QuerySet

from inspections.querysets import in_office, may_inspect


class PoolQuerySet(QuerySet):
    def visible_to(self, user):
        """One's department's; all of the region for its office."""
        if not may_inspect(user):
            return self.none()
        here = self.filter(region=user.region)
        return here if in_office(user) else here.filter(department=user.department)

    def in_use(self):
        return self.filter(retired_at=None)


class OfPoolQuerySet(QuerySet):
    def visible_to(self, user):
        """With their pool."""
        return self.filter(pool__in=self.model._meta.get_field("pool").related_model.objects.visible_to(user))


class OfOfficerQuerySet(QuerySet):
    def visible_to(self, user):
        """With the officer's pool."""
        officers = self.model._meta.get_field("officer").related_model.objects.visible_to(user)
        return self.filter(officer__in=officers)


class CapQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in with a post."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.of(user.region)

    def of(self, region):
        """The region's own caps and the shipped ones."""
        return self.filter(Q(region=region) | Q(region=None))


class CoverageQuerySet(QuerySet):
    def visible_to(self, user):
        """Counts of the region, for everybody there in a business post."""
        return self.filter(region=user.region) if may_inspect(user) else self.none()
