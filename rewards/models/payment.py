"""Where the money comes from and where it went: budgets, payments, bank files."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import MoneyEntry
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from rewards.enums_money import BANK_FILE_MOVES, BankFileStatus, BudgetKind, PaymentKind, PaymentMethod
from rewards.models.reward import ZERO, Reward, money, person
from rewards.querysets_money import (
    BankFileQuerySet,
    BudgetQuerySet,
    OfBankFileQuerySet,
    OfBudgetQuerySet,
    OfRewardQuerySet,
)


class RewardBudget(Versioned):
    """The year's money for rewards of a county. `allocated` never exceeds `total`: the database sees to it."""

    kind_code = "reward_budget"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    total = money(_("granted, yuan"), default=ZERO)
    allocated = money(_("allocated, yuan"), default=ZERO)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward budget")
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="reward_budget_once_a_year"),
            models.CheckConstraint(
                condition=Q(total__gte=0, allocated__gte=0, allocated__lte=F("total")),
                name="reward_budget_never_below_zero",
            ),
        ]

    def __str__(self):
        return str(self.year)

    @property
    def left(self):
        return self.total - self.allocated


class BudgetEntry(models.Model):
    """What changed a budget. Only ever added to; a trigger keeps it."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    budget = models.ForeignKey(RewardBudget, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=BudgetKind)
    amount = money(_("amount, yuan"))
    reward = models.ForeignKey(Reward, models.PROTECT, null=True, related_name="+")
    document = models.CharField(_("document"), max_length=80, blank=True, default="")
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    by = person()  # nobody: released by the clock or the job
    at = models.DateTimeField()

    objects = OfBudgetQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="budget_entry_above_zero")]


class Payment(models.Model):
    """Money that went out or came back. Never edited: rights and a trigger keep every row (migration 0011).

    `attempt`: the first payment of a reward, or the one after a reversal; one payment an attempt.
    """

    kind_code = "reward_payment"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="payments")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=PaymentKind)
    method = models.CharField(_("how paid"), max_length=8, choices=PaymentMethod, blank=True, default="")
    attempt = models.PositiveSmallIntegerField(default=1)
    amount = money(_("amount, yuan"))  # negative where it came back
    voucher = models.CharField(_("voucher number"), max_length=40)
    paid_on = models.DateField(_("paid on"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    entry = models.ForeignKey(MoneyEntry, models.PROTECT, null=True, related_name="+")  # in the case's ledger
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfRewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of a reward")
        ordering = ("id",)
        indexes = [models.Index(fields=["region", "paid_on"], name="payment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["region", "voucher"], name="payment_voucher_once"),
            models.UniqueConstraint(
                fields=["reward", "attempt"], condition=Q(kind="payment"), name="payment_once_an_attempt"
            ),
            models.CheckConstraint(
                condition=Q(kind="payment", amount__gt=0, reverses=None)
                | Q(kind="reversal", amount__lt=0, reverses__isnull=False)
                | Q(kind="recovery", amount__lt=0, reverses=None)
                | Q(kind="return", amount__gt=0, reverses=None),
                name="payment_sign_follows_kind",
            ),
        ]

    def __str__(self):
        return self.voucher


class BankFile(Versioned):
    """Payments by bank: the rows are frozen when it is asked for; the opener makes the file once.

    The web process stores what the opener gave it, encrypted for the payer; a second download is the same bytes.
    """

    kind_code = "bank_file"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = BANK_FILE_MOVES
    classification = {"file": Classification.SEALED}

    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=BankFileStatus, default=BankFileStatus.REQUESTED
    )
    count = models.PositiveIntegerField(_("payments"))
    total = money(_("amount, yuan"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True, default="")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")
    closed_by, closed_at = person(), models.DateTimeField(null=True)

    objects = BankFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank file")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, file="", sha256="")
                | (Q(made_at__isnull=False) & ~Q(file="") & ~Q(sha256="")),
                name="bank_file_made_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="made") | Q(made_at__isnull=False), name="bank_file_made_has_file"
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="bank_file_closed_by_and_at",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("rewards:bank_file", args=[self.pk])


class BankLine(models.Model):
    """One payment of a bank file: the reward and its amount, as they were when it was asked for."""

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    reward = models.ForeignKey(Reward, models.PROTECT, related_name="bank_lines")
    amount = money(_("amount, yuan"))
    open = models.BooleanField(default=True)  # neither paid nor given up

    objects = OfBankFileQuerySet.as_manager()

    class Meta:
        ordering = ("file", "position")
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="bank_line_position_once"),
            models.UniqueConstraint(
                fields=["reward"], condition=Q(open=True), name="bank_line_reward_in_one_file"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bank_line_above_zero"),
        ]
