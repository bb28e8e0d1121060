"""并案: one case went into another; its own rows stay where they are."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import MergeGround
from cases.models.case import Case
from cases.querysets import MergeQuerySet
from core.scopes import Retention, Scope


class CaseMerge(models.Model):
    """`case` goes into `main` (ADR 0075): proposed by one person, confirmed by another (by, at), ended once or never:
    turned down or withdrawn before (undone_at without at), taken back after.

    strands: {id: state} of the departments' parts that were open then, clocks: the ids of the clocks that were stopped;
    both come back when it is taken back.
    """

    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    main = models.ForeignKey(Case, models.PROTECT, related_name="merged_in", verbose_name=_("main case"))
    ground = models.CharField(_("why together"), max_length=8, choices=MergeGround)
    reason = models.CharField(_("reason"), max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    strands = models.JSONField(default=dict)
    clocks = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(_("reason"), max_length=500, blank=True, default="")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of cases")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("main")), name="merge_not_into_itself"),
            models.UniqueConstraint(fields=["case"], condition=Q(undone_at=None), name="merge_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=False, proposed_at__isnull=False), name="merge_proposed_at_by"
            ),
            models.CheckConstraint(
                condition=Q(at=None, by=None) | Q(at__isnull=False, by__isnull=False), name="merge_at_by"
            ),
            models.CheckConstraint(condition=Q(by=None) | ~Q(by=F("proposed_by")), name="merge_four_eyes"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undo_reason="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason=""),
                name="merge_undone_at_by",
            ),
        ]

    def __str__(self):
        return f"{self.case.number} → {self.main.number}"
