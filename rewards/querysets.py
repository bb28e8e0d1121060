"""The doors to reports (举报): report officers of the department that received them, nobody else."""

from django.apps import apps
from django.db import models

from departments.enums import ADMINISTRATORS, Function, Role

# who holds no key: who works on reports, pays rewards, administers the house, or belongs to the leading group's office
NO_CUSTODIANS = (
    *ADMINISTRATORS,
    Role.REPORT_OFFICER,
    Role.EXPERT,
    Role.COORDINATOR,
    Role.OBSERVER,
    Role.FINANCE,
)


def barring_posts(day=None):
    """Posts that no custodian of reporters' keys holds on a day (default today)."""
    held = apps.get_model("departments", "Post").objects.current(day)
    return held.filter(models.Q(role__in=NO_CUSTODIANS) | models.Q(department__function=Function.OFFICE))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.has_role(Role.REPORT_OFFICER):
            return self.none()
        return self.filter(department=user.department)

    def to_answer(self):
        """Whose case has a result, which the reporter wants to learn and has not.

        A case merged into another has the result of that one (ADR 0075).
        """
        merges = apps.get_model("cases", "CaseMerge").objects.in_force().filter(case=models.OuterRef("case"))
        over = ("decided", "closed")
        return self.filter(
            models.Exists(merges.filter(main__status__in=over))
            | models.Q(~models.Exists(merges), case__status__in=over),
            status="accepted", wants_answer=True,
        )  # fmt: skip


class OfReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.has_role(Role.REPORT_OFFICER):
            return self.none()
        return self.filter(report__department=user.department)


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Report officers see the openings of their department's reports, custodians those of their region."""
        if not user.is_authenticated or user.post is None:
            return self.none()
        held = apps.get_model("rewards", "Custodian").objects.keeping().filter(user=user)
        allowed = models.Q(models.Exists(held.filter(region=user.region)), region=user.region)
        if user.has_role(Role.REPORT_OFFICER):
            allowed |= models.Q(department=user.department)
        return self.filter(allowed)


class CustodianQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who holds keys is known to the administrator who names them, to custodians and to report officers."""
        if not user.is_authenticated or user.post is None:
            return self.none()
        if not user.has_role(Role.SYSTEM_ADMIN, Role.REPORT_OFFICER) and not holds_key(user):
            return self.none()
        return self.filter(region=user.region)

    def in_force(self):
        return self.filter(ended_at=None)

    def keeping(self):
        """Those in force who may still use their key: whoever was given a barring post afterwards may not."""
        return self.in_force().exclude(user__in=barring_posts().values("user"))


class SupervisorQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.has_role(Role.REPORT_OFFICER):
            return self.none()
        return self.filter(region=user.region)

    def serving(self, day):
        return self.filter(term_from__lte=day, term_to__gte=day)


def holds_key(user):
    """Whether the person is a custodian of the region they act in, and holds no post that bars it."""
    if not user.is_authenticated or user.post is None:
        return False
    model = apps.get_model("rewards", "Custodian")
    return model.objects.keeping().filter(user=user, region=user.region).exists()
