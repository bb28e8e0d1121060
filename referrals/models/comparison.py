"""户籍注销比对 and other data comparisons: a list of people goes to the police, the hits come back (C23)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.enums import COMPARISON_MOVES, ComparisonKind, ComparisonStatus
from referrals.models.common import paired
from referrals.querysets_comparison import ComparisonQuerySet, OfComparisonQuerySet


def _person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Comparison(Versioned):
    """One list that two departments compare. `unasked`: the holder of the register sends the hits by itself.

    `sender` writes the letter, `receiver` gets it; the asker is the sender, or the receiver of an unasked one.
    The rows are destroyed on `destroy_on`; what remains is how many there were, how many were hit, and the
    SHA-256 of the list, so that the file somebody still holds can be told to be that list.
    """

    kind_code = "comparison"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = COMPARISON_MOVES

    kind = models.CharField(_("what is compared"), max_length=12, choices=ComparisonKind)
    unasked = models.BooleanField(_("sent without being asked"), default=False)
    sender = models.ForeignKey(Department, models.PROTECT, related_name="sent_comparisons")
    receiver = models.ForeignKey(Department, models.PROTECT, related_name="received_comparisons")
    purpose = models.CharField(_("purpose"), max_length=300)
    basis = models.CharField(_("legal basis"), max_length=300)
    limit_on = models.DateField(_("answer by"), null=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ComparisonStatus, default=ComparisonStatus.DRAFT
    )
    total = models.PositiveIntegerField(_("people on the list"))
    hits = models.PositiveIntegerField(_("hits"), null=True)
    list_sha256 = models.CharField(max_length=64)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    result_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    result_note = models.CharField(_("remark on the result"), max_length=500, blank=True)
    sent_back_reason = models.CharField(_("sent back because"), max_length=300, blank=True)
    # where the receiver has no account: the proof that the letter was served, and its answer on paper
    proof = models.CharField(max_length=200, blank=True)
    proof_name = models.CharField(max_length=150, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    scan = models.CharField(max_length=200, blank=True)
    scan_name = models.CharField(max_length=150, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    paper_number = models.CharField(_("their document number"), max_length=40, blank=True)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by, submitted_at = _person(), models.DateTimeField(null=True)
    approved_by, approved_at = _person(), models.DateTimeField(null=True)
    sent_by, sent_at = _person(), models.DateTimeField(null=True)
    received_by, received_at = _person(), models.DateTimeField(null=True)
    prepared_by, prepared_at = _person(), models.DateTimeField(null=True)
    answered_by, answered_at = _person(), models.DateTimeField(null=True)
    closed_by, closed_at = _person(), models.DateTimeField(null=True)
    # withdrawn by the sender, returned by the receiver, or (nobody) expired by the clerk; always without a result
    ended_by, ended_at = _person(), models.DateTimeField(null=True)
    end_reason = models.CharField(_("ended because"), max_length=300, blank=True)
    destroy_on = models.DateField(_("list destroyed on"), null=True)
    destroyed_by, destroyed_at = _person(), models.DateTimeField(null=True)  # nobody: the clerk, on the day

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("data comparison")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["receiver", "status", "-id"], name="comparison_inbox"),
            models.Index(fields=["sender", "status", "-id"], name="comparison_outbox"),
            models.Index(
                fields=["destroy_on"], condition=Q(destroyed_at=None), name="comparison_to_destroy"
            ),
        ]
        constraints = [
            *paired(
                "comparison",
                *("submitted", "approved", "sent", "received", "prepared", "answered", "closed"),
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="comparison_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="comparison_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(prepared_by=None) | ~Q(answered_by=F("prepared_by")) | ~Q(scan=""),
                name="comparison_result_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(hits=None) | Q(hits__lte=F("total")), name="comparison_hits_on_the_list"
            ),
            # the clerk destroys without anybody's doing
            models.CheckConstraint(
                condition=Q(destroyed_at=None, destroyed_by=None) | Q(destroyed_at__isnull=False),
                name="comparison_destroyed_by_at",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                & ~Q(status__in=["withdrawn", "returned", "expired"])
                | Q(ended_at__isnull=False, ended_by__isnull=False, status__in=["withdrawn", "returned"])
                & ~Q(end_reason="")
                | Q(ended_at__isnull=False, ended_by=None, status="expired") & ~Q(end_reason=""),
                name="comparison_ended_by_at",
            ),
            # a list that went out is destroyed some day, whatever becomes of the letter
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(destroy_on__isnull=False), name="comparison_sent_list_ends"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(destroy_on__isnull=False), name="comparison_destroyed_when_due"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "received", "prepared", "answered", "closed"])
                | Q(sent_at__isnull=False, document__isnull=False),
                name="comparison_sent_iff_issued",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self):
        return reverse("referrals:comparison", args=[self.pk])


class ComparisonRow(models.Model):
    """One person on the list: sealed, found again by blind index, shown masked; gone when the list is destroyed."""

    scope = Scope.DEPARTMENT
    retention = Retention.SHORT
    classification = {
        "name_sealed": Classification.SEALED,
        "id_sealed": Classification.SEALED,
        "id_index": Classification.SEALED,
        "finding_sealed": Classification.SEALED,
        "masked": Classification.PERSONAL,
    }

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    name_sealed = models.BinaryField()
    id_sealed = models.BinaryField()
    id_index = models.CharField(max_length=64)
    masked = models.CharField(max_length=40)
    hit = models.BooleanField(null=True)
    finding_sealed = models.BinaryField(null=True)
    lead = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    objects = OfComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on the list")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["comparison", "position"], name="comparison_row_position_once"),
            models.UniqueConstraint(fields=["comparison", "id_index"], name="comparison_person_once"),
            models.CheckConstraint(condition=Q(lead=None) | Q(hit=True), name="comparison_lead_of_a_hit"),
        ]

    def __str__(self):
        return self.masked
