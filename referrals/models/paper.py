"""The paper before it leaves: one draft, one signature, any number of receivers (ADR 0031)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Evidence
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.enums import ReferralKind, Role
from departments.models import Department
from referrals.enums import PAPER_MOVES, PAPER_OPEN, LetterKind, PaperStatus
from referrals.models.common import paired
from referrals.querysets import DispatchQuerySet, OfDispatchQuerySet, SigningRuleQuerySet


class SigningRule(models.Model):
    """Who reviews and who signs a kind of paper (DESIGN §2); without a reviewer it goes straight to the signer."""

    kind_code = "signing_rule"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind, unique=True)
    reviewer = models.CharField(_("reviewed by"), max_length=16, choices=Role, blank=True)
    signer = models.CharField(_("signed by"), max_length=16, choices=Role)

    objects = SigningRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing rule")
        ordering = ("id",)

    def __str__(self):
        return self.get_kind_display()


def _person(null=True):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+")


class Paper(Versioned):
    """What is drafted, reviewed, signed and sent: 拟稿 → 审核 → 签发 → 编号、用印、发出.

    Sending back empties the later stamps; the journal keeps them.
    """

    MOVES = PAPER_MOVES
    kind_code: str

    status = models.CharField(_("status"), max_length=10, choices=PaperStatus, default=PaperStatus.DRAFT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)s_papers")
    department = models.ForeignKey(Department, models.PROTECT, related_name="%(class)s_papers")
    drafted_by = _person(null=False)
    drafted_at = models.DateTimeField()
    submitted_by = _person()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = _person()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person()
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_by = _person()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.CharField(_("sent back because"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        """Whether it is still inside the department."""
        return self.status in PAPER_OPEN


def paper_constraints(model: str) -> list:
    """What holds for every paper: stamps in pairs, never signed by its drafter, sent only when signed."""
    return [
        *paired(model, "submitted", "reviewed", "approved", "sent"),
        models.CheckConstraint(
            condition=(Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")))
            & (Q(approved_by=None) | ~Q(approved_by=F("drafted_by"))),
            name=f"{model}_four_eyes",
        ),
        models.CheckConstraint(
            condition=Q(status__in=["draft", "discarded"], submitted_at=None, approved_at=None, sent_at=None)
            | Q(status="submitted", submitted_at__isnull=False, approved_at=None, sent_at=None)
            | Q(status="reviewed", reviewed_at__isnull=False, approved_at=None, sent_at=None)
            | Q(status="approved", approved_at__isnull=False, sent_at=None)
            | Q(status="sent", approved_at__isnull=False, sent_at__isnull=False),
            name=f"{model}_stamps_fit_status",
        ),
    ]


class Dispatch(Paper):
    """One transfer to any number of departments; each gets a letter and a `Referral` of its own when it is sent.

    For technical support `discovered_on` is the day from which the requester's three working days run (C14).
    """

    kind_code = "dispatch"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    kind = models.CharField(_("kind"), max_length=12, choices=ReferralKind)
    subject = models.CharField(_("subject line"), max_length=100)
    facts = models.TextField(_("facts"), max_length=4000)
    amount = models.DecimalField(_("amount involved"), max_digits=14, decimal_places=2, null=True, blank=True)
    request = models.TextField(_("what is asked"), max_length=1000, blank=True)
    limit_on = models.DateField(_("answer by"), null=True, blank=True)
    discovered_on = models.DateField(_("discovered on"), null=True, blank=True)
    late_reason = models.CharField(_("why the notice is late"), max_length=300, blank=True)
    # 转送函: the letter that was received and belongs elsewhere
    forwards = models.ForeignKey(
        "referrals.Referral", models.PROTECT, null=True, blank=True, related_name="forwardings"
    )
    receivers = models.ManyToManyField(Department, related_name="incoming_dispatches", verbose_name=_("to"))
    copied = models.ManyToManyField(Department, related_name="copied_dispatches", verbose_name=_("copies to"))
    unclear = models.CharField(_("what is unclear"), max_length=1000, blank=True)  # early involvement only
    # bulletins only (FACTS §3)
    handled = models.TextField(_("investigated and dealt with so far"), max_length=2000, blank=True)
    circle = models.CharField(_("who may know of it"), max_length=100, blank=True)
    left_out = models.CharField(_("why a proposed department is left out"), max_length=300, blank=True)
    team = models.ForeignKey(
        "referrals.JointTeam", models.PROTECT, null=True, blank=True, related_name="invitations"
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing paper")
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["department", "status"], condition=Q(status__in=PAPER_OPEN), name="dispatch_open"
            ),
        ]
        constraints = [
            *paper_constraints("dispatch"),
            models.CheckConstraint(
                condition=Q(kind="support", discovered_on__isnull=False)
                | (~Q(kind="support") & Q(discovered_on=None)),
                name="dispatch_discovered_iff_support",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="dispatch_amount"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("referrals:dispatch", args=[self.pk])


class ManifestItem(models.Model):
    """A line of the evidence manifest: what is handed over, under which hash (序号/名称/数量/页数/备注)."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="manifest")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="manifest_items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    quantity = models.PositiveSmallIntegerField(_("copies"), default=1)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = OfDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("manifest line")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "evidence"], name="manifest_evidence_once"),
            models.UniqueConstraint(fields=["dispatch", "position"], name="manifest_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="manifest_quantity"),
        ]

    def __str__(self):
        return self.name


class Question(models.Model):
    """A question put to the supporting department; its answer is an `AnswerItem` of the reply."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=500)

    objects = OfDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "position"], name="question_position_once")
        ]

    def __str__(self):
        return self.text
