"""信息互通: the duty to tell, copies that nobody signs for, and who has read what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department
from referrals.enums import DUTY_MOVES, DutyStatus
from referrals.models.common import paired
from referrals.models.paper import Dispatch
from referrals.models.referral import Referral
from referrals.querysets import CopyQuerySet, DutyQuerySet, DutyReceiverQuerySet, ReadingQuerySet


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class BulletinDuty(Versioned):
    """A lead the owner has to tell the cooperating departments of (C10), until it did or a leader says why not.

    The clock `bulletin` hangs on it; the limit is internal (T6), for the mechanism only says 及时.
    """

    kind_code = "bulletin_duty"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = DUTY_MOVES

    case = models.ForeignKey(Case, models.PROTECT, related_name="bulletin_duties")
    department = models.ForeignKey(Department, models.PROTECT, related_name="bulletin_duties")
    status = models.CharField(_("status"), max_length=8, choices=DutyStatus, default=DutyStatus.DUE)
    met_by = _person(null=True)
    met_at = models.DateTimeField(null=True)
    waived_by = _person(null=True)
    waived_at = models.DateTimeField(null=True)
    waive_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty to send a bulletin")
        ordering = ("id",)
        constraints = [
            *paired("bulletin_duty", "met", "waived"),
            models.UniqueConstraint(fields=["case", "department"], name="bulletin_duty_once"),
            models.CheckConstraint(
                condition=Q(status="due", met_at=None, waived_at=None)
                | Q(status="met", met_at__isnull=False, waived_at=None)
                | Q(Q(status="waived", waived_at__isnull=False, met_at=None) & ~Q(waive_reason="")),
                name="bulletin_duty_stamps_fit_status",
            ),
        ]

    def __str__(self):
        return self.case.title

    def get_absolute_url(self):
        return reverse("referrals:duty", args=[self.pk])


class DutyReceiver(models.Model):
    """A department proposed for the bulletin: told by a letter, or left out with a reason that stays."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    duty = models.ForeignKey(BulletinDuty, models.CASCADE, related_name="proposed")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="+")
    left_out_reason = models.CharField(_("why left out"), max_length=300, blank=True)
    left_out_by = _person(null=True)
    left_out_at = models.DateTimeField(null=True)

    objects = DutyReceiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed recipient")
        ordering = ("id",)
        constraints = [
            *paired("duty_receiver", "left_out"),
            models.UniqueConstraint(fields=["duty", "department"], name="duty_receiver_once"),
            models.CheckConstraint(
                condition=Q(left_out_at=None, left_out_reason="")
                | (Q(left_out_at__isnull=False) & ~Q(left_out_reason="")),
                name="duty_receiver_left_out_with_reason",
            ),
        ]


class Copy(models.Model):
    """抄送: the same letter for information. Nobody signs for it, nothing is owed, no access to the case opens."""

    kind_code = "copy"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="copies")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Department, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="copies")
    number = models.CharField(_("document number"), max_length=40)
    sent_by = _person()
    sent_at = models.DateTimeField()

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy")
        ordering = ("-id",)
        indexes = [models.Index(fields=["department", "-id"], name="copy_inbox")]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "department"], name="copy_once_a_department")
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("referrals:copy", args=[self.pk])


class Reading(models.Model):
    """传阅: a person of a receiving department asked to read a letter, and when they said they had."""

    kind_code = "reading"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="readings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readings")
    asked_by = _person()
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("circulation")
        ordering = ("id",)
        indexes = [
            models.Index(fields=["person", "department"], condition=Q(read_at=None), name="reading_waits")
        ]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "department", "person"], name="reading_once_a_person")
        ]
