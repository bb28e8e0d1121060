"""What a visit found, where each finding went, and the summary every department signs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Category, Department
from inspections.enums import FINDING_MOVES, RECTIFICATION_MOVES, Outcome, RectificationStatus, SignKind
from inspections.models.common import actor, moment, paired
from inspections.models.inspection import Inspection, Partner
from inspections.models.visit import Visit
from inspections.querysets import (
    FindingQuerySet,
    OfFindingQuerySet,
    OfSummaryQuerySet,
    RectificationQuerySet,
    WorkQuerySet,
)


class Finding(Versioned):
    """Something that is not in order. `found_on` is the local day from which a clock of discovery runs (C14).

    amount: yuan, where known. outcome: where it went, with who decided so; `outcome_text` is a remark's words or what
    is to be rectified.
    """

    kind_code = "finding"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = FINDING_MOVES

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField(_("number"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("found by"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    found_on = models.DateField(_("found on"))
    text = models.TextField(_("what was found"))
    evidence = models.CharField(_("what shows it"), max_length=500, blank=True, default="")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    added_by, added_at = actor(), moment()
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN)
    outcome_text = models.CharField(_("what was decided"), max_length=500, blank=True, default="")
    outcome_by, outcome_at = actor(), moment()
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="findings_of_inspections"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        ordering = ("inspection", "number")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="finding_amount_positive"
            ),
            *paired("finding", "added", "outcome"),
            models.CheckConstraint(
                condition=Q(outcome="open", outcome_at=None, case=None)
                | Q(outcome__in=["case", "joined"], outcome_at__isnull=False, case__isnull=False)
                | (
                    Q(outcome__in=["rectify", "remark"], outcome_at__isnull=False, case=None)
                    & ~Q(outcome_text="")
                ),
                name="finding_went_somewhere",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        return reverse("inspections:finding", args=[self.pk])

    @property
    def in_record(self) -> bool:
        """Whether it stands in the printed record the inspected sign: what came to light later does not."""
        printed = self.visit.printed_at
        return printed is not None and self.added_at is not None and self.added_at <= printed


class FindingFile(models.Model):
    """Evidence of a finding: a photograph, a copy. Stored under its SHA-256; never changed."""

    kind_code = "finding_file"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    file = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a finding")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["finding", "sha256"], name="finding_file_once")]

    def __str__(self):
        return self.name


class Rectification(Versioned):
    """What the inspected have to put right by a day; a department follows it, and another person confirms it."""

    kind_code = "rectification"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = RECTIFICATION_MOVES

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="rectification")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("to be rectified by"))
    status = models.CharField(
        _("status"), max_length=10, choices=RectificationStatus, default=RectificationStatus.OPEN
    )
    done_by, done_at = actor(), moment()
    done_text = models.CharField(_("what was put right"), max_length=500, blank=True, default="")
    confirmed_by, confirmed_at = actor(), moment()

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification")
        ordering = ("due_on", "id")
        constraints = [
            *paired("rectification", "done", "confirmed"),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "confirmed"])
                | (Q(done_at__isnull=False) & ~Q(done_text="")),
                name="rectification_done_says_what",
            ),
            models.CheckConstraint(
                condition=Q(status="confirmed", confirmed_at__isnull=False)
                | (~Q(status="confirmed") & Q(confirmed_at=None)),
                name="rectification_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("done_by")),
                name="rectification_confirmed_by_another",
            ),
        ]

    def __str__(self):
        return str(self.finding)

    def get_absolute_url(self):
        return self.finding.get_absolute_url()


class Summary(models.Model):
    """现场检查汇总: the newest number counts; a new one leaves the signatures behind on the old. Only ever added to."""

    kind_code = "inspection_summary"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="summaries")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("summary"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary of an inspection")
        ordering = ("inspection", "number")
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="summary_number_once")]

    def __str__(self):
        return str(self.inspection)

    def get_absolute_url(self):
        return f"{self.inspection.get_absolute_url()}?tab=summary"


class SummarySignature(models.Model):
    """A department signed one version of the summary, or objected to it. Only ever added to."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="signatures")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="signatures")
    kind = models.CharField(_("signature"), max_length=8, choices=SignKind)
    words = models.CharField(_("words"), max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature of a summary")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "partner"],
                condition=Q(kind="signed"),
                name="summary_signed_once_a_department",
            ),
            models.CheckConstraint(
                condition=Q(kind="signed") | ~Q(words=""), name="summary_objects_with_words"
            ),
        ]
