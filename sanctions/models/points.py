"""记分 of persons, the yearly score of institutions, and what follows from either (FACTS §2.7, E41, E44)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Subject
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from sanctions.enums_credit import (
    CONFIRMATION_MOVES,
    CONSEQUENCE_MOVES,
    Confirmation,
    ConsequenceKind,
    ConsequenceStatus,
    EntryKind,
)
from sanctions.models.common import actor, others, paired, person
from sanctions.points_rules import BEST, MOST, MOST_REPAIRED, SUSPEND_MONTHS
from sanctions.querysets_credit import ConsequenceQuerySet, ScoringQuerySet


def _reason_when_over(model):
    return models.CheckConstraint(
        condition=~Q(status__in=["rejected", "revoked"]) | ~Q(reason=""), name=f"{model}_over_with_reason"
    )


class PointImport(models.Model):
    """A list of points or scores somebody handed in as Excel: all of it, or none."""

    kind_code = "point_import"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=150)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    by = person()
    at = models.DateTimeField()

    objects = ScoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of points")
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["department", "sha256"], name="point_import_once")]

    def __str__(self):
        return self.name


class PointEntry(Versioned):
    """Points one act brought a person, or points repaired. Entered by one, confirmed by another; counted by calendar year.

    dated_on: the day of the decision on the points; its year is the year they count in. institution: where it happened.
    """

    kind_code = "point_entry"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"behaviour": Classification.PERSONAL, "points": Classification.PERSONAL}
    MOVES = CONFIRMATION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="point_entries")
    institution = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=EntryKind, default=EntryKind.POINTS)
    points = models.PositiveSmallIntegerField(_("points"))
    dated_on = models.DateField(_("date of the decision"))
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    behaviour = models.CharField(_("behaviour, or what was mended"), max_length=300)
    basis = models.CharField(_("basis"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Confirmation, default=Confirmation.ENTERED)
    source = models.ForeignKey(PointImport, models.PROTECT, null=True, related_name="entries")
    entered_by, entered_at = person(), models.DateTimeField()
    confirmed_by, confirmed_at = actor(), models.DateTimeField(null=True)
    ended_by, ended_at = actor(), models.DateTimeField(null=True)  # rejected or revoked
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    objects = ScoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("points")
        ordering = ("-dated_on", "-id")
        indexes = [models.Index(fields=["subject", "year", "status"], name="points_by_person")]
        constraints = [
            *paired("point_entry", "confirmed", "ended"),
            *others("point_entry", ("entered", "confirmed")),
            models.CheckConstraint(
                condition=Q(kind="points", points__gte=1, points__lte=MOST)
                | Q(kind="repair", points__gte=1, points__lte=MOST_REPAIRED),
                name="point_entry_in_range",
            ),
            models.CheckConstraint(condition=Q(year=F("dated_on__year")), name="point_entry_year_of_its_day"),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "revoked"]) | Q(confirmed_at__isnull=False),
                name="point_entry_confirmed_by_somebody",
            ),
            _reason_when_over("point_entry"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.points}"

    def get_absolute_url(self):
        return reverse("sanctions:points_entry", args=[self.pk])


class AnnualScore(Versioned):
    """An institution's yearly score of 0 to 100, entered by one and confirmed by another."""

    kind_code = "annual_score"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = CONFIRMATION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="annual_scores")
    year = models.PositiveSmallIntegerField(_("year"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    basis = models.CharField(_("basis"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Confirmation, default=Confirmation.ENTERED)
    source = models.ForeignKey(PointImport, models.PROTECT, null=True, related_name="scores")
    entered_by, entered_at = person(), models.DateTimeField()
    confirmed_by, confirmed_at = actor(), models.DateTimeField(null=True)
    ended_by, ended_at = actor(), models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    objects = ScoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual score")
        ordering = ("-year", "score", "id")
        constraints = [
            *paired("annual_score", "confirmed", "ended"),
            *others("annual_score", ("entered", "confirmed")),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=BEST), name="annual_score_in_range"),
            models.UniqueConstraint(
                fields=["subject", "year"], condition=Q(status__in=["entered", "confirmed"]), name="annual_score_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "revoked"]) | Q(confirmed_at__isnull=False),
                name="annual_score_confirmed_by_somebody",
            ),
            _reason_when_over("annual_score"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.year}"

    def get_absolute_url(self):
        return reverse("sanctions:score", args=[self.pk])


class Consequence(Versioned):
    """What points or a score propose; a person decides whether it is done. Once for a subject, year and kind.

    months: of a suspension (1–6) or an end (12 or 36), as decided. number: of the decision or the paper. fell_on: the day
    its ground fell after it was done: it is to be lifted. lifted_on: it held through the day before.
    """

    kind_code = "credit_consequence"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = CONSEQUENCE_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="consequences")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=ConsequenceKind)
    status = models.CharField(
        _("status"), max_length=10, choices=ConsequenceStatus, default=ConsequenceStatus.PROPOSED
    )
    cause = models.CharField(_("because of"), max_length=200)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    number = models.CharField(_("number of the decision"), max_length=60, blank=True, default="")
    done_on = models.DateField(_("date"), null=True, blank=True)
    done_by, done_at = actor(), models.DateTimeField(null=True)
    dismissed_by, dismissed_at = actor(), models.DateTimeField(null=True)
    fell_on = models.DateField(_("its ground fell on"), null=True)
    lift_number = models.CharField(_("number of the decision that lifts it"), max_length=60, blank=True, default="")
    lifted_on = models.DateField(_("lifted on"), null=True)
    lifted_by, lifted_at = actor(), models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    objects = ConsequenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("consequence of points or a score")
        ordering = ("-id",)
        constraints = [
            *paired("consequence", "done", "dismissed", "lifted"),
            *others("consequence", ("done", "lifted")),
            models.UniqueConstraint(
                fields=["subject", "year", "kind"], condition=~Q(status="lifted"), name="consequence_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(status="lifted") | (Q(lifted_at__isnull=False, lifted_on__gte=F("done_on")) & ~Q(lift_number="")
                & ~Q(reason="")),
                name="consequence_lifted_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "lifted"])
                | (Q(done_at__isnull=False, done_on__isnull=False) & ~Q(number="")),
                name="consequence_done_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="done", kind="suspend")
                | Q(months__gte=SUSPEND_MONTHS[0], months__lte=SUSPEND_MONTHS[1]),
                name="consequence_suspension_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(status="done", kind="end") | Q(months__in=[12, 36]), name="consequence_end_in_range"
            ),
            models.CheckConstraint(
                condition=~Q(status="dismissed") | (Q(dismissed_at__isnull=False) & ~Q(reason="")),
                name="consequence_dismissed_with_reason",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("sanctions:consequence", args=[self.pk])
