"""More time for a rectification: asked by one, decided by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from inspections.enums import MORE_TIME_MOVES, MoreTimeStatus
from inspections.models.common import actor, moment, paired
from inspections.models.finding import Rectification
from inspections.querysets import OfRectificationQuerySet


class MoreTime(Versioned):
    """延期: a later day for what is to be put right. The old day stays here; one request is open at a time."""

    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = MORE_TIME_MOVES

    task = models.ForeignKey(Rectification, models.PROTECT, related_name="more_time")
    status = models.CharField(
        _("status"), max_length=10, choices=MoreTimeStatus, default=MoreTimeStatus.ASKED
    )
    old_on = models.DateField(_("old day"))
    new_on = models.DateField(_("new day"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by, decided_at = actor(), moment()
    decision = models.CharField(_("remark on the decision"), max_length=300, blank=True, default="")

    objects = OfRectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("more time for a rectification")
        ordering = ("id",)
        constraints = [
            *paired("more_time", "decided"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(status="asked"), name="more_time_one_open_a_task"
            ),
            models.CheckConstraint(condition=Q(new_on__gt=F("old_on")), name="more_time_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="more_time_has_reason"),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at=None)
                | (~Q(status="asked") & Q(decided_at__isnull=False)),
                name="more_time_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "refused"]) | ~Q(decided_by=F("asked_by")),
                name="more_time_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision=""), name="more_time_refused_with_reason"
            ),
        ]

    def __str__(self):
        return str(self.task)
