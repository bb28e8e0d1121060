"""Doors to departments, people and posts."""

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.dates import local_date
from departments.enums import ADMINISTRATORS, Role


class DepartmentQuerySet(QuerySet):
    def visible_to(self, user):
        """The departments of the user's own region, and of the region above it."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(region=user.region) | Q(region=user.region.parent_id))

    def active(self):
        return self.filter(active=True)

    def fillable(self, region):
        """The departments of a region in which posts can be filled."""
        return self.active().filter(region=region, has_account=True)

    def of(self, region, function):
        """The active departments of a region with one function: one row, several only for OTHER and AGENCY."""
        return self.active().filter(region=region, function=function)

    def receivers(self, kind, sender, *, proposed=False):
        """Departments of the sender's region to which it may send this kind of referral (C16, `Route`).

        proposed: only those the form ticks by itself (C10's default recipients).
        """
        routes = apps.get_model("departments.Route").objects.of(kind, sender.function)
        if proposed:
            routes = routes.filter(proposed=True)
        return (
            self.active()
            .filter(region_id=sender.region_id, function__in=routes.values("receiver"))
            .exclude(pk=sender.pk)
        )

    def competent_for(self, categories, region):
        """The active departments of a region competent for any of these categories of violation (C4–C6, T8)."""
        competences = apps.get_model("departments.Competence").objects.filter(category__in=categories)
        return self.active().filter(region=region, function__in=competences.values("function"))


class UserQuerySet(QuerySet):
    def visible_to(self, user):
        """People with a post in the user's region; for its system administrator also those without any post."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        posts = apps.get_model("departments.Post").objects
        here = Q(pk__in=posts.visible_to(user).values("user"))
        if user.has_role(Role.SYSTEM_ADMIN):
            here |= ~Q(pk__in=posts.values("user"))
        return self.filter(here)

    def named(self, words):
        """People whose name or staff number contains `words`; everybody for none."""
        return self.filter(Q(name__contains=words) | Q(staff_number__icontains=words)) if words else self

    def acting_for(self, department, *roles, on=None):
        """Active people who hold one of `roles` (or any post) in `department` today."""
        posts = {"posts__department": department}
        if roles:
            posts["posts__role__in"] = roles
        day = on or local_date(timezone.now())
        return (
            self.filter(is_active=True)
            .filter(
                Q(posts__until=None) | Q(posts__until__gt=day),
                posts__since__lte=day,
                **posts,
            )
            .distinct()
        )


    def on_cases_of(self, departments, on=None):
        """Active people with a business post in any of `departments` on the local date `on` (default today)."""
        day = on or local_date(timezone.now())
        held = apps.get_model("departments.Post").objects.current(day).filter(department__in=departments)
        business = held.exclude(role__in=ADMINISTRATORS)
        return self.filter(is_active=True, pk__in=business.values("user"))


class PostQuerySet(QuerySet):
    def current(self, on=None):
        """Posts held on the local date `on` (default today); `until` is the first day without the post."""
        day = on or local_date(timezone.now())
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def visible_to(self, user):
        """Posts in the user's region."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(department__region=user.region)


class RouteQuerySet(QuerySet):
    def of(self, kind, sender):
        """The routes of one kind of referral from one function."""
        return self.filter(kind=kind, sender=sender)
