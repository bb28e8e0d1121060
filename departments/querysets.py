"""Doors to departments, people and posts."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.dates import local_date


class DepartmentQuerySet(QuerySet):
    def visible_to(self, user):
        """The departments of the user's own region, and of the region above it."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(region=user.region) | Q(region=user.region.parent_id))

    def active(self):
        return self.filter(active=True)


class UserQuerySet(QuerySet):
    def visible_to(self, user):
        """People with a post in the user's region (the office directory)."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(posts__department__region=user.region).distinct()

    def acting_for(self, department, *roles, on=None):
        """Active people who hold one of `roles` (or any post) in `department` today."""
        posts = {"posts__department": department}
        if roles:
            posts["posts__role__in"] = roles
        day = on or local_date(timezone.now())
        return (
            self.filter(is_active=True)
            .filter(
                Q(posts__until=None) | Q(posts__until__gte=day),
                posts__since__lte=day,
                **posts,
            )
            .distinct()
        )


class PostQuerySet(QuerySet):
    def current(self, on=None):
        """Posts held on the local date `on` (default today)."""
        day = on or local_date(timezone.now())
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def visible_to(self, user):
        """Posts in the user's region."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(department__region=user.region)
