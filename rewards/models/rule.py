"""What a report is worth, by date; and what is asked of a reporter before anything is computed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Region
from rewards.models.report import Report, Reporter
from rewards.querysets import OfReportQuerySet
from rewards.querysets_money import OfReporterQuerySet, RewardRuleQuerySet


class RewardRule(Versioned):
    """A version of the reward rule with the document it rests on. `region` None: shipped, for who has no own.

    Holds from `effective_from` until the day before `effective_until`; without a first day it is not in force.
    A trigger of the database lets one rule of a region hold on a day (exclusion, migration 0011).
    """

    kind_code = "reward_rule"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.SlugField(max_length=30, blank=True, default="")  # of a shipped rule
    name = models.CharField(_("name"), max_length=60)
    basis_number = models.CharField(_("number of the basis document"), max_length=60)
    basis_title = models.CharField(_("title of the basis document"), max_length=120)
    percent = models.DecimalField(_("share of the verified amount, percent"), max_digits=5, decimal_places=2)
    honorary_below = models.DecimalField(
        _("honorary below, yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    floor = models.DecimalField(_("at least, yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField(_("at most, yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    natural_only = models.BooleanField(_("natural persons only"), default=False)
    claim_months = models.PositiveSmallIntegerField(_("claim window, months"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_until = models.DateField(_("until the day before"), null=True, blank=True)

    objects = RewardRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward rule")
        ordering = ("region", "effective_from", "pk")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="reward_rule_code_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="reward_rule_percent_in_range"
            ),
            models.CheckConstraint(
                condition=(Q(honorary_below=None) | Q(honorary_below__gte=1))
                & (Q(floor=None) | Q(floor__gte=1))
                & (Q(honorary_below__isnull=False) | Q(floor__isnull=False)),
                name="reward_rule_says_what_a_trifle_is_worth",
            ),
            models.CheckConstraint(
                condition=Q(cap=None)
                | Q(
                    cap__gte=models.functions.Greatest(
                        models.functions.Coalesce("floor", Decimal("0")),
                        models.functions.Coalesce("honorary_below", Decimal("0")),
                        Decimal("1"),
                    )
                ),
                name="reward_rule_cap_above_floor",
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gt=models.F("effective_from")),
                name="reward_rule_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(claim_months=None) | Q(claim_months__gte=1), name="reward_rule_window_above_zero"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def basis(self) -> str:
        return f"《{self.basis_title}》（{self.basis_number}）"


class Repetition(models.Model):
    """A report that tells what an earlier one of the case told: first in time is rewarded (FACTS §2.3)."""

    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    report = models.OneToOneField(Report, models.PROTECT, related_name="repetition")
    first = models.ForeignKey(Report, models.PROTECT, related_name="repetitions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(report=models.F("first")), name="repetition_of_another")
        ]


class Eligibility(Versioned):
    """What the report officer found when asking whether a reporter may be rewarded (22号文 arts. 4–7)."""

    kind_code = "eligibility"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="eligibility")
    wants = models.BooleanField(_("wants the reward"))
    known_before = models.BooleanField(_("the facts were known before"))
    duty = models.BooleanField(_("had a duty to report by law or office"))
    staff = models.BooleanField(_("staff of medical insurance or of an entrusted third party"))
    identifiable = models.BooleanField(_("can be identified, by name or token"))
    weight = models.PositiveSmallIntegerField(_("agreed part among joint reporters"), default=1)
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility")
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="eligibility_weight")
        ]

    # answers that may stand; SQL of the job says the same (actions.bulk_rewards)
    @property
    def eligible(self) -> bool:
        return self.wants and self.identifiable and not (self.known_before or self.duty or self.staff)
