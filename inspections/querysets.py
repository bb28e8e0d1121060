"""The doors to joint inspections.

The lead department sees its plan from the first word; the departments it asks, the office of the region and its
observers from the moment they are asked. What a visit found is read by the departments that take part; the office
sees the plan, who answered, and counts (FACTS §4: metadata and status). An outside expert sees the inspections the
expert is named on, while the post lasts.
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from departments.enums import OUTSIDE_CASES, Function, Role
from inspections.enums import OPEN, VISIT_OVER, RectificationStatus, VisitStatus


def may_inspect(user) -> bool:
    """Somebody acting in a business post of a department; administrators never, experts by name only."""
    return (
        user.is_authenticated
        and user.is_active
        and user.post is not None
        and user.post.role not in OUTSIDE_CASES
    )


def is_expert(user) -> bool:
    """An outside expert while the post lasts."""
    return (
        user.is_authenticated and user.is_active and user.post is not None and user.post.role == Role.EXPERT
    )


def in_office(user) -> bool:
    """Whether the person acts in the leading group's office, or watches as a county leader."""
    return may_inspect(user) and (
        user.department.function == Function.OFFICE or user.has_role(Role.COORDINATOR, Role.OBSERVER)
    )


def _model(name):
    return apps.get_model("inspections", name)


class InspectionQuerySet(QuerySet):
    def visible_to(self, user):
        """The lead's own, those one's department was asked to, the office's of its region; an expert's by name."""
        if in_office(user):
            here = self.filter(region=user.region)
            return here.filter(Q(asked_at__isnull=False) | Q(lead=user.department))
        return self.readable_by(user)

    def readable_by(self, user):
        """Inspections whose visits and findings the person reads: a department that takes part, or a named expert."""
        if is_expert(user):
            named = _model("Member").objects.filter(inspection=OuterRef("pk"), user=user, left_at=None)
            return self.filter(Exists(named), region=user.region, asked_at__isnull=False)
        if not may_inspect(user):
            return self.none()
        part = _model("Partner").objects.filter(
            inspection=OuterRef("pk"), department=user.department, dropped_at=None
        )
        own = Q(lead=user.department) | Q(Exists(part), asked_at__isnull=False)
        return self.filter(own, region=user.region)

    def open(self):
        return self.filter(status__in=OPEN)

    def for_list(self):
        return self.select_related("lead", "region")


class OfInspectionQuerySet(QuerySet):
    """What belongs to the plan: seen with the inspection."""

    def visible_to(self, user):
        return self.filter(inspection__in=_model("Inspection").objects.visible_to(user))

    def staying(self):
        """Not left out again: targets that are still to be visited."""
        return self.filter(dropped_at=None)

    def there(self):
        """Members that have not left."""
        return self.filter(left_at=None)


class PartnerQuerySet(OfInspectionQuerySet):
    def inspecting(self):
        return self.staying().filter(role="inspecting")

    def unanswered(self):
        """Asked, and silent."""
        return self.staying().filter(answer="none", inspection__asked_at__isnull=False)


class WorkQuerySet(QuerySet):
    """What was found on site: read by who takes part, not by the office."""

    def visible_to(self, user):
        return self.filter(inspection__in=_model("Inspection").objects.readable_by(user))

    def undecided(self):
        """Findings that went nowhere yet."""
        return self.filter(outcome="open")


class VisitQuerySet(WorkQuerySet):
    def standing(self):
        """Those that were not recorded by mistake."""
        return self.exclude(status=VisitStatus.VOID)

    def over(self):
        """Those whose record was signed or refused."""
        return self.filter(status__in=VISIT_OVER)


class FindingQuerySet(WorkQuerySet):
    def for_reader(self, user):
        """Each with `case_seen` (its case is open to the reader) and `case_hidden`: of a restricted case nobody learns
        who is not named on it."""
        cases = apps.get_model("cases", "Case").objects
        mine = cases.visible_to(user)
        kept = cases.filter(pk=OuterRef("case"), restricted=True).exclude(pk__in=mine.values("pk"))
        return self.annotate(case_seen=Exists(mine.filter(pk=OuterRef("case"))), case_hidden=Exists(kept))


class OfVisitQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(visit__inspection__in=_model("Inspection").objects.readable_by(user))


class OfFindingQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(finding__inspection__in=_model("Inspection").objects.readable_by(user))


class RectificationQuerySet(OfFindingQuerySet):
    def unfinished(self):
        return self.filter(status__in=(RectificationStatus.OPEN, RectificationStatus.DONE))


class OfRectificationQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(task__finding__inspection__in=_model("Inspection").objects.readable_by(user))


class OfSummaryQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(summary__inspection__in=_model("Inspection").objects.readable_by(user))


class CertificateQuerySet(QuerySet):
    def visible_to(self, user):
        """Of one's region: who inspects is shown to the inspected anyway; the lead names them on its papers."""
        if not may_inspect(user):
            return self.none()
        return self.filter(department__region=user.region)

    def valid(self, on):
        """In force on the local date `on`: not withdrawn, the last day not passed."""
        return self.filter(withdrawn_at=None, valid_until__gte=on)


class ChecklistQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in with a post; of departments those of the own region."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(department=None) | Q(department__region=user.region))

    def of(self, department):
        """What a department goes by: its own lists where it has any in force, else those shipped for its function."""
        own = self.filter(department=department, active=True)
        return (
            own if own.exists() else self.filter(department=None, function=department.function, active=True)
        )


class OfChecklistQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(checklist__in=_model("Checklist").objects.visible_to(user))
