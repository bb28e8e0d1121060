"""提前介入: the joint team that finds out of what nature a case is (C11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Evidence
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.enums import TEAM_MOVES, Nature, TeamStatus
from referrals.models.common import paired
from referrals.querysets import OfTeamQuerySet, TeamQuerySet


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class JointTeam(Versioned):
    """A team of several departments on one unclear point, led by the department that invited; one open a case.

    Its opinion (定性意见) says how the case goes on; every department's view is kept, dissent too.
    """

    kind_code = "team"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = TEAM_MOVES

    case = models.ForeignKey(Case, models.PROTECT, related_name="teams")
    department = models.ForeignKey(Department, models.PROTECT, related_name="led_teams")
    unclear = models.CharField(_("what is unclear"), max_length=1000)
    status = models.CharField(_("status"), max_length=10, choices=TeamStatus, default=TeamStatus.FORMING)
    formed_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("opinion"), max_length=10, choices=Nature, blank=True)
    reasons = models.TextField(_("grounds"), max_length=4000, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    concluded_by = _person(null=True)
    concluded_at = models.DateTimeField(null=True)
    dissolved_by = _person(null=True)
    dissolved_at = models.DateTimeField(null=True)
    dissolve_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint team")
        ordering = ("-id",)
        constraints = [
            *paired("team", "concluded", "dissolved"),
            models.UniqueConstraint(
                fields=["case", "department"], condition=Q(status__in=["forming", "working"]), name="team_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="forming", formed_at=None, concluded_at=None, dissolved_at=None, outcome="")
                | Q(status="working", formed_at__isnull=False, concluded_at=None, dissolved_at=None, outcome="")
                | (Q(status="concluded", formed_at__isnull=False, concluded_at__isnull=False, dissolved_at=None)
                   & ~Q(outcome=""))
                | Q(status="dissolved", concluded_at=None, dissolved_at__isnull=False, outcome=""),
                name="team_stamps_fit_status",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.case.title

    def get_absolute_url(self):
        return reverse("referrals:team", args=[self.pk])


class TeamMember(models.Model):
    """A named person on the team; the name on the case ends when the team does.

    A person of a body on paper has no account here: only the name that its paper gives.
    """

    scope = Scope.CASE
    retention = Retention.PERMANENT

    team = models.ForeignKey(JointTeam, models.CASCADE, related_name="members")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    user = _person(null=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    joined_by = _person()
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team member")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(ended_at=None), name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")), name="team_member_is_somebody"
            ),
        ]

    def __str__(self):
        return self.name or str(self.user)


class TeamFinding(models.Model):
    """What a member found, for the departments of the team; it stays as it was written."""

    kind_code = "team_finding"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    team = models.ForeignKey(JointTeam, models.CASCADE, related_name="findings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    text = models.TextField(_("what was found"), max_length=4000)
    evidence = models.ManyToManyField(Evidence, related_name="+", verbose_name=_("evidence"))
    said_by = models.CharField(_("said by"), max_length=40, blank=True)  # of a body on paper; `by` entered it
    by = _person()
    at = models.DateTimeField()

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of the team")
        ordering = ("id",)


class TeamView(models.Model):
    """A member department's own view of the nature; one a department, changed until the opinion is recorded."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    team = models.ForeignKey(JointTeam, models.CASCADE, related_name="views")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    text = models.TextField(_("grounds"), max_length=2000)
    said_by = models.CharField(_("said by"), max_length=40, blank=True)
    by = _person()
    at = models.DateTimeField()

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of a department")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["team", "department"], name="team_view_once_a_department")
        ]

    @property
    def dissents(self) -> bool:
        """Whether it differs from the opinion that was recorded."""
        return bool(self.team.outcome) and self.nature != self.team.outcome
