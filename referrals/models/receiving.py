"""What passes between the two sides before the receiver has decided: judgements item by item, completion."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.abstract import Versioned
from core.scopes import Retention, Scope
from documents.models import IssuedDocument
from referrals.models.common import paired
from referrals.models.referral import Referral
from referrals.querysets import OfReferralQuerySet
from referrals.receiving_enums import COMPLETION_MOVES, COMPLETION_OPEN, CompletionStatus, PointKind
from referrals.receiving_querysets import CompletionQuerySet, OfCompletionQuerySet


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **options)


def _paper():
    return models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")


class Verdict(models.Model):
    """Whether the receiver takes one manifest line or one matter on (部分受理); what it does not stays behind.

    Written once, with the acceptance; a letter accepted whole has none. `name` is frozen.
    """

    scope = Scope.CASE
    retention = Retention.PERMANENT

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=8, choices=PointKind)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("item"), max_length=150)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(_("accepted"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict on an item")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind", "position"], name="verdict_once_an_item"),
            models.CheckConstraint(
                condition=Q(accepted=True, reason="") | (Q(accepted=False) & ~Q(reason="")),
                name="verdict_refused_with_reason",
            ),
        ]


class Completion(Versioned):
    """补正: what the receiver still needs before it decides, until when; its own clock stands meanwhile."""

    kind_code = "completion"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = COMPLETION_MOVES

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="completions")
    status = models.CharField(max_length=8, choices=CompletionStatus, default=CompletionStatus.ASKED)
    missing = models.TextField(_("what is missing"), max_length=1000)
    due_on = models.DateField(_("supply by"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    letter = _paper()
    note = models.TextField(_("explanation"), max_length=1000, blank=True)
    supplied_by = _person()
    supplied_at = models.DateTimeField(null=True)
    supply_letter = _paper()
    taken_by = _person()
    taken_at = models.DateTimeField(null=True)
    dropped_by = _person()
    dropped_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        ordering = ("id",)
        constraints = [
            *paired("completion", "supplied", "taken", "dropped"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(status__in=COMPLETION_OPEN),
                name="completion_one_open_a_referral",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", supplied_at=None, taken_at=None, dropped_at=None)
                | Q(status="supplied", supplied_at__isnull=False, taken_at=None, dropped_at=None)
                | Q(status="taken", supplied_at__isnull=False, taken_at__isnull=False, dropped_at=None)
                | (Q(status="dropped", taken_at=None, dropped_at__isnull=False) & ~Q(drop_reason="")),
                name="completion_stamps_fit_status",
            ),
        ]


class SuppliedItem(models.Model):
    """A line added to what was handed over, in answer to a request for completion."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="items")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="supplied_items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    quantity = models.PositiveSmallIntegerField(_("copies"), default=1)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = OfCompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplied line")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["completion", "evidence"], name="supplied_evidence_once"),
            models.UniqueConstraint(fields=["completion", "position"], name="supplied_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="supplied_quantity"),
        ]
