"""归档: a closed case goes to the archive, and comes back only by being reopened."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Keeping
from cases.models.case import Case
from cases.querysets import ArchiveQuerySet
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument


class CaseArchive(models.Model):
    """One archiving of a case (令4号 57): put together by its handler, confirmed by another, ended by sending back or
    reopening. volume: the how-manieth time it went there. until: the last day it is kept, none for ever. catalogue: the
    卷宗目录 as it was issued on confirming. explained: why papers or files are not complete.
    """

    kind_code = "case_archive"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="archives")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    number = models.CharField(_("archive number"), max_length=60)
    box = models.CharField(_("box"), max_length=40, blank=True)
    volume = models.PositiveSmallIntegerField(_("volume"))
    keeping = models.CharField(_("retention period"), max_length=10, choices=Keeping)
    until = models.DateField(_("kept until"), null=True)
    explained = models.TextField(_("why something is missing"), max_length=1000, blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    catalogue = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True, default="")

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("archiving")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="archive_once_at_a_time"),
            models.UniqueConstraint(
                fields=["department", "number"], condition=Q(ended_at=None), name="archive_number_once"
            ),
            models.CheckConstraint(
                condition=Q(keeping="permanent", until=None) | ~Q(keeping="permanent") & Q(until__isnull=False),
                name="archive_until_iff_dated",
            ),
            models.CheckConstraint(condition=Q(filed_by__isnull=False, filed_at__isnull=False), name="archive_filed_at_by"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, catalogue=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, catalogue__isnull=False),
                name="archive_confirmed_at_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("filed_by")), name="archive_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="archive_ended_at_by",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
