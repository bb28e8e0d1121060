"""What 双随机 draws from: a department's lists of targets and of officers, and how often a year somebody is visited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.enums import BODIES, SubjectKind
from cases.models import Subject
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from inspections.draw_algorithm import digest_of
from inspections.draw_enums import HEAVIEST, Ground, PoolKind, Risk
from inspections.models.common import actor, paired
from inspections.models.team import EnforcementCertificate
from inspections.pools_querysets import (
    CapQuerySet,
    CoverageQuerySet,
    OfOfficerQuerySet,
    OfPoolQuerySet,
    PoolQuerySet,
)


class Pool(Versioned):
    """A list a department keeps. `version` counts its changes: a draw is committed to on the one the page showed."""

    kind_code = "pool"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="pools")
    department = models.ForeignKey(Department, models.PROTECT, related_name="pools")
    kind = models.CharField(_("kind"), max_length=10, choices=PoolKind)
    name = models.CharField(_("name"), max_length=60)
    made_by, made_at = actor(), models.DateTimeField(null=True)
    retired_by, retired_at = actor(), models.DateTimeField(null=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool")
        ordering = ("kind", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=["department", "kind", "name"], name="pool_name_once"),
            *paired("pool", "made", "retired"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("inspections:pool", args=[self.pk])


class PoolTarget(models.Model):
    """A body that may be drawn. weight: how many lots it has; more than one only with the reason why."""

    kind_code = "pool_target"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="targets")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    area = models.CharField(_("area"), max_length=40, blank=True, default="")
    risk = models.CharField(_("risk class"), max_length=6, choices=Risk, default=Risk.LOW)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    reason = models.CharField(_("reason of the weight"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfPoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of a pool")
        ordering = ("subject__uscc", "id")
        constraints = [
            models.UniqueConstraint(fields=["pool", "subject"], name="pool_target_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=HEAVIEST), name="pool_target_weight_in_range"
            ),
            models.CheckConstraint(condition=Q(weight=1) | ~Q(reason=""), name="pool_target_weight_has_reason"),
        ]  # fmt: skip

    def __str__(self):
        return self.subject.name

    def get_absolute_url(self):
        return self.pool.get_absolute_url()

    @property
    def mark(self) -> str:
        """Another one once anything of the line is changed: what a form was opened on."""
        return digest_of(f"{self.area}|{self.risk}|{self.weight}|{self.reason}")[:16]


class PoolOfficer(models.Model):
    """An officer who may be drawn, by the enforcement certificate they act under."""

    kind_code = "pool_officer"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="officers")
    certificate = models.ForeignKey(EnforcementCertificate, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfPoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer of a pool")
        ordering = ("certificate__number", "id")
        constraints = [models.UniqueConstraint(fields=["pool", "certificate"], name="pool_officer_once")]

    def __str__(self):
        return str(self.certificate)

    def get_absolute_url(self):
        return self.pool.get_absolute_url()


class PoolRecusal(models.Model):
    """回避: this officer is not drawn for a target, or for none at all (`subject` NULL), and why.

    ground: its kind, frozen with the list of a draw. reason: in words, about a family perhaps; only who keeps the pool reads
    it, and it goes with the row.
    """

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    classification = {"reason": Classification.PERSONAL}

    officer = models.ForeignKey(PoolOfficer, models.CASCADE, related_name="recusals")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("kind of ground"), max_length=8, choices=Ground, default=Ground.OTHER)
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("recusal")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                F("officer"), models.functions.Coalesce("subject", 0), name="pool_recusal_once"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=["relative", "post"]) | (Q(ground="other") & ~Q(reason="")),
                name="pool_recusal_has_ground",
            ),
        ]


class VisitCap(Versioned):
    """How often a year a body of a kind is visited at most (国办发〔2024〕54号). `region` NULL is what ships."""

    kind_code = "visit_cap"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=SubjectKind)
    most = models.PositiveSmallIntegerField(_("visits a year at most"))

    objects = CapQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly cap of visits")
        ordering = ("kind",)
        constraints = [
            models.UniqueConstraint(
                models.functions.Coalesce("region", 0), F("kind"), name="visit_cap_once_a_kind"
            ),
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=366), name="visit_cap_in_range"),
            models.CheckConstraint(condition=Q(kind__in=sorted(BODIES)), name="visit_cap_of_bodies"),
        ]


class CoverageYear(Versioned):
    """A region's year of full inspection cover (E35): what its clock `full_coverage` hangs on. One a year."""

    kind_code = "coverage_year"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    covered_at = models.DateTimeField(null=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("year of full coverage")
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="coverage_year_once")]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return f"{reverse('inspections:coverage')}?year={self.year}"


class CoverageExemption(models.Model):
    """A body that does not count towards full coverage from a year on (closed, merged, agreement ended), and why.

    ended: it counts again from the calendar year of that instant; the years before stay as they were reported.
    """

    kind_code = "coverage_exemption"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by, ended_at = actor(), models.DateTimeField(null=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption from full coverage")
        ordering = ("subject__name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(ended_at=None), name="coverage_exemption_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="coverage_exemption_has_reason"),
            *paired("coverage_exemption", "ended"),
        ]

    def __str__(self):
        return self.subject.name

    def get_absolute_url(self):
        return reverse("inspections:coverage")
