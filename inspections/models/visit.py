"""The visit of a target on a day: who went, what was looked at, what the inspected said and whether they signed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Category, Department
from documents.models import IssuedDocument
from inspections.enums import VISIT_MOVES, ItemResult, VisitStatus
from inspections.models.common import actor, moment, paired, with_reason
from inspections.models.inspection import Inspection, Target
from inspections.models.team import Member
from inspections.querysets import OfVisitQuerySet, VisitQuerySet


class Visit(Versioned):
    """现场检查笔录 of one target on one local day. `record` is its numbered paper as printed to be signed.

    told_recusal: the inspected were told that they may ask for somebody to stand aside (回避告知).
    reserve_reason: where officers were drawn, why somebody of the reserve went to this target.
    party: who stood for the inspected; their words; signed, or refused with the reason and a witness.
    void: recorded by mistake (the wrong body, the wrong day), with the reason; it is no visit and counts nowhere.
    """

    kind_code = "inspection_visit"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"party_name": Classification.PERSONAL, "witness": Classification.PERSONAL}
    MOVES = VISIT_MOVES

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="visits")
    target = models.ForeignKey(Target, models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("visited on"))
    begins = models.TimeField(_("began at"))
    ends = models.TimeField(_("ended at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120)
    told_recusal = models.BooleanField(_("told of the right to ask for recusal"), default=False)
    situation = models.TextField(_("what was found on site"), blank=True, default="")
    party_name = models.CharField(_("who stood for the inspected"), max_length=40, blank=True, default="")
    party_title = models.CharField(_("job title"), max_length=40, blank=True, default="")
    party_words = models.TextField(_("what the inspected said"), blank=True, default="")
    refusal = models.CharField(_("why the signature was refused"), max_length=300, blank=True, default="")
    witness = models.CharField(_("witness"), max_length=60, blank=True, default="")
    status = models.CharField(_("status"), max_length=8, choices=VisitStatus, default=VisitStatus.OPEN)
    reserve_reason = models.CharField(
        _("why somebody of the reserve went"), max_length=300, blank=True, default=""
    )
    opened_by, opened_at = actor(), moment()
    printed_by, printed_at = actor(), moment()
    record = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    ended_by, ended_at = actor(), moment()
    voided_by, voided_at = actor(), moment()
    void_reason = models.CharField(_("why the record is void"), max_length=200, blank=True, default="")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        ordering = ("inspection", "visited_on", "begins", "id")
        indexes = [models.Index(fields=["target", "visited_on"], name="visit_by_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "visited_on"], condition=~Q(status="void"), name="visit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("begins")), name="visit_times_in_order"
            ),
            *paired("visit", "opened", "printed", "ended", "voided"),
            with_reason("visit", "voided", "void_reason"),
            models.CheckConstraint(
                condition=Q(status="void", voided_at__isnull=False, printed_at=None)
                | (~Q(status="void") & Q(voided_at=None)),
                name="visit_voided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "void"]) | Q(printed_at__isnull=False, record__isnull=False),
                name="visit_printed_before_signed",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", ended_at__isnull=False) & ~Q(refusal="") & ~Q(witness="")
                | Q(status="signed", ended_at__isnull=False, refusal="") & ~Q(party_name="")
                | Q(status__in=["open", "printed", "void"], ended_at=None, refusal="", witness=""),
                name="visit_signed_or_refused_with_witness",
            ),
        ]

    def __str__(self):
        return f"{self.target} {self.visited_on}"

    def get_absolute_url(self):
        return reverse("inspections:visit", args=[self.pk])


class VisitOfficer(models.Model):
    """An inspector who was there and showed the certificate; the database asks that it is one (trigger)."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="officers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="visits")
    showed = models.BooleanField(_("showed the certificate"), default=False)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer at a visit")
        ordering = ("visit", "member")
        constraints = [models.UniqueConstraint(fields=["visit", "member"], name="visit_officer_once")]


class VisitItem(models.Model):
    """A line of a department's checklist as it stood when the visit was begun, and what was found on it."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="items")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("what is looked at"), max_length=200)
    basis = models.CharField(_("basis"), max_length=200, blank=True, default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(
        _("result"), max_length=8, choices=ItemResult, blank=True, default=ItemResult.OPEN
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    checked_by, checked_at = actor(), moment()

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("checked line")
        ordering = ("visit", "department", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "department", "position"], name="visit_item_position_once"
            ),
            *paired("visit_item", "checked"),
            models.CheckConstraint(
                condition=Q(result="", checked_at=None) | (~Q(result="") & Q(checked_at__isnull=False)),
                name="visit_item_checked_by_somebody",
            ),
        ]


class VisitFile(models.Model):
    """A file of a visit: the scan of the signed record, a photograph of the site. Stored under its SHA-256."""

    kind_code = "inspection_visit_file"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    file = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a visit")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["visit", "sha256"], name="visit_file_once")]

    def __str__(self):
        return self.name
