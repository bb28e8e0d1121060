"""Withdrawal by consent, the points of a redo, and 督办 by the office."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.models.common import RepliedOnPaper, paired, paper_whole
from referrals.models.referral import Referral
from referrals.querysets import OfReferralQuerySet
from referrals.receiving_enums import (
    SUPERVISION_MOVES,
    WITHDRAWAL_MOVES,
    PointKind,
    SupervisionStatus,
    WithdrawalStatus,
)
from referrals.receiving_querysets import SupervisionQuerySet


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class Withdrawal(Versioned):
    """A letter that was signed for is withdrawn only if its receiver agrees."""

    kind_code = "withdrawal"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = WITHDRAWAL_MOVES

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="withdrawals")
    status = models.CharField(max_length=8, choices=WithdrawalStatus, default=WithdrawalStatus.ASKED)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = _person()
    asked_at = models.DateTimeField()
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(_("remark on the decision"), max_length=300, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to withdraw")
        ordering = ("id",)
        constraints = [
            *paired("withdrawal", "decided"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status="asked"), name="withdrawal_one_open_a_referral"
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision=""), name="withdrawal_refused_with_reason"
            ),
        ]


class RedoPoint(models.Model):
    """What exactly is to be done again in one round of a redo: a question, a matter or a manifest line."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="redo_points")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=PointKind)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("item"), max_length=150)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["referral", "round", "kind", "position"], name="redo_point_once_a_round")
        ]


class Supervision(RepliedOnPaper, Versioned):
    """督办: the office asks the receiver of an overdue letter to account for it, until a date of its own."""

    kind_code = "supervision"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = SUPERVISION_MOVES

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="supervisions")
    office = models.ForeignKey(Department, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("times"))
    status = models.CharField(max_length=8, choices=SupervisionStatus, default=SupervisionStatus.ISSUED)
    demand = models.TextField(_("what is demanded"), max_length=1000)
    reply_on = models.DateField(_("reply by"))
    duty = models.CharField(_("what is overdue"), max_length=60)
    due_on = models.DateField(_("original limit"))
    days_late = models.PositiveSmallIntegerField(_("working days late"))
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    issued_by = _person()
    issued_at = models.DateTimeField()
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_by = _person(null=True)
    replied_at = models.DateTimeField(null=True)
    lapse_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        ordering = ("id",)
        constraints = [
            *paired("supervision", "replied"),
            paper_whole("supervision"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status="issued"), name="supervision_one_open_a_referral"
            ),
            models.UniqueConstraint(fields=["referral", "number"], name="supervision_counted"),
            models.CheckConstraint(
                condition=Q(status="replied", replied_at__isnull=False) & ~Q(reply="")
                | Q(status__in=["issued", "lapsed"], replied_at=None, reply=""),
                name="supervision_replied_with_text",
            ),
        ]

    def __str__(self):
        return f"{self.referral.number} #{self.number}"

    def get_absolute_url(self):
        return self.referral.get_absolute_url()
