"""Bodies without an account: what they wrote on paper, and the one-time link by which they may answer instead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from referrals.models.referral import Referral
from referrals.querysets import OfReferralQuerySet
from referrals.receiving_enums import SaidKind, SaidVia


class Said(models.Model):
    """What a body without an account decided or answered, written down by the sender's registrar or sent by link.

    `number` and `dated_on` are those of their paper; `file` is its scan.
    """

    kind_code = "said"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    classification = {"person": Classification.PERSONAL}

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="sayings")
    kind = models.CharField(_("kind"), max_length=8, choices=SaidKind)
    via = models.CharField(_("how it came"), max_length=9, choices=SaidVia)
    person = models.CharField(_("who signed it there"), max_length=40)
    number = models.CharField(_("their document number"), max_length=40, blank=True)
    dated_on = models.DateField(_("dated"))
    text = models.TextField(_("what it says"), max_length=6000, blank=True)
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("recorded on behalf")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(via="registrar", by__isnull=False) | Q(via="link", by=None), name="said_by_registrar_or_link"
            ),
        ]


class AnswerLink(Versioned):
    """A one-time address by which a body without an account may answer. Only the digest of its token is kept."""

    kind_code = "answer_link"
    scope = Scope.CASE
    retention = Retention.CASE_FILE
    classification = {"token_sha256": Classification.SEALED}

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back by the registrar, or replaced

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time answer link")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(used_at=None, ended_at=None), name="answer_link_one_open_a_referral"
            ),
            models.CheckConstraint(condition=Q(used_at=None) | Q(ended_at=None), name="answer_link_used_or_ended"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="answer_link_expires_later"),
        ]
