"""涉嫌犯罪移送: the file from the proposal to the decision of the police (国务院令第310号).

The letter that leaves is a `Dispatch` of kind criminal and the file at the police a `Referral`, as for any
letter; this row carries what the regulation adds: officers, report, decision, attachments, remedies.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Evidence, Subject
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument
from referrals.crime_enums import CRIME_MOVES, CRIME_OVER, WITH_POLICE, AttachmentKind, CrimeStatus, StepKind
from referrals.crime_querysets import CrimeStepQuerySet, CriminalTransferQuerySet, OfTransferQuerySet
from referrals.models.paper import Dispatch
from referrals.models.referral import Referral
from referrals.querysets import SigningRuleQuerySet


def _yuan(name):
    return models.DecimalField(name, max_digits=14, decimal_places=2)


class CrimeThreshold(Versioned):
    """Amounts from which a crime is prosecuted, in yuan. National law gives ranges, the province decides:
    where it has decided, lower and upper bound are equal. A hint for people, never a decision."""

    kind_code = "crime_threshold"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    crime = models.CharField(_("suspected crime"), max_length=60, unique=True)
    article = models.CharField(_("article"), max_length=100)
    large_from = _yuan(_("large amount, from"))
    large_to = _yuan(_("large amount, at the latest from"))
    huge_from = _yuan(_("huge amount, from"))
    huge_to = _yuan(_("huge amount, at the latest from"))
    enormous_from = _yuan(_("enormous amount, from"))
    basis = models.CharField(_("basis"), max_length=300)

    objects = SigningRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("amount of prosecution")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(large_from__gt=0)
                & Q(large_from__lte=F("large_to"))
                & Q(large_to__lt=F("huge_from"))
                & Q(huge_from__lte=F("huge_to"))
                & Q(huge_to__lt=F("enormous_from")),
                name="crime_threshold_in_order",
            )
        ]

    def __str__(self):
        return self.crime


class CriminalTransfer(Versioned):
    """One suspicion of crime in a case, on its way from a department to the police.

    `police` and `referral` are the body that holds the file now and its letter: a file that was forwarded (art. 7)
    has a letter at each body that had it, all of one `dispatch`. `forwarded_to` is the last body it was forwarded to.
    """

    kind_code = "crime"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    classification = {"others": Classification.PERSONAL}
    MOVES = CRIME_MOVES

    case = models.ForeignKey(Case, models.PROTECT, related_name="criminal_transfers")
    department = models.ForeignKey(Department, models.PROTECT, related_name="criminal_transfers")
    police = models.ForeignKey(Department, models.PROTECT, related_name="criminal_files")
    procuratorate = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        _("status"), max_length=14, choices=CrimeStatus, default=CrimeStatus.PROPOSED
    )

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    threshold = models.ForeignKey(CrimeThreshold, models.PROTECT, null=True, related_name="+")
    crime = models.CharField(_("suspected crime"), max_length=60)
    article = models.CharField(_("article"), max_length=100)
    found_on = models.DateField(_("discovered on"))
    facts = models.TextField(_("facts"), max_length=4000)
    amount = _yuan(_("amount involved"))
    amount_verified = models.BooleanField(_("from the verified amount"), default=False)
    measures = models.TextField(_("measures taken"), max_length=1000, blank=True)
    persons = models.ManyToManyField(Subject, related_name="criminal_transfers", verbose_name=_("suspects"))
    others = models.CharField(_("other persons involved"), max_length=300, blank=True)

    report = models.TextField(_("report"), max_length=6000, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(_("reasons of the decision"), max_length=1000, blank=True)
    forwarded_to = models.CharField(_("forwarded to"), max_length=60, blank=True)
    strand_suspended = models.BooleanField(default=False)
    copy_served_on = models.DateField(_("copy served on"), null=True, blank=True)
    dispatch = models.OneToOneField(Dispatch, models.PROTECT, null=True, related_name="criminal_transfer")
    referral = models.OneToOneField(Referral, models.PROTECT, null=True, related_name="criminal_transfer")

    objects = CriminalTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer of suspected crime")
        ordering = ("-id",)
        indexes = [models.Index(fields=["department", "status"], name="crime_by_department")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "department"],
                condition=~Q(status__in=CRIME_OVER),
                name="crime_one_open_a_department",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="crime_amount"),
            models.CheckConstraint(
                condition=Q(copy_served_on=None) | Q(referral__isnull=False), name="crime_copy_served_after_hand_over"
            ),
            models.CheckConstraint(condition=~Q(department=F("police")), name="crime_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "verifying", "discarded", "reported", "declined"], dispatch=None)
                | Q(status="approved", dispatch__isnull=False, referral=None)
                | Q(dispatch__isnull=False, referral__isnull=False),
                name="crime_papers_fit_status",
            ),
        ]

    def __str__(self):
        return _("%(case)s: suspected %(crime)s") % {"case": self.case.title, "crime": self.crime}

    def get_absolute_url(self):
        return reverse("referrals:crime", args=[self.pk])

    @property
    def over(self) -> bool:
        return self.status in CRIME_OVER

    @property
    def on_paper(self) -> bool:
        """Whether the deciding body does not speak here itself: the sender's registrar records it with a scan."""
        return not self.police.has_account

    @property
    def copy_unproved(self) -> bool:
        """Handed over, and nothing proves yet that the procuratorate got its copy."""
        return self.status in WITH_POLICE and self.copy_served_on is None


class CrimeOfficer(models.Model):
    """One of the two or more officers who verify (art. 5), with the certificate number of that day."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    transfer = models.ForeignKey(CriminalTransfer, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    certificate = models.CharField(_("enforcement certificate number"), max_length=30)

    objects = OfTransferQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["transfer", "user"], name="crime_officer_once")]


class CrimeAttachment(models.Model):
    """One attachment (art. 6): a file of the case, or the reason why there is none."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    transfer = models.ForeignKey(CriminalTransfer, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    none_reason = models.CharField(_("why there is none"), max_length=200, blank=True)

    objects = OfTransferQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, none_reason="") | (Q(evidence=None) & ~Q(none_reason="")),
                name="crime_attachment_or_reason",
            )
        ]


class CrimeItem(models.Model):
    """A line of the list of items involved (序号/名称/规格/数量/页数/来源/备注)."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    transfer = models.ForeignKey(CriminalTransfer, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=60)
    specification = models.CharField(_("specification"), max_length=60, blank=True)
    quantity = models.CharField(_("quantity"), max_length=20)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = OfTransferQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["transfer", "position"], name="crime_item_position_once")]


class CrimeStep(models.Model):
    """A dated step. `happened_at` is when it happened, `at` when it was entered: they differ where the
    registrar enters for a body without an account, with number and scan."""

    kind_code = "crime_step"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    transfer = models.ForeignKey(CriminalTransfer, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=16, choices=StepKind)
    happened_at = models.DateTimeField()
    number = models.CharField(_("document number"), max_length=60, blank=True)
    text = models.CharField(_("reasons"), max_length=2000, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=40, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    file = models.FileField(max_length=200, blank=True)
    name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CrimeStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a transfer of suspected crime")
        ordering = ("id",)
