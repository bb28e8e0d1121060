"""Work too long for a page, and views told as a digest: rows of one person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import registry
from core.scopes import Classification, Retention, Scope
from departments.models import Post
from workspace.enums import JOB_MOVES, JobStatus, Rhythm
from workspace.querysets import LongJobQuerySet, OwnQuerySet


class LongJob(models.Model):
    """A piece of work one person asked for, done by a worker in the post they asked in; what it does: `kind`.

    Worked on under a lease: whoever takes it counts `attempts` up and holds it until `lease_until`, so that a killed
    worker's job is taken again, and only the last taker can end it. `covers` is what the file holds, as its kind
    packs it, so that a download asks again whether its reader may still see all of it.
    """

    kind_code = "long_job"
    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"file": Classification.PERSONAL, "covers": Classification.PERSONAL}
    MOVES = JOB_MOVES

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="long_jobs")
    post = models.ForeignKey(Post, models.CASCADE)
    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    covers = models.BinaryField(null=True)
    sentence = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = LongJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="long_job_by_person"),
            models.Index(fields=["id"], condition=Q(ended_at=None), name="long_job_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("queued", "running"), ended_at=None)
                | Q(status__in=("done", "failed", "cancelled"), ended_at__isnull=False),
                name="long_job_ended_with_its_state",
            ),
            models.CheckConstraint(
                condition=Q(file="") | Q(status="done", expires_at__isnull=False), name="long_job_file_expires"
            ),
        ]

    def __str__(self):
        return str(registry.long_works[self.kind].label) if self.kind in registry.long_works else self.kind

    @property
    def open(self) -> bool:
        return self.ended_at is None


class Subscription(models.Model):
    """A saved view one person is told about in numbers, in the post they asked in; it ends with view or post."""

    scope = Scope.PERSON
    retention = Retention.SHORT

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    post = models.ForeignKey(Post, models.CASCADE)
    view = models.ForeignKey("workspace.SavedView", models.CASCADE, related_name="subscriptions")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    created_at = models.DateTimeField()
    told_on = models.DateField()
    told_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "view"], name="subscription_once_a_view")]
