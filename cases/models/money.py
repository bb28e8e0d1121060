"""One ledger of money."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import Account, MoneyKind
from cases.models.case import Case, Strand
from cases.querysets_finance import ConfirmationQuerySet, MoneyQuerySet
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

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("money entry")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="money_positive_unless_reversal",
            )
        ]


class MoneyConfirmation(models.Model):
    """The finance department saw an amount of the ledger come in, by a voucher. Never edited: a wrong one is taken back.

    amount: yuan of this voucher; several may make up an entry. difference: why the sum is another and nothing more is
    waited for. scan: name in the storage, made of the SHA-256 of its bytes.
    """

    kind_code = "money_confirmation"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    entry = models.ForeignKey(MoneyEntry, models.PROTECT, related_name="confirmations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    account = models.CharField(_("account"), max_length=8, choices=Account)
    voucher = models.CharField(pgettext_lazy("voucher", "voucher number"), max_length=40)
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(pgettext_lazy("voucher", "came in on"))
    difference = models.CharField(_("why the amount differs"), max_length=200, blank=True, default="")
    scan = models.CharField(max_length=120)
    scan_type = models.CharField(max_length=40)
    scan_sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True, default="")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of an amount")
        ordering = ("id",)
        indexes = [models.Index(fields=["paid_on"], name="confirmation_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "voucher"], condition=Q(voided_at=None), name="confirmation_voucher_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="confirmation_positive"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="confirmation_voided_at_by",
            ),
        ]

    def __str__(self):
        return self.voucher
