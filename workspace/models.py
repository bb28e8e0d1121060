"""What belongs to one person: views, drafts, preferences, form keys, long jobs."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.scopes import Classification, Retention, Scope
from departments.enums import Role
from departments.models import Department
from workspace.querysets import DelegationQuerySet, DraftQuerySet, OwnQuerySet, SavedViewQuerySet


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
    """A form somebody has begun; half-valid allowed. One for each person and address (`url`, made by the server).

    `form` is the name of the address, a key of `core.registry.draft_forms`; `target_id` what it is about there.
    """

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"values": Classification.PERSONAL}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "url"], name="draft_once_an_address")]


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


class Delegation(models.Model):
    """Somebody is away, and a colleague of the department minds what waits for them (ADR 0068).

    `since` and `until` are local dates, both included; it ends by itself, or on the spot (`ended_by`, `ended_at`).
    """

    kind_code = "delegation"
    scope = Scope.DEPARTMENT
    retention = Retention.LOG

    away = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations", verbose_name=_("away")
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="standing_in", verbose_name=_("stands in")
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="delegations")
    role = models.CharField(_("post"), max_length=16, choices=Role)  # of the post whose matters are minded
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    told_end = models.BooleanField(default=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        ordering = ("-since", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_until_after_since"),
            models.CheckConstraint(condition=~Q(away=F("delegate")), name="delegation_to_another"),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="delegation_ended_by_at",
            ),
            ExclusionConstraint(  # one at a time for each person and department
                name="delegation_one_at_a_time",
                expressions=[
                    (Func("away", "away", Value("[]"), function="int8range"), "&&"),
                    (Func("department", "department", Value("[]"), function="int8range"), "&&"),
                    (
                        Func("since", "until", Value("[]"), function="daterange", output_field=DateRangeField()),
                        "&&",
                    ),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.away} → {self.delegate}"


from workspace.models_jobs import LongJob, Subscription  # noqa: E402 (they point to the views above)

__all__ = ["Delegation", "Draft", "FormKey", "LongJob", "Preference", "SavedView", "Subscription"]
