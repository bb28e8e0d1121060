"""What follows a decision: one row a step, only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import AfterKind, Outcome
from cases.models.case import Case, Strand
from cases.querysets import OfCaseQuerySet
from core.scopes import Retention, Scope
from departments.models import Department


class AfterStep(models.Model):
    """A step after the decision of a strand: served, paid, urged, contested (FACTS §2.5, 行政强制法 53–54).

    on: the day it happened. due_on, amount: of an instalment or a payment, in yuan. body: the court, the reviewing
    authority, or how it was served. about: the review or lawsuit an outcome ends, the instalment a payment meets.
    round: the decision it follows, as the strand counted then; only the steps of its current round say how it stands.
    """

    kind_code = "after_step"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="after_steps")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="after_steps")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("step"), max_length=12, choices=AfterKind)
    on = models.DateField(_("date"))
    due_on = models.DateField(_("last day"), null=True, blank=True)
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    body = models.CharField(_("by whom, how"), max_length=100, blank=True)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    about = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="met_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("step after the decision")
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["strand", "round"], condition=Q(kind="served"), name="after_served_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="outcome", about__isnull=False) & ~Q(outcome="")
                | ~Q(kind="outcome") & Q(outcome=""),
                name="after_outcome_of_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("instalment", "paid"), amount__gt=0)
                | ~Q(kind__in=("instalment", "paid")) & Q(amount=None),
                name="after_amount_where_money",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%Y-%m-%d}"
