"""Letters about a letter somebody has: 补正函, 补充材料函, 督办函, and those about a suspected crime."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.scopes import Retention, Scope
from documents.models import IssuedDocument
from referrals.enums import (
    BY_SENDER,
    CRIME_LETTERS,
    DECISIONS,
    FOLLOW_UPS,
    PAPER_OPEN,
    WITH_FILES,
    LetterKind,
)
from referrals.models.above import ListedFile
from referrals.models.paper import Paper, paper_constraints
from referrals.models.receiving import Completion
from referrals.models.referral import Referral
from referrals.querysets_follow_up import FollowUpQuerySet, OfFollowUpQuerySet


class FollowUp(Paper):
    """A paper whose effect begins when it goes out: the clock stands, material changes hands, 督办 begins, a case is
    filed or not, reconsideration is asked for.

    `text` is what is missing, the explanation, what is demanded or the reasons; `to` the body a file is forwarded to.
    `case` is empty for the office, which does not read the case.
    """

    kind_code = "follow_up"
    locked_after = ("referral.case",)  # its own case is empty for the office
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="follow_ups")
    kind = models.CharField(
        _("kind"), max_length=12, choices=[(kind.value, kind.label) for kind in FOLLOW_UPS]
    )
    text = models.TextField(_("text"), max_length=2000, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    completion = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="supplements")
    filed = models.BooleanField(_("filed"), null=True)
    to = models.CharField(_("forwarded to"), max_length=60, blank=True)
    late_reason = models.CharField(_("why it is late"), max_length=300, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter about a letter")
        ordering = ("id",)
        constraints = [
            *paper_constraints("follow_up"),
            models.UniqueConstraint(
                fields=["referral", "kind"], condition=Q(status__in=PAPER_OPEN), name="follow_up_one_open_a_kind"
            ),
            # two letters of one side about one suspected crime would contradict each other
            models.UniqueConstraint(
                fields=["referral", "department"], condition=Q(status__in=PAPER_OPEN, kind__in=list(CRIME_LETTERS)),
                name="follow_up_one_open_of_a_crime",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", document__isnull=False) | (~Q(status="sent") & Q(document=None)),
                name="follow_up_sent_iff_issued",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["completion", "supervision"], due_on__isnull=False)
                | (~Q(kind__in=["completion", "supervision"]) & Q(due_on=None)),
                name="follow_up_due_on_iff_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(kind="supply", completion__isnull=False) | (~Q(kind="supply") & Q(completion=None)),
                name="follow_up_completion_iff_supply",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(DECISIONS), filed__isnull=False) | (~Q(kind__in=list(DECISIONS)) & Q(filed=None)),
                name="follow_up_filed_iff_decision",
            ),
            models.CheckConstraint(
                condition=(Q(kind="forward") & ~Q(to="")) | (~Q(kind="forward") & Q(to="")),
                name="follow_up_to_iff_forward",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(WITH_FILES)) | ~Q(text=""), name="follow_up_says_something"
            ),
            models.CheckConstraint(
                condition=Q(kind="supervision", case=None) | (~Q(kind="supervision") & Q(case__isnull=False)),
                name="follow_up_case_unless_office",
            ),
        ]

    def __str__(self):
        return f"{LetterKind(self.kind).label} {self.referral.number}"

    def get_absolute_url(self):
        return reverse("referrals:follow_up", args=[self.pk])

    @property
    def served_on_paper(self) -> bool:
        """Whether whom it is for does not work here, so that its registrar has it served and proves it."""
        if self.kind in CRIME_LETTERS:
            if self.kind == LetterKind.OVERSIGHT:
                return not self.referral.crime.procuratorate.has_account
            return self.kind in BY_SENDER and not self.referral.receiver.has_account
        body = self.referral.sender if self.department_id == self.referral.receiver_id else self.referral.receiver
        return not body.has_account


class FollowUpDelivery(models.Model):
    """送达回证 of a letter about a letter to a body without an account; what runs from its receipt runs from this day."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    letter = models.OneToOneField(FollowUp, models.PROTECT, related_name="delivery")
    delivered_on = models.DateField(_("delivered on"))
    received_by_name = models.CharField(_("taken by"), max_length=40)
    method = models.CharField(_("how"), max_length=40)
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of delivery")
        ordering = ("id",)


class FollowUpItem(ListedFile):
    """A file that goes with a supplement of material."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    letter = models.ForeignKey(FollowUp, models.CASCADE, related_name="manifest")
    quantity = models.PositiveSmallIntegerField(_("copies"), default=1)
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = OfFollowUpQuerySet.as_manager()

    class Meta(ListedFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["letter", "evidence"], name="follow_up_item_evidence_once"),
            models.UniqueConstraint(fields=["letter", "position"], name="follow_up_item_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="follow_up_item_quantity"),
        ]
