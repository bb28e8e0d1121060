"""督办 of a data comparison by the office."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.models.common import RepliedOnPaper, paired, paper_whole
from referrals.models.comparison import Comparison
from referrals.querysets_comparison import ListSupervisionQuerySet
from referrals.receiving_enums import LIST_SUPERVISION_MOVES, ListSupervisionStatus


def _person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class ListSupervision(RepliedOnPaper, Versioned):
    """督办函 to who is late with a data comparison: drafted by the coordinator, signed by somebody else of the office.

    It names the letter and the day only: the office sees neither the purpose nor the list.
    """

    kind_code = "list_supervision"
    locked_after = ("comparison",)  # what ends the waiting locks that first
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = LIST_SUPERVISION_MOVES

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="supervisions")
    office = models.ForeignKey(Department, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("times"))
    status = models.CharField(max_length=9, choices=ListSupervisionStatus, default=ListSupervisionStatus.DRAFT)
    demand = models.TextField(_("what is demanded"), max_length=1000)
    reply_on = models.DateField(_("reply by"))
    duty = models.CharField(_("what is overdue"), max_length=60)
    due_on = models.DateField(_("original limit"))
    days_late = models.PositiveSmallIntegerField(_("working days late"))
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    drafted_by = _person()
    drafted_at = models.DateTimeField()
    reviewed_by, reviewed_at = _person(null=True), models.DateTimeField(null=True)
    issued_by, issued_at = _person(null=True), models.DateTimeField(null=True)
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_by, replied_at = _person(null=True), models.DateTimeField(null=True)
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # 送达回证, where the receiver does not work here
    delivered_on = models.DateField(_("delivered on"), null=True)
    delivered_by, delivered_at = _person(null=True), models.DateTimeField(null=True)
    received_by_name = models.CharField(_("taken by"), max_length=40, blank=True)
    delivery_method = models.CharField(_("how"), max_length=40, blank=True)
    proof_file = models.FileField(max_length=200, blank=True)
    proof_name = models.CharField(max_length=150, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)

    objects = ListSupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision of a data comparison")
        ordering = ("id",)
        constraints = [
            *paired("list_supervision", "reviewed", "issued", "replied", "delivered"),
            paper_whole("list_supervision"),
            models.UniqueConstraint(
                fields=["comparison"], condition=Q(status__in=["draft", "reviewed", "issued"]),
                name="list_supervision_one_open",
            ),
            models.UniqueConstraint(fields=["comparison", "number"], name="list_supervision_counted"),
            models.CheckConstraint(
                condition=(Q(issued_by=None) | ~Q(issued_by=F("drafted_by")))
                & (Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")))
                & (Q(reviewed_by=None) | Q(issued_by=None) | ~Q(issued_by=F("reviewed_by"))),
                name="list_supervision_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None, delivered_on=None, proof_file="")
                | Q(delivered_at__isnull=False, delivered_on__isnull=False, issued_at__isnull=False) & ~Q(proof_file=""),
                name="list_supervision_delivered_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", reviewed_at=None, issued_at=None, replied_at=None, reply="", end_reason="")
                | Q(status="reviewed", reviewed_at__isnull=False, issued_at=None, replied_at=None, reply="", end_reason="")
                | Q(status="discarded", issued_at=None, replied_at=None, reply="") & ~Q(end_reason="")
                | Q(status="issued", issued_at__isnull=False, replied_at=None, reply="", end_reason="")
                | Q(status="replied", issued_at__isnull=False, replied_at__isnull=False, end_reason="") & ~Q(reply="")
                | Q(status="lapsed", replied_at=None, reply="") & ~Q(end_reason=""),
                name="list_supervision_stamps_fit_status",
            ),
        ]

    def __str__(self):
        return f"{self.comparison.number} #{self.number}"

    def get_absolute_url(self):
        return reverse("referrals:list_supervision", args=[self.pk])
