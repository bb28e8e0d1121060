"""Who goes: enforcement certificates, and the people each department names."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department
from inspections.enums import MemberRole
from inspections.models.common import actor, moment, paired, with_reason
from inspections.models.inspection import Inspection, Partner
from inspections.querysets import CertificateQuerySet, OfInspectionQuerySet


class EnforcementCertificate(Versioned):
    """行政执法证: a person's, for one department, until its last day (条例 art. 29: certificates are shown).

    withdrawn: handed in, lost or revoked before its last day, with the reason.
    """

    kind_code = "enforcement_certificate"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enforcement_certificates"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="enforcement_certificates")
    number = models.CharField(_("certificate number"), max_length=30)
    valid_until = models.DateField(_("valid until"))
    entered_by, entered_at = actor(), moment()
    withdrawn_by, withdrawn_at = actor(), moment()
    withdraw_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True, default="")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("enforcement certificate")
        ordering = ("department", "user__name", "-valid_until")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(withdrawn_at=None), name="certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["user", "department"], condition=Q(withdrawn_at=None), name="certificate_one_in_force"
            ),
            *paired("certificate", "entered", "withdrawn"),
            with_reason("certificate", "withdrawn", "withdraw_reason"),
        ]

    def __str__(self):
        return self.number


class Member(Versioned):
    """Somebody a department named: an inspector with a certificate, an assistant, or an expert.

    `name` and `certificate_number` are kept as they were when the person was named. `unit`: of an expert from outside.
    declared: said to have no interest in what is inspected (回避); who has one is not named, or leaves with the reason.
    """

    kind_code = "inspection_member"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"unit": Classification.INTERNAL}

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="members")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=40)
    unit = models.CharField(_("unit"), max_length=60, blank=True, default="")
    role = models.CharField(_("part"), max_length=10, choices=MemberRole)
    certificate = models.ForeignKey(
        EnforcementCertificate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    certificate_number = models.CharField(_("certificate number"), max_length=30, blank=True, default="")
    named_by, named_at = actor(), moment()
    declared_by, declared_at = actor(), moment()
    left_by, left_at = actor(), moment()
    left_reason = models.CharField(_("why the person left"), max_length=200, blank=True, default="")

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of an inspection")
        ordering = ("inspection", "partner", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "user"], condition=Q(left_at=None), name="member_once_an_inspection"
            ),
            # certificates are an inspector's; supporters and experts never sign as one (trigger: of which department)
            models.CheckConstraint(
                condition=Q(role="inspector", certificate__isnull=False, user__isnull=False)
                & ~Q(certificate_number="")
                | (~Q(role="inspector") & Q(certificate=None, certificate_number="")),
                name="member_inspector_is_certified",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | (Q(role="expert") & ~Q(unit="")),
                name="member_known_or_an_expert",
            ),
            *paired("member", "named", "declared", "left"),
            with_reason("member", "left", "left_reason"),
        ]

    def __str__(self):
        return self.name
