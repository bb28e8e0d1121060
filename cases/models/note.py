"""Remarks on a case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import NoteAudience
from cases.models.case import Case
from cases.querysets import NoteQuerySet
from core.scopes import Retention, Scope
from departments.models import Department


class Note(models.Model):
    """A remark, shared with the case, with one's department, or personal."""

    kind_code = "note"
    scope = Scope.CASE
    retention = Retention.CASE_FILE

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    audience = models.CharField(_("who may read"), max_length=10, choices=NoteAudience)
    text = models.TextField(_("text"), max_length=2000)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
