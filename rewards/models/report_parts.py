"""What hangs on a report: its files, what was added later, who may report as a social supervisor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Region
from rewards.fields import SealedTextField
from rewards.models.report import Report
from rewards.querysets import OfReportQuerySet, SupervisorQuerySet


class ReportFile(models.Model):
    """A file a reporter handed in. Name and bytes are kept sealed: pictures show who took them."""

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    classification = {"name": Classification.SEALED}

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    name = SealedTextField(_("file name"))
    place = models.CharField(max_length=120)  # name in the storage
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    objects = OfReportQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="report_file_once")]


class Addition(models.Model):
    """What the reporter said afterwards, or the officer answered him; `outgoing` is an answer."""

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    classification = {"text": Classification.SEALED}

    report = models.ForeignKey(Report, models.PROTECT, related_name="additions")
    outgoing = models.BooleanField(default=False)
    text = SealedTextField(_("text"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfReportQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(outgoing=False) | Q(by__isnull=False), name="report_answer_by_somebody"
            )
        ]


class Supervisor(Versioned):
    """社会义务监督员 (S2 E29): invited for a term, with the number of the letter of appointment."""

    kind_code = "supervisor"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"name": Classification.PERSONAL}

    region = models.ForeignKey(Region, models.PROTECT, related_name="supervisors")
    name = models.CharField(_("name"), max_length=40)
    body = models.CharField(_("invited as"), max_length=60)
    number = models.CharField(_("number of the appointment letter"), max_length=40)
    term_from = models.DateField(_("term from"))
    term_to = models.DateField(_("term to"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        verbose_name = _("social supervisor")
        ordering = ("-term_to", "number")
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="supervisor_number_once"),
            models.CheckConstraint(
                condition=Q(term_from__lte=models.F("term_to")), name="supervisor_term_in_order"
            ),
        ]

    def __str__(self):
        return self.number
