"""A joint inspection (联合检查): its plan, the departments that take part, and where it goes."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.enums import BODIES
from cases.models import Subject
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from inspections.enums import (
    EXEMPT,
    INSPECTION_MOVES,
    WITHOUT_NOTICE,
    InspectionKind,
    InspectionSource,
    InspectionStatus,
    PartAnswer,
    PartRole,
)
from inspections.models.common import actor, moment, paired, with_reason
from inspections.querysets import InspectionQuerySet, OfInspectionQuerySet, PartnerQuerySet

SIGNED_STATES = ["under_way", "reported", "closed"]


class Inspection(Versioned):
    """One plan carried out together (C13). `starts_on` … `ends_on` are local days, both included.

    plan_version counts the changes of the plan after the partners were asked: an answer stands on one of them.
    asked: the partners; submitted: for approval (提请审批); approved: signed by the lead's deputy head (审批).
    """

    kind_code = "inspection"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = INSPECTION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="inspections")
    lead = models.ForeignKey(
        Department, models.PROTECT, related_name="led_inspections", verbose_name=_("lead department")
    )
    number = models.CharField(_("number"), max_length=40)
    title = models.CharField(_("name of the inspection"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=InspectionKind)
    source = models.CharField(_("set off by"), max_length=8, choices=InspectionSource)
    source_number = models.CharField(_("number of the report or task"), max_length=60, blank=True, default="")
    basis = models.CharField(_("basis"), max_length=300)
    start_condition = models.CharField(_("condition of the start"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    key_areas = models.CharField(_("key areas"), max_length=300)
    content = models.TextField(_("what is inspected"))
    division = models.TextField(_("who does what"), blank=True, default="")
    plan_version = models.PositiveIntegerField(default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=InspectionStatus, default=InspectionStatus.DRAFT
    )
    drafted_by, drafted_at = actor(), moment()
    asked_by, asked_at = actor(), moment()
    submitted_by, submitted_at = actor(), moment()
    approved_by, approved_at = actor(), moment()
    returned_by, returned_at = actor(), moment()
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True, default="")
    approval_form = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    started_by, started_at = actor(), moment()
    reported_by, reported_at = actor(), moment()
    closed_by, closed_at = actor(), moment()
    cancelled_by, cancelled_at = actor(), moment()
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, default="")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint inspection")
        ordering = ("-starts_on", "-id")
        indexes = [models.Index(fields=["region", "status", "-starts_on"], name="inspection_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="inspection_number_once_a_region"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="inspection_days_in_order"),
            models.CheckConstraint(
                condition=Q(source="plan", source_number="") | (~Q(source="plan") & ~Q(source_number="")),
                name="inspection_exempt_says_what_by",
            ),
            *paired(
                "inspection", "drafted", "asked", "submitted", "approved", "returned", "started", "reported",
                "closed", "cancelled",
            ),
            with_reason("inspection", "returned", "return_reason"),
            with_reason("inspection", "cancelled", "cancel_reason"),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
                name="inspection_cancelled_by_somebody",
            ),
            # 审批人: whoever signs neither drafted nor submitted it
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("drafted_by")) & ~Q(approved_by=F("submitted_by"))),
                name="inspection_signer_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SIGNED_STATES)
                | Q(approved_at__isnull=False, started_at__isnull=False, approval_form__isnull=False),
                name="inspection_started_when_signed",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, reported_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="inspection_closed_when_reported",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("inspections:inspection", args=[self.pk])

    @property
    def exempt(self) -> bool:
        """Whether its visits are outside the yearly cap: a report or a task from above set it off."""
        return self.source in EXEMPT

    @property
    def announced(self) -> bool:
        """Whether a notice goes to the inspected."""
        return self.kind not in WITHOUT_NOTICE


class Partner(Versioned):
    """A department that takes part; the lead is one of them. `plan_version`: of the plan it answered to.

    dropped: taken out of the plan again, such as after it declined.
    """

    kind_code = "inspection_partner"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="partners")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    role = models.CharField(_("part"), max_length=10, choices=PartRole)
    leads = models.BooleanField(_("lead"), default=False)
    task = models.CharField(_("what it does"), max_length=200, blank=True, default="")
    answer = models.CharField(_("answer"), max_length=10, choices=PartAnswer, default=PartAnswer.NONE)
    plan_version = models.PositiveIntegerField(null=True, blank=True)
    answered_by, answered_at = actor(), moment()
    decline_reason = models.CharField(_("why not"), max_length=300, blank=True, default="")
    dropped_by, dropped_at = actor(), moment()

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("department taking part")
        ordering = ("inspection", "-leads", "role", "id")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "department"], name="partner_once_an_inspection"),
            models.UniqueConstraint(fields=["inspection"], condition=Q(leads=True), name="partner_one_leads"),
            models.CheckConstraint(
                condition=Q(leads=False) | Q(role="inspecting", dropped_at=None), name="partner_lead_inspects"
            ),
            *paired("partner", "answered", "dropped"),
            models.CheckConstraint(
                condition=Q(answer="none", answered_at=None, plan_version=None)
                | (~Q(answer="none") & Q(answered_at__isnull=False, plan_version__isnull=False)),
                name="partner_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer="declined", leads=False) & ~Q(decline_reason="")
                | (~Q(answer="declined") & Q(decline_reason="")),
                name="partner_declined_with_reason",
            ),
        ]

    def __str__(self):
        return str(self.department)

    def get_absolute_url(self):
        return f"{self.inspection.get_absolute_url()}?tab=team"

    @property
    def inspects(self) -> bool:
        return self.role == PartRole.INSPECTING


class Target(Versioned):
    """A body to be inspected, once an inspection. `reason`: why this one. `notice`: the letter it was sent.

    drawn: by 双随机, never by hand. dropped: left out again, with its reason (closed down, moved away).
    """

    kind_code = "inspection_target"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="targets")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="inspection_targets")
    reason = models.CharField(_("why this one"), max_length=200, blank=True, default="")
    drawn = models.BooleanField(_("drawn at random"), default=False)
    added_by, added_at = actor(), moment()
    notice = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_by, dropped_at = actor(), moment()
    drop_reason = models.CharField(_("why it was left out"), max_length=200, blank=True, default="")

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of an inspection")
        ordering = ("inspection", "id")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "subject"], name="target_once_an_inspection"),
            *paired("target", "added", "dropped"),
            with_reason("target", "dropped", "drop_reason"),
        ]

    def __str__(self):
        return str(self.subject)

    def get_absolute_url(self):
        return f"{self.inspection.get_absolute_url()}?tab=visits"

    # what may be inspected: bodies; a person is met in a case, never on a list of visits
    KINDS = BODIES


class Postponement(models.Model):
    """An inspection was put off: its days before and after, and why. Only ever added to."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="postponements")
    old_starts_on = models.DateField(_("was to begin on"))
    old_ends_on = models.DateField(_("was to end on"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    by, at = actor(), models.DateTimeField()

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("postponement")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="postponement_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_with_reason"),
        ]
