"""The doors to publications, points, scores, what follows from them, and look-ups."""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases, readable_ids
from departments.enums import Function
from sanctions.enums_credit import UNRELEASED, Confirmation, ConsequenceStatus, PublicationStatus

# whose business 记分 and yearly scores are, beside the coordinating office
SCORING = (Function.INSURANCE, Function.AGENCY)


def scores(user) -> bool:
    """Whether the person acts in the medical-insurance department or its handling agency."""
    return may_hold_cases(user) and user.department.function in SCORING


class PublicationQuerySet(QuerySet):
    def visible_to(self, user):
        """Until released the department's own, with the case where there is one; then the platform's keeper's as well; what
        was published is the region's."""
        if not may_hold_cases(user):
            return self.none()
        here = self.filter(region=user.region)
        own = Q(department=user.department) & (Q(case=None) | Q(case__in=readable_ids(user)))
        if user.department.function == Function.REFORM:
            return here.filter(own | ~Q(status__in=UNRELEASED))
        public = (PublicationStatus.PUBLISHED, PublicationStatus.WITHDRAWING, PublicationStatus.WITHDRAWN)
        return here.filter(
            own | Q(status__in=public) | Q(department=user.department) & ~Q(status__in=UNRELEASED)
        )

    def for_list(self):
        return self.select_related("department", "subject")


class OfPublicationQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(
            publication__in=apps.get_model("sanctions", "Publication").objects.visible_to(user)
        )


class ExportQuerySet(QuerySet):
    def visible_to(self, user):
        """The department that made it."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(region=user.region, department=user.department)


class MappingQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in with a post."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(region=user.region) | Q(region=None))

    def of(self, region):
        """The region's, else the shipped one; the first row is the answer."""
        return self.filter(Q(region=region) | Q(region=None)).order_by(
            "region_id"
        )  # PostgreSQL puts NULL last


class ScoringQuerySet(QuerySet):
    def visible_to(self, user):
        """Points, scores and what follows: the medical-insurance department and the agency of the region."""
        if not scores(user):
            return self.none()
        return self.filter(region=user.region)

    def standing(self):
        """Confirmed, and not revoked."""
        return self.filter(status=Confirmation.CONFIRMED)

    def to_confirm(self, user):
        """Entered by others of the department."""
        return self.visible_to(user).filter(status=Confirmation.ENTERED, department=user.department).exclude(
            entered_by=user
        )  # fmt: skip


class ConsequenceQuerySet(QuerySet):
    def visible_to(self, user):
        if not scores(user):
            return self.none()
        return self.filter(region=user.region)

    def open(self):
        return self.filter(status=ConsequenceStatus.PROPOSED)

    def to_lift(self):
        """Done, and their ground fell since."""
        return self.filter(status=ConsequenceStatus.DONE, fell_on__isnull=False)


class AnswerQuerySet(QuerySet):
    def visible_to(self, user):
        """One's department's look-ups of bodies; those of persons are the asker's own."""
        if not may_hold_cases(user):
            return self.none()
        own = self.filter(region=user.region, department=user.department)
        return own.filter(Q(personal=False) | Q(asked_by=user))
