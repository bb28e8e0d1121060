"""What one reporter is due for one case, and the papers about it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from rewards.enums_money import (
    PAPER_MOVES,
    REWARD_MOVES,
    PaperKind,
    PaperStatus,
    PaymentKind,
    PaymentMethod,
    RewardStatus,
)
from rewards.models.report import Report, Reporter
from rewards.models.rule import RewardRule
from rewards.querysets_money import OfRewardQuerySet, RewardQuerySet

ZERO = Decimal("0.00")


def money(label="", **more):
    return models.DecimalField(label, max_digits=14, decimal_places=2, **more)


def person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


def paired(name: str, condition: str = "") -> models.CheckConstraint:
    """x_by and x_at come together."""
    by, at = f"{name}_by", f"{name}_at"
    return models.CheckConstraint(
        condition=Q(**{by: None, at: None}) | Q(**{f"{by}__isnull": False, f"{at}__isnull": False}),
        name=f"reward_{name}_by_and_at{condition}",
    )


class Reward(Versioned):
    """One live reward per case and reporter. `amount` is what was computed last and, once approved, what is paid;
    `entitled` follows the ledger also after payment, so that a difference can be recovered.

    Everywhere the reporter is the number of the report and a position; `number` is both.
    """

    kind_code = "reward"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = REWARD_MOVES
    classification = {"claim_digest": Classification.SEALED}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="rewards")
    case = models.ForeignKey(Case, models.PROTECT, related_name="rewards")
    report = models.ForeignKey(Report, models.PROTECT, related_name="rewards")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="rewards")
    number = models.CharField(_("reward number"), max_length=48)
    rule = models.ForeignKey(RewardRule, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=RewardStatus, default=RewardStatus.COMPUTED)
    base = money(_("verified amount, yuan"))
    gross = money(_("share by the rule, yuan"))  # of the whole report, before floor and cap
    total = money(_("reward of the report, yuan"))  # of all who reported together
    amount = money(_("reward, yuan"))
    entitled = money(_("due by the ledger, yuan"))
    recovered = money(_("recovered, yuan"), default=ZERO)
    honorary = models.BooleanField(_("honorary"), default=False)
    computed_at = models.DateTimeField(_("computed"))
    effective_on = models.DateField(_("decision effective on"), null=True, blank=True)
    proposed_by, proposed_at = person(), models.DateTimeField(null=True)
    approved_by, approved_at = person(), models.DateTimeField(null=True)
    funded_by, funded_at = person(), models.DateTimeField(null=True)
    paid_by, paid_at = person(), models.DateTimeField(null=True)
    honoured_by, honoured_at = person(), models.DateTimeField(null=True)
    waived_by, waived_at = person(), models.DateTimeField(null=True)  # by nobody: the window has passed
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    budget = models.ForeignKey("RewardBudget", models.PROTECT, null=True, related_name="rewards")
    claim_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    code_issued_by, code_issued_at = person(), models.DateTimeField(null=True)
    notified_on = models.DateField(_("notice received on"), null=True, blank=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["department", "status"], name="reward_by_state"),
            models.Index(fields=["region", "status"], name="reward_by_region_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"], condition=~Q(status="void"), name="reward_one_live"
            ),
            models.UniqueConstraint(
                fields=["claim_digest"], condition=~Q(claim_digest=""), name="reward_claim_once"
            ),
            models.CheckConstraint(
                condition=Q(base__gte=0, gross__gte=0, total__gte=0, amount__gte=0, entitled__gte=0),
                name="reward_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(honorary=True, amount=0)
                | Q(honorary=False, amount__gt=0)
                | Q(status__in=["void"]),
                name="reward_money_or_honour",
            ),
            models.CheckConstraint(
                condition=Q(recovered__gte=0, recovered__lte=F("amount")), name="reward_recovered_in_range"
            ),
            *(paired(name) for name in ("proposed", "approved", "funded", "paid", "honoured", "code_issued")),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None) | Q(waived_at__isnull=False),
                name="reward_waived_by_and_at",
            ),
            # proposer, approver and payer are three persons
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(approved_by=None) | ~Q(proposed_by=F("approved_by")),
                name="reward_proposer_is_not_approver",
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None) | (~Q(paid_by=F("proposed_by")) & ~Q(paid_by=F("approved_by"))),
                name="reward_payer_is_a_third",
            ),
            models.CheckConstraint(
                condition=Q(funded_by=None)
                | (~Q(funded_by=F("proposed_by")) & ~Q(funded_by=F("approved_by"))),
                name="reward_funder_is_a_third",
            ),
            # a state stands on the steps before it
            models.CheckConstraint(
                condition=~Q(status__in=["proposed", "approved", "funded", "paid", "honoured"])
                | Q(proposed_by__isnull=False),
                name="reward_proposed_before",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "funded", "paid", "honoured"])
                | Q(approved_by__isnull=False),
                name="reward_approved_before",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["funded", "paid"])
                | Q(funded_by__isnull=False, budget__isnull=False, honorary=False),
                name="reward_funded_before",
            ),
            models.CheckConstraint(
                condition=~Q(status="paid") | Q(paid_by__isnull=False), name="reward_paid_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(status="waived") | (Q(waived_at__isnull=False) & ~Q(reason="")),
                name="reward_waived_with_reason",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("rewards:reward", args=[self.pk])

    @property
    def to_recover(self) -> Decimal:
        """What was paid beyond what the ledger carries now, and has not come back; zero unless it was paid."""
        if self.status != RewardStatus.PAID:
            return ZERO
        return max(self.amount - self.recovered - self.entitled, ZERO)

    @property
    def to_return(self) -> Decimal:
        """What was recovered and, by the ledger as it is now, should not have been: owed to the reporter again. Never
        beyond what was once paid, because what is verified afterwards adds nothing (一次性). Where all of it came back,
        what is due again becomes a reward of its own instead."""
        if self.status != RewardStatus.PAID or self.recovered == self.amount:
            return ZERO
        return max(min(self.entitled, self.amount) - (self.amount - self.recovered), ZERO)

    @property
    def paid_by_code(self) -> bool:
        """Whether it was paid last to who brought the claim code; the bank needs none, it has the account."""
        last = self.payments.filter(kind=PaymentKind.PAYMENT).order_by("-pk").first()
        return last is not None and last.method == PaymentMethod.CODE

    @property
    def takes_code(self) -> bool:
        """Whether a claim code is good for anything: the reward waits to be paid, or part of what was paid against one
        is to be given back."""
        return self.status == RewardStatus.FUNDED or (self.to_return > ZERO and self.paid_by_code)


class RewardPaper(models.Model):
    """A paper about a reward: drafted, signed by another, numbered. It names the reward, never the reporter."""

    kind_code = "reward_paper"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = PAPER_MOVES

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=12, choices=PaperKind)
    status = models.CharField(_("status"), max_length=10, choices=PaperStatus, default=PaperStatus.DRAFT)
    text = models.CharField(_("text"), max_length=300, blank=True, default="")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by, approved_at = person(), models.DateTimeField(null=True)
    issued_by, issued_at = person(), models.DateTimeField(null=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    amount = money(_("amount when it was numbered, yuan"), null=True)

    objects = OfRewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a reward")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["reward", "kind"], condition=Q(status__in=["draft", "approved"]),
                name="reward_paper_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="reward_paper_approved_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None, issued_at=None, document=None)
                | Q(issued_by__isnull=False, issued_at__isnull=False, document__isnull=False),
                name="reward_paper_issued_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="reward_paper_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "issued"]) | Q(approved_by__isnull=False),
                name="reward_paper_signed_before",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()} {self.reward.number}"

    @property
    def outdated(self) -> bool:
        """Whether the paper that went out names another amount than the reward has now."""
        return self.status == PaperStatus.ISSUED and self.amount != self.reward.amount
