"""提前介入: the joint team that finds out of what nature a case is (C11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Evidence
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
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


class TeamPaper(models.Model):
    """What a body without an account wrote to the team, entered by the registrar of who leads; `file` is its scan.

    `number` and `dated_on` are those of the paper. What it says stands in the finding, the view or the names.
    """

    kind_code = "team_paper"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    classification = {"person": Classification.PERSONAL}

    team = models.ForeignKey(JointTeam, models.PROTECT, related_name="papers")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    person = models.CharField(_("who signed it there"), max_length=40)
    number = models.CharField(_("their document number"), max_length=40, blank=True)
    dated_on = models.DateField(_("dated"))
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    by = _person()
    at = models.DateTimeField()

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a body on the team")
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(file="") & ~Q(sha256=""), name="team_paper_has_its_scan")]

    def __str__(self):
        return self.name


def _on_paper(name):
    """Whoever said it on paper, the scan is there; not asked of rows older than the scans."""
    return models.CheckConstraint(
        condition=Q(said_by="", paper=None) | (~Q(said_by="") & Q(paper__isnull=False)), name=name
    )


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
    paper = models.ForeignKey(TeamPaper, models.PROTECT, null=True, related_name="+")  # beside that of the acceptance
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
    paper = models.ForeignKey(TeamPaper, models.PROTECT, null=True, related_name="+")
    by = _person()
    at = models.DateTimeField()

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of the team")
        ordering = ("id",)
        constraints = [_on_paper("team_finding_on_paper_has_its_scan")]


class TeamView(models.Model):
    """A member department's own view of the nature; one a department, changed until the opinion is recorded."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    team = models.ForeignKey(JointTeam, models.CASCADE, related_name="views")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    text = models.TextField(_("grounds"), max_length=2000)
    said_by = models.CharField(_("said by"), max_length=40, blank=True)
    paper = models.ForeignKey(TeamPaper, models.PROTECT, null=True, related_name="+")
    by = _person()
    at = models.DateTimeField()

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of a department")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["team", "department"], name="team_view_once_a_department"),
            _on_paper("team_view_on_paper_has_its_scan"),
        ]

    @property
    def dissents(self) -> bool:
        """Whether it differs from the opinion that was recorded."""
        return bool(self.team.outcome) and self.nature != self.team.outcome
