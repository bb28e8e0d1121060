"""When the house itself was not usable: kept for the figures, no clock is moved by it (ADR 0073)."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.scopes import Retention, Scope
from deadlines.querysets import OutageQuerySet
from departments.models import Region


class Outage(models.Model):
    """The house was not usable from `begins_at` until `ends_at` (instants, the end not included), in one region or, without
    one, in the whole installation. Never edited: taken back with a reason, and noted anew."""

    kind_code = "outage"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("outage", "Where")
    )
    begins_at = models.DateTimeField(_("Not usable from"))
    ends_at = models.DateTimeField(_("Usable again from"))
    what = models.CharField(pgettext_lazy("outage", "What happened"), max_length=200)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=200, blank=True, default="")

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        ordering = ("-begins_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="outage_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(taken_back_by=None, taken_back_at=None, taken_back_reason="")
                | (Q(taken_back_by__isnull=False, taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="outage_taken_back_by_at",
            ),
            ExclusionConstraint(  # no region is int8range(NULL, NULL): the whole installation overlaps every region
                name="outage_never_twice",
                expressions=[
                    (Func("region", "region", Value("[]"), function="int8range"), "&&"),
                    (
                        Func("begins_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        "&&",
                    ),
                ],
                condition=Q(taken_back_at=None),
            ),
        ]

    def __str__(self):
        return self.what
