"""Who may see a case: guardian's permissions on direct foreign keys, carrying what the list needs."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from guardian.managers import GroupObjectPermissionManager, UserObjectPermissionManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cases.enums import GrantCause
from cases.models.case import Case
from cases.querysets import OfCaseQuerySet
from core.scopes import Retention, Scope


class CaseGroupPermission(GroupObjectPermissionBase):
    """One live row per department and permission on a case, with the case's sort and filter columns.

    The columns are filled by a trigger from the case and kept by another (PLATFORM, measured design):
    the list starts here, takes a page by keyset and joins cases by primary key.
    """

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="group_permissions")
    opened_at = models.DateTimeField(editable=False)
    status = models.CharField(max_length=12, editable=False)
    owner_id = models.BigIntegerField(editable=False)
    lamp = models.CharField(max_length=1, editable=False)
    next_due_on = models.DateField(null=True, editable=False)
    suspected = models.DecimalField(max_digits=14, decimal_places=2, default=0, editable=False)
    restricted = models.BooleanField(editable=False)

    objects = GroupObjectPermissionManager()

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [
            models.Index(
                "group",
                "permission",
                models.F("opened_at").desc(),
                models.F("content_object").desc(),
                name="case_access_newest",
            ),
            models.Index(
                "group",
                "permission",
                "status",
                models.F("opened_at").desc(),
                models.F("content_object").desc(),
                name="case_access_status",
            ),
            models.Index(
                "group",
                "permission",
                "owner_id",
                models.F("opened_at").desc(),
                models.F("content_object").desc(),
                name="case_access_owner",
            ),
            models.Index(
                "group",
                "permission",
                "lamp",
                models.F("opened_at").desc(),
                models.F("content_object").desc(),
                name="case_access_lamp",
            ),
            models.Index(
                "group",
                "permission",
                Coalesce("next_due_on", Cast(models.Value("9999-12-31"), models.DateField())),
                "content_object",
                name="case_access_due",
            ),
            models.Index(
                "group",
                "permission",
                models.F("suspected").desc(),
                models.F("content_object").desc(),
                name="case_access_amount",
            ),
        ]


class CaseUserPermission(UserObjectPermissionBase):
    """A named person's permission: assignees write, restricted cases go by named persons only."""

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="user_permissions")

    objects = UserObjectPermissionManager()


class GrantRecord(models.Model):
    """Append-only: who could see a case from when until when, by whom and why. Expiry deletes the live row."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    department = models.ForeignKey(
        "departments.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    permission = models.CharField(max_length=20)
    cause = models.CharField(max_length=10, choices=GrantCause)
    cause_kind = models.CharField(max_length=30, blank=True, default="")
    cause_id = models.BigIntegerField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    since = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["expires_at"], condition=models.Q(ended_at=None), name="grant_expiring"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(department=None, user__isnull=False)
                | models.Q(department__isnull=False, user=None),
                name="grant_to_department_or_person",
            ),
            # an expiry ends a grant without anybody doing it
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None) | ~models.Q(ended_at=None),
                name="grant_ended_by_at"
            ),
            models.UniqueConstraint(
                fields=["case", "department", "user", "permission", "cause", "cause_kind", "cause_id"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="grant_one_live_a_cause",
            ),
        ]
