"""异地协查: stays of insured people in other places, and what the bureau there is asked about them (E45)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Subject
from cases.querysets import OfCaseQuerySet
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.enums import PAPER_OPEN, LetterKind
from referrals.enums_assist import ASSIST_MOVES, AssistStage
from referrals.models.above import ListedFile
from referrals.models.common import paired
from referrals.models.paper import Paper, paper_constraints
from referrals.querysets_assist import AssistQuerySet, AssistThresholdQuerySet, OfAssistQuerySet


def _person(null=True):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+")


class AssistThreshold(models.Model):
    """From which inpatient cost in another province (yuan) a request is proposed; versioned by effective date."""

    kind_code = "assist_threshold"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    effective_from = models.DateField(_("in force from"), unique=True)
    basis = models.CharField(_("basis"), max_length=200)

    objects = AssistThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("amount from which a request to another place is proposed")
        ordering = ("-effective_from",)
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="assist_threshold_positive")]

    def __str__(self):
        return f"{self.amount} {self.effective_from}"


class OutsideStay(models.Model):
    """A stay in a hospital of another place that belongs to a case. `proposed`: by the amount in force when entered."""

    kind_code = "outside_stay"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="outside_stays")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    # whose stay it was, where known: a person of the register of subjects, the number sealed there
    patient = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("insured person"))
    place = models.CharField(_("place"), max_length=40)
    hospital = models.CharField(_("hospital"), max_length=100)
    cross_province = models.BooleanField(_("in another province"), default=True)
    cost = models.DecimalField(_("inpatient cost"), max_digits=14, decimal_places=2)
    admitted_on = models.DateField(_("admitted on"))
    discharged_on = models.DateField(_("discharged on"), null=True, blank=True)
    threshold = models.ForeignKey(AssistThreshold, models.PROTECT, related_name="+")
    proposed = models.BooleanField(default=False)
    registered_by = _person(null=False)
    registered_at = models.DateTimeField()
    waived_by = _person()
    waived_at = models.DateTimeField(null=True)
    waive_reason = models.CharField(_("why no request is made"), max_length=300, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay in another place")
        ordering = ("id",)
        constraints = [
            *paired("outside_stay", "waived"),
            models.CheckConstraint(condition=Q(cost__gt=0), name="outside_stay_cost"),
            models.CheckConstraint(
                condition=Q(discharged_on=None) | Q(discharged_on__gte=F("admitted_on")), name="outside_stay_in_order"
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waive_reason="") | (Q(waived_at__isnull=False) & ~Q(waive_reason="")),
                name="outside_stay_waived_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.hospital}"

    @property
    def patient_masked(self) -> str:
        """As shown on the screen: 张** 4399**********1234; nothing where nobody is known."""
        return "" if self.patient is None else f"{self.patient.name[:1]}** {self.patient.id_masked}".rstrip()


class AssistLetter(Paper):
    """协查函: what the bureau of another place is asked; served on paper, its reply recorded here.

    `reason` says why it is asked where the stay is below the threshold, or there is none.
    """

    kind_code = "assist_letter"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = ASSIST_MOVES

    stay = models.ForeignKey(OutsideStay, models.PROTECT, null=True, related_name="letters")
    body_name = models.CharField(_("bureau asked"), max_length=60)
    title = models.CharField(_("subject line"), max_length=100)
    facts = models.TextField(_("facts"), max_length=4000)
    request = models.TextField(_("what is asked"), max_length=2000)
    reason = models.CharField(_("why it is asked below the threshold"), max_length=300, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    stage = models.CharField(_("state"), max_length=10, choices=AssistStage, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True)
    delivered_how = models.CharField(_("how"), max_length=40, blank=True)
    delivered_by = _person()
    delivered_at = models.DateTimeField(null=True)
    answer_number = models.CharField(_("number of the answer"), max_length=60, blank=True)
    answer_on = models.DateField(_("date of the answer"), null=True)
    answer_text = models.TextField(_("what the answer says"), max_length=4000, blank=True)
    answered_by = _person()
    answered_at = models.DateTimeField(null=True)
    closed_by = _person()
    closed_at = models.DateTimeField(null=True)
    close_remark = models.CharField(_("remark"), max_length=300, blank=True)
    withdrawn_by = _person()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AssistQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to another place")
        ordering = ("-id",)
        constraints = [
            *paper_constraints("assist_letter"),
            *paired("assist_letter", "delivered", "answered", "closed", "withdrawn"),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(status__in=PAPER_OPEN) | Q(stage__in=["posted", "delivered"]),
                name="assist_one_open_a_stay",
            ),
            models.CheckConstraint(
                condition=(Q(status="sent", document__isnull=False) & ~Q(stage=""))
                | (~Q(status="sent") & Q(document=None, stage="")),
                name="assist_letter_stage_iff_sent",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["delivered", "answered"]) | Q(delivered_at__isnull=False),
                name="assist_letter_answered_only_when_delivered",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("referrals:assist_letter", args=[self.pk])

    @property
    def kind(self) -> LetterKind:
        return LetterKind.ASSIST


class AssistItem(ListedFile):
    """A file that goes with a request to another place."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    letter = models.ForeignKey(AssistLetter, models.CASCADE, related_name="manifest")

    objects = OfAssistQuerySet.as_manager()

    class Meta(ListedFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["letter", "evidence"], name="assist_item_evidence_once"),
            models.UniqueConstraint(fields=["letter", "position"], name="assist_item_position_once"),
        ]


class AssistFile(models.Model):
    """A scan that belongs to a request: proof of delivery, the answer."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    letter = models.ForeignKey(AssistLetter, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=[("delivery", _("proof of delivery")), ("answer", _("answer"))])
    file = models.CharField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    by = _person(null=False)
    at = models.DateTimeField()

    objects = OfAssistQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
