"""What belongs to one person: views, drafts, preferences, form keys, long jobs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.scopes import Classification, Retention, Scope
from departments.models import Department
from workspace.querysets import OwnQuerySet, SavedViewQuerySet


class SavedView(models.Model):
    """A list's query string under a name; shared with the department where `department` is set."""

    scope = Scope.PERSON
    retention = Retention.SHORT

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True)
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        ordering = ("order", "id")
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_name_once")]


class Preference(models.Model):
    """How one person likes a page: columns, density; and the whole house: language, font size, theme."""

    scope = Scope.PERSON
    retention = Retention.SHORT

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    page = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="preference_once_a_page")]


class Draft(models.Model):
    """A form somebody has begun; half-valid allowed."""

    scope = Scope.PERSON
    retention = Retention.SHORT

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form", "case_id"], name="draft_once", nulls_distinct=False
            )
        ]


class FormKey(models.Model):
    """An idempotency key that was used: the second submission of the same form or call finds this row.

    `digest` is that of the call; `code`, of HTTP, and `answer`, sealed, are what it was answered with.
    """

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"answer": Classification.SEALED}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    key = models.CharField(max_length=64)
    used_at = models.DateTimeField()
    result_url = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_key_once")]


from workspace.models_jobs import LongJob, Subscription  # noqa: E402 (they point to the views above)

__all__ = ["Draft", "FormKey", "LongJob", "Preference", "SavedView", "Subscription"]
