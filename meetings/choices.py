"""Whom and what the forms of a meeting offer."""

import datetime as dt

from django.db.models import QuerySet

from cases.models import Case
from departments.enums import OUTSIDE_CASES, Function
from departments.models import Department, Post, Region, User
from meetings.models import Meeting


def people(department: Department, on: dt.date) -> QuerySet[User]:
    """Active people with a business post in a department."""
    return User.objects.on_cases_of([department], on).order_by("name")


def posts(meeting: Meeting, on: dt.date) -> QuerySet[Post]:
    """Who may be named in a resolution."""
    return posts_in(meeting.region, on)


def posts_in(region: Region, on: dt.date) -> QuerySet[Post]:
    """Business posts of the region's departments that work here."""
    held = Post.objects.current(on).filter(
        department__in=Department.objects.fillable(region), user__is_active=True
    )
    return (
        held.exclude(role__in=OUTSIDE_CASES)
        .select_related("department", "user")
        .order_by("department", "user__name")
    )


def bodies(meeting: Meeting) -> QuerySet[Department]:
    """Departments without an account that were asked to the meeting: one of their people is named by name."""
    return bodies_in(meeting.region).filter(pk__in=meeting.attendances.values("department"))


def bodies_in(region: Region) -> QuerySet[Department]:
    """Departments of the region without an account."""
    return Department.objects.active().filter(region=region, has_account=False).order_by("pk")


def cases(user: User) -> QuerySet[Case]:
    """Open cases this person sees; restricted ones stay among those named on them."""
    return Case.objects.visible_to(user).open().filter(restricted=False).order_by("-opened_at", "-pk")


def guests(meeting: Meeting) -> QuerySet[Department]:
    """Departments of the region that may be invited without vote."""
    found = Department.objects.active().filter(region=meeting.region).exclude(function=Function.OFFICE)
    return found.exclude(pk__in=meeting.attendances.values("department")).order_by("pk")
