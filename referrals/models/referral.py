"""What becomes of a letter at one receiver."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.enums import ReferralKind
from departments.models import Department
from documents.models import IssuedDocument
from referrals.enums import (
    EXTENSION_MOVES,
    REFERRAL_MOVES,
    REFERRAL_OVER,
    ExtensionStatus,
    ReferralStatus,
    ReturnCategory,
)
from referrals.models.common import paired
from referrals.models.paper import Dispatch
from referrals.querysets import OfReferralQuerySet, ReferralQuerySet


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **options)


class Referral(Versioned):
    """One letter to one receiver, from the moment it was sent.

    `sender` and `receiver` follow from the dispatch and never change; they stand here for the lists.
    """

    kind_code = "referral"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = REFERRAL_MOVES

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="referrals")
    kind = models.CharField(_("kind"), max_length=12, choices=ReferralKind)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    sender = models.ForeignKey(Department, models.PROTECT, related_name="sent_referrals")
    receiver = models.ForeignKey(Department, models.PROTECT, related_name="received_referrals")
    status = models.CharField(_("status"), max_length=10, choices=ReferralStatus, default=ReferralStatus.SENT)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    return_letter = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("document number"), max_length=40)
    limit_on = models.DateField(_("answer by"), null=True)
    # the person of the sender who waits for the answer; who forwards a letter does not take their place
    author = _person()
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="assigned_referrals"
    )

    # who works it at a body without an account
    handled_there = models.CharField(_("handled there by"), max_length=40, blank=True)

    sent_by = _person()
    sent_at = models.DateTimeField(null=True)
    received_by = _person()
    received_at = models.DateTimeField(null=True)
    assigned_by = _person()
    assigned_at = models.DateTimeField(null=True)
    accepted_by = _person()
    accepted_at = models.DateTimeField(null=True)
    returned_by = _person()
    returned_at = models.DateTimeField(null=True)
    return_category = models.CharField(_("category"), max_length=12, choices=ReturnCategory, blank=True)
    return_reason = models.CharField(_("reason"), max_length=300, blank=True)
    answered_by = _person()
    answered_at = models.DateTimeField(null=True)
    redo_count = models.PositiveSmallIntegerField(default=0)
    redo_reason = models.CharField(_("what is to be done again"), max_length=300, blank=True)
    closed_by = _person()
    closed_at = models.DateTimeField(null=True)
    withdrawn_by = _person()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(_("reason"), max_length=300, blank=True)
    forwarded_by = _person()
    forwarded_at = models.DateTimeField(null=True)
    # sent while a letter about the matter stood there that its sender could not know of: shown to nobody
    beside_sealed = models.BooleanField(default=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["receiver", "status", "-id"], name="referral_inbox"),
            models.Index(fields=["sender", "status", "-id"], name="referral_outbox"),
            models.Index(fields=["handler", "status"], name="referral_by_handler"),
        ]
        constraints = [
            *paired(
                "referral",
                *("sent", "received", "assigned", "accepted", "returned", "answered", "closed", "withdrawn", "forwarded"),
            ),
            models.UniqueConstraint(fields=["dispatch", "receiver"], name="referral_once_a_receiver"),
            # the same matter is not transferred to a department that still has it
            models.UniqueConstraint(
                fields=["case", "kind", "receiver"],
                condition=Q(
                    kind="transfer", status__in=["sent", "received", "accepted", "answered"], beside_sealed=False
                ),
                name="transfer_once_a_receiver",
            ),
            models.CheckConstraint(condition=~Q(sender=models.F("receiver")), name="referral_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(status="sent", received_at=None)
                | Q(status="withdrawn")
                | (~Q(status__in=["sent", "withdrawn"]) & Q(received_at__isnull=False)),
                name="referral_received_iff_past_sent",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_category="", return_reason="")
                | (Q(returned_at__isnull=False) & ~Q(return_category="") & ~Q(return_reason="")),
                name="referral_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "answered"])
                | Q(accepted_at__isnull=False, handler__isnull=False)
                | (Q(accepted_at__isnull=False, handler=None) & ~Q(handled_there="")),
                name="referral_worked_by_a_person",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("referrals:referral", args=[self.pk])

    def save(self, *args, **options):
        if self.author_id is None:
            self.author_id = self.dispatch.drafted_by_id
        super().save(*args, **options)

    @property
    def over(self) -> bool:
        return self.status in REFERRAL_OVER

    @property
    def issuer(self) -> Department:
        """Whose paper it is: the sender, or who forwarded it and serves it; the answer goes to the sender."""
        return self.dispatch.department

    @property
    def crime(self) -> Any:
        """The transfer of suspected crime it belongs to, also where the file was forwarded since."""
        return self.dispatch.criminal_transfer

    @property
    def earlier(self) -> "Referral | None":
        """The letter this one forwards."""
        return self.dispatch.forwards


class Extension(Versioned):
    """A longer limit, asked by the receiver and agreed by the sender; the old date stays on the record."""

    kind_code = "extension"
    scope = Scope.CASE
    retention = Retention.CASE_FILE
    MOVES = EXTENSION_MOVES

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="extensions")
    status = models.CharField(max_length=8, choices=ExtensionStatus, default=ExtensionStatus.ASKED)
    old_on = models.DateField(_("old limit"))
    new_on = models.DateField(_("new limit"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(_("remark on the decision"), max_length=300, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        ordering = ("id",)
        constraints = [
            *paired("extension", "decided"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status="asked"), name="extension_one_open_a_referral"
            ),
            models.CheckConstraint(condition=Q(new_on__gt=models.F("old_on")), name="extension_is_longer"),
        ]


class Chase(models.Model):
    """A reminder (催办): at most one per referral and working day; `number` counts them."""

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="chases")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["referral", "on"], name="chase_once_a_working_day"),
            models.UniqueConstraint(fields=["referral", "number"], name="chase_counted"),
        ]


class DeliveryProof(models.Model):
    """Proof that a letter was delivered (送达回证) where nobody signed for it here; it counts as receipt."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="delivery_proof")
    delivered_on = models.DateField(_("delivered on"))
    received_by_name = models.CharField(_("taken by"), max_length=40)
    method = models.CharField(_("how"), max_length=40)
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of delivery")
