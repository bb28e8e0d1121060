"""The register of what goes to the credit platform: prepared, released by a second person, sent, received, withdrawn."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Subject
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from sanctions.enums_credit import (
    PUBLICATION_MOVES,
    Execution,
    FileFormat,
    InfoKind,
    PublicationStatus,
    Receipt,
    WithdrawalCause,
)
from sanctions.models.common import actor, paired, person
from sanctions.querysets_credit import (
    ExportQuerySet,
    MappingQuerySet,
    OfPublicationQuerySet,
    PublicationQuerySet,
)


class Publication(Versioned):
    """One piece of information for the public: what, on which basis, of whom — a person always masked.

    name, code: as they go out, masked by `sanctions.publication_masking` when the row is written. (source_kind, source_id):
    the list entry, bar or strand it says; stamp: by which decision and for which days that stood then
    (`publication_sources`). dropped_by: None where the job dropped it. formed_on: the
    day that was made or changed; the clock runs from it. proof: the
    file that shows that it left the platform.
    """

    kind_code = "publication"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = PUBLICATION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="publications")
    kind = models.CharField(_("kind of information"), max_length=10, choices=InfoKind)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="publications")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    source_kind = models.CharField(max_length=30, blank=True, default="")
    source_id = models.BigIntegerField(null=True)
    stamp = models.CharField(max_length=160, blank=True, default="")
    name = models.CharField(_("name as published"), max_length=100)
    code = models.CharField(_("code as published"), max_length=18, blank=True, default="")
    words = models.CharField(_("what is published"), max_length=500, blank=True, default="")
    basis = models.CharField(_("basis"), max_length=300, blank=True, default="")
    number = models.CharField(_("number of the decision"), max_length=60, blank=True, default="")
    formed_on = models.DateField(_("made or changed on"))
    since = models.DateField(_("in force from"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    execution = models.CharField(_("execution"), max_length=8, choices=Execution, default=Execution.RUNNING)
    opinion = models.CharField(_("opinion on the execution"), max_length=300, blank=True, default="")
    status = models.CharField(
        _("status"), max_length=12, choices=PublicationStatus, default=PublicationStatus.OWED
    )
    prepared_by, prepared_at = actor(), models.DateTimeField(null=True)
    released_by, released_at = actor(), models.DateTimeField(null=True)
    published_on = models.DateField(_("published on"), null=True)
    receipt = models.CharField(_("receipt number"), max_length=60, blank=True, default="")
    cause = models.CharField(
        _("why it is withdrawn"), max_length=10, choices=WithdrawalCause, blank=True, default=""
    )
    cause_on = models.DateField(_("that happened on"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    withdrawn_by, withdrawn_at = actor(), models.DateTimeField(null=True)
    dropped_by, dropped_at = actor(), models.DateTimeField(null=True)
    proof_name = models.CharField(_("proof"), max_length=150, blank=True, default="")
    proof = models.CharField(max_length=120, blank=True, default="")
    proof_type = models.CharField(max_length=100, blank=True, default="")
    proof_sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["region", "status"], name="publication_by_state"),
            models.Index(fields=["subject"], name="publication_by_subject"),
        ]
        constraints = [
            *paired("publication", "prepared", "released", "withdrawn", "dropped"),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("prepared_by")), name="publication_released_by_another"
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind"],
                condition=Q(source_id__isnull=False) & ~Q(status__in=["withdrawn", "dropped"]),
                name="publication_once_a_source",
            ),
            models.CheckConstraint(
                condition=Q(status="owed") | Q(status="dropped")
                | (Q(prepared_at__isnull=False) & ~Q(words="") & ~Q(basis="")),
                name="publication_prepared_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["owed", "prepared", "returned", "dropped"]) | Q(released_at__isnull=False),
                name="publication_released_before",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "withdrawing", "withdrawn"]) | Q(published_on__isnull=False),
                name="publication_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["withdrawing", "withdrawn"]) | (Q(cause_on__isnull=False) & ~Q(cause="")),
                name="publication_withdrawn_for_a_cause",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn")
                | (Q(withdrawn_at__isnull=False, withdrawn_on__isnull=False) & ~Q(proof="")),
                name="publication_withdrawn_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("published_on")),
                name="publication_withdrawn_after_publishing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "dropped", "rejected"]) | ~Q(reason=""),
                name="publication_not_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__isnull=False, until__gte=F("since")), name="publication_days_in_order"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("sanctions:publication", args=[self.pk])


class PublicationStart(models.Model):
    """From when on penalties of a region are owed to the public by this register: the job's first run, unless set before."""

    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.OneToOneField(Region, models.PROTECT, related_name="publication_start")
    since = models.DateTimeField()

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("beginning of the publication register")

    def __str__(self):
        return f"{self.region} · {self.since:%Y-%m-%d}"


class PublicationMapping(Versioned):
    """Which column of the platform takes which of our fields, in order. region None: the shipped one.

    columns: [[column, field], …]; fields are `sanctions.publication_files.FIELDS`.
    """

    kind_code = "publication_mapping"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    columns = models.JSONField(_("columns"), default=list)

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping of the credit platform")
        constraints = [
            models.UniqueConstraint(
                fields=["region"], nulls_distinct=False, name="publication_mapping_one_a_region"
            )
        ]

    def __str__(self):
        return str(self.region or "")


class PublicationExport(models.Model):
    """A file made for the platform: kept as it went out, with the mapping it was made by."""

    kind_code = "publication_export"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    format = models.CharField(_("format"), max_length=10, choices=FileFormat)
    columns = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("rows"))
    file = models.CharField(max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = person()
    at = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("file for the credit platform")
        ordering = ("-id",)

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("sanctions:export", args=[self.pk])


class ExportLine(models.Model):
    """A publication's row in a file, and what the platform said to it."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    export = models.ForeignKey(PublicationExport, models.PROTECT, related_name="lines")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("row"))
    receipt = models.CharField(_("receipt"), max_length=10, choices=Receipt, default=Receipt.WAITING)
    number = models.CharField(_("receipt number"), max_length=60, blank=True, default="")
    said_on = models.DateField(_("date"), null=True)
    message = models.CharField(_("message"), max_length=300, blank=True, default="")
    by, at = actor(), models.DateTimeField(null=True)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["export", "publication"], name="export_line_once"),
            models.UniqueConstraint(fields=["export", "position"], name="export_line_position_once"),
            models.CheckConstraint(
                condition=Q(receipt="waiting", at=None) | Q(~Q(receipt="waiting"), at__isnull=False, by__isnull=False),
                name="export_line_said_by_somebody",
            ),
        ]  # fmt: skip
