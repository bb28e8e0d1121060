"""What happened: the record nobody can change, what people are told, and what leaves the house."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.scopes import Retention, Scope
from journal.querysets import EventQuerySet, NotificationQuerySet


class Event(models.Model):
    """One thing that happened. No foreign keys, so that the record never depends on live rows.

    Never holds reporter or insured-person data: ids, codes, old and new values only. Lives in the
    `audit` schema, where the application may insert and read, nothing else (ADR 0004).
    """

    scope = Scope.CASE
    retention = Retention.PERMANENT

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    region_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=30, blank=True, default="")
    target_id = models.BigIntegerField(null=True)
    params = models.JSONField(default=dict)
    # also in the table, said by the database alone: recorded_at, xid, cluster (journal.sealer)

    objects = EventQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = 'audit"."event'
        ordering = ("id",)


class Seal(models.Model):
    """A link of the hash chain over events, written by the sealer's own role after the fact."""

    scope = Scope.NONE
    retention = Retention.PERMANENT

    id = models.BigAutoField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = 'audit"."seal'
        ordering = ("id",)


class Notification(models.Model):
    """What one person is told inside the system; rendered in their language when read."""

    scope = Scope.PERSON
    retention = Retention.SHORT

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    department_id = models.BigIntegerField(_("department the person was told for"), null=True)
    verb = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    case_id = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=30, blank=True, default="")
    target_id = models.BigIntegerField(null=True)
    tone = models.CharField(max_length=1, default="n")
    dedupe = models.CharField(max_length=120, null=True, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_by_person"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notification_unread"),
        ]


class Message(models.Model):
    """Outbox: something that must leave the house (e-mail, SMS, webhook) or a task to be done once.

    Done only when its effect is recorded; claimed with SKIP LOCKED under a growing lease (PLATFORM).
    """

    scope = Scope.NONE
    retention = Retention.SHORT

    channel = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    dedupe = models.CharField(max_length=120, null=True, unique=True)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=models.Q(done_at=None, failed_at=None),
                name="message_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(failed_at=None), name="message_done_or_failed"
            )
        ]
