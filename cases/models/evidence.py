"""Evidence and who held it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import CustodyKind
from cases.models.case import Case
from cases.querysets import CustodyQuerySet, OfCaseQuerySet
from core.scopes import Retention, Scope
from departments.models import Department


class Evidence(models.Model):
    """A file, stored under its SHA-256, that never changes."""

    kind_code = "evidence"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    name = models.CharField(_("name"), max_length=150)
    origin = models.CharField(_("origin"), max_length=100, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    file = models.FileField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    department = models.ForeignKey(Department, models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sha256"], condition=models.Q(voided_at=None), name="evidence_once_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None, voided_by=None)
                | models.Q(voided_at__isnull=False, voided_by__isnull=False),
                name="evidence_voided_at_by",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def suffix(self) -> str:
        """The kind of file as people know it: PDF, XLSX, PNG."""
        return self.name.rpartition(".")[2].upper()[:8] if "." in self.name else "—"



class Custody(models.Model):
    """A line of the custody record: who received, viewed, downloaded, handed over or verified it."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CustodyKind)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    to_department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    cause_kind = models.CharField(max_length=30, blank=True, default="")
    cause_id = models.BigIntegerField(null=True)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
