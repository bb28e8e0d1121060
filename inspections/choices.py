"""Whom and what the forms of an inspection offer."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.enums import CaseStatus
from cases.models import Case, CaseSubject, Subject
from departments.enums import LEADERS, OUTSIDE_CASES, Function, Role
from departments.models import Category, Department, Post, User
from inspections.draw_enums import DrawStatus
from inspections.enums import VisitStatus
from inspections.models import EnforcementCertificate, Finding, Inspection, Member, Partner, Target, Visit


def departments(inspection: Inspection) -> QuerySet[Department]:
    """Departments of the county that work here and are not on the plan; never the office (T4)."""
    there = inspection.partners.filter(dropped_at=None).values("department")
    found = Department.objects.fillable(inspection.region).exclude(function=Function.OFFICE)
    return found.exclude(pk__in=there).order_by("pk")


def subjects(inspection: Inspection, user: User) -> QuerySet[Subject]:
    """Bodies of the county that are not on the plan."""
    there = inspection.targets.filter(dropped_at=None).values("subject")
    found = Subject.objects.visible_to(user).filter(region=inspection.region, uscc__isnull=False)
    return found.exclude(pk__in=there).order_by("name", "pk")


def certificates(partner: Partner) -> QuerySet[EnforcementCertificate]:
    """Those of the department that are valid until the inspection is over."""
    found = EnforcementCertificate.objects.valid(partner.inspection.ends_on)
    return found.filter(department=partner.department).select_related("user").order_by("user__name", "pk")


def people(department: Department, on: dt.date) -> QuerySet[User]:
    """Active people with a business post in a department; no experts."""
    held = Post.objects.current(on).filter(department=department).exclude(role__in=OUTSIDE_CASES)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def experts(inspection: Inspection, on: dt.date) -> QuerySet[User]:
    """Outside experts of the county that are not named yet."""
    held = Post.objects.current(on).filter(role=Role.EXPERT, department__region=inspection.region)
    there = inspection.members.filter(left_at=None, user__isnull=False).values("user")
    return (
        User.objects.filter(is_active=True, pk__in=held.values("user"))
        .exclude(pk__in=there)
        .order_by("name", "pk")
    )


def drawn(inspection: Inspection) -> bool:
    """Whether a draw named its officers."""
    return inspection.draws.filter(status=DrawStatus.DRAWN).exists()


def officers(target: Target) -> QuerySet[Member]:
    """Who may stand in a record of this target as an inspector: where officers were drawn, those drawn for it."""
    found = target.inspection.members.filter(role="inspector", left_at=None)
    draw = target.inspection.draws.filter(status=DrawStatus.DRAWN).first()
    if draw is not None:
        named = draw.drawn_officers.filter(
            target__subject=target.subject_id, certificate__user=OuterRef("user"), department=OuterRef("partner__department")
        )  # fmt: skip
        found = found.filter(Exists(named)).annotate(reserve=Exists(named.filter(reserve=True)))
    return found.select_related("partner__department", "certificate").order_by(
        "-partner__leads", "partner", "pk"
    )


def open_records(visit: Visit) -> QuerySet[Visit]:
    """The other records of the inspection that are still being written."""
    found = visit.inspection.visits.filter(status=VisitStatus.OPEN).exclude(pk=visit.pk)
    return found.select_related("target__subject").order_by("visited_on", "pk")


def categories() -> QuerySet[Category]:
    return Category.objects.filter(active=True).order_by("order", "code")


def cases(finding: Finding, user: User) -> QuerySet[Case]:
    """Open cases the person may write in (as `cases.rules.can_work` says), those about the same body first."""
    found = Case.objects.for_page(user).filter(whole=True).exclude(status=CaseStatus.CLOSED)
    found = (
        found.filter(Q(named=True) | Q(takes_part=True))
        if user.has_role(*LEADERS)
        else found.filter(named=True)
    )
    same = CaseSubject.objects.filter(case=OuterRef("pk"), subject=finding.visit.target.subject_id)
    return found.annotate(same=Exists(same)).order_by("-same", "-opened_at", "-pk")
