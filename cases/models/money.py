"""One ledger of money."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import MoneyKind
from cases.models.case import Case, Strand
from cases.querysets import OfCaseQuerySet
from core.scopes import Retention, Scope
from departments.models import Department


class MoneyEntry(models.Model):
    """An amount in yuan. Entries are never edited: a wrong one is reversed by its negative."""

    kind_code = "money"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="money")
    strand = models.ForeignKey(Strand, models.PROTECT, null=True, blank=True, related_name="money")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=MoneyKind)
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    happened_on = models.DateField(_("date"))
    document = models.CharField(_("document"), max_length=80, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    clue_kind = models.CharField(max_length=30, blank=True, default="")  # the clue it is attributed to
    clue_id = models.BigIntegerField(null=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("money entry")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="money_positive_unless_reversal",
            )
        ]
