"""A report (举报) and its reporters, who are numbers everywhere but in the vault."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from rewards.enums import REPORT_MOVES, Channel, Naming, ReporterKind, ReportStatus, ToldVia
from rewards.fields import SealedTextField
from rewards.querysets import OfReportQuerySet, ReportQuerySet


class Report(Versioned):
    """What somebody told a department about a suspicion. `summary` is redacted and the only text that travels."""

    kind_code = "report"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = REPORT_MOVES
    classification = {"facts": Classification.SEALED}

    region = models.ForeignKey(Region, models.PROTECT, related_name="reports")
    department = models.ForeignKey(Department, models.PROTECT, related_name="reports")
    number = models.CharField(_("report number"), max_length=40)
    receipt_digest = models.CharField(
        max_length=64, unique=True, editable=False
    )  # of the 16-digit receipt code
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    naming = models.CharField(_("naming"), max_length=12, choices=Naming)
    subject_name = models.CharField(_("who is reported"), max_length=120)
    subject_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    facts = SealedTextField(_("facts"))
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    summary = models.TextField(_("redacted summary"), blank=True)
    wants_reward = models.BooleanField(_("wants a reward"), default=False)
    wants_answer = models.BooleanField(_("wants an answer"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.RECEIVED)
    reason = models.TextField(_("reason"), blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="reports")
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)  # a real-name reporter learnt of the filing (令5号)
    told_via = models.CharField(_("told by"), max_length=10, choices=ToldVia, blank=True)
    received_at = models.DateTimeField(_("received"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # verification goes on all the same

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ("-received_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="report_number_once_a_region"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="report_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(told_by=None, told_at=None) | Q(told_by__isnull=False, told_at__isnull=False),
                name="report_told_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status="received", decided_at=None)
                | (~Q(status="received") & Q(decided_at__isnull=False)),
                name="report_decided_iff_moved",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["accepted", "answered"], case__isnull=False)
                | Q(status__in=["received", "refused"], case=None),
                name="report_case_iff_accepted",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("rewards:report", args=[self.pk])


class Reporter(models.Model):
    """One of those who report together, by position from 1. Who it is stands in the vault alone."""

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    report = models.ForeignKey(Report, models.PROTECT, related_name="reporters")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of reporter"), max_length=8, choices=ReporterKind)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        ordering = ("report", "position")
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="reporter_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="reporter_position_from_one"),
        ]

    def __str__(self):
        return f"{self.report.number}-{self.position}"
