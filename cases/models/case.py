"""The case (线索 until filed, 案件 after), its subjects and its strands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import CASE_MOVES, STRAND_MOVES, CaseStatus, Disposition, Source, StrandStatus
from cases.models.subject import Subject
from cases.querysets import CaseQuerySet, OfCaseQuerySet
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Category, Department, Region
from documents.models import IssuedDocument


class Case(Versioned):
    """What several departments do about one suspicion (C3, C32). `number` is 联办〔2026〕126号.

    `lamp` and `next_due_on` are copies kept by deadlines' actions for the list; the truth is in Deadline.
    """

    kind_code = "case"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = CASE_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="cases")
    number = models.CharField(_("case number"), max_length=40)
    title = models.CharField(_("case name"), max_length=120)
    pinyin = models.CharField(max_length=120, blank=True, default="", db_default="", editable=False)
    owner = models.ForeignKey(Department, models.PROTECT, related_name="owned_cases")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="handled_cases"
    )
    source = models.CharField(_("source"), max_length=12, choices=Source)
    source_number = models.CharField(_("source number"), max_length=60, blank=True)
    summary = models.TextField(_("facts"))
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    found_on = models.DateField(_("received on"))
    categories = models.ManyToManyField(Category, related_name="cases", verbose_name=_("categories"))
    subjects = models.ManyToManyField(Subject, through="CaseSubject", related_name="cases")
    major = models.BooleanField(_("major"), default=False)
    restricted = models.BooleanField(_("restricted to named persons"), default=False)
    status = models.CharField(_("status"), max_length=12, choices=CaseStatus, default=CaseStatus.REGISTERED)
    filed = models.BooleanField(_("filed"), default=False)  # 案件 once any strand was filed
    opened_at = models.DateTimeField(_("registered"))
    closed_at = models.DateTimeField(null=True, blank=True)
    suspected = models.DecimalField(_("suspected amount"), max_digits=14, decimal_places=2, default=0)
    lamp = models.CharField(max_length=1, default="n")
    next_due_on = models.DateField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        ordering = ("-opened_at", "-id")
        permissions = [("summary_case", "Can see metadata and status"), ("work_case", "Can work the case")]
        indexes = [models.Index(fields=["region", "-opened_at"], name="case_by_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="case_number_once_a_region"),
            models.CheckConstraint(
                condition=Q(period_to=None) | Q(period_from__lte=models.F("period_to")),
                name="case_period_in_order",
            ),
            models.CheckConstraint(condition=Q(suspected__gte=0), name="case_suspected_not_negative"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="case_closed_iff_closed_at",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def word(self):
        """线索 until filed, 案件 after."""
        return _("case") if self.filed else _("lead")


class CaseSubject(models.Model):
    """A subject's part in a case."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.CASCADE, related_name="case_subjects")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="case_subjects")
    principal = models.BooleanField(_("principal"), default=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-principal", "id")
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="case_subject_once")]


class Strand(Versioned):
    """一案多查: one department's handling line in a case, with its own handler, findings and procedure."""

    kind_code = "strand"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    MOVES = STRAND_MOVES

    case = models.ForeignKey(Case, models.PROTECT, related_name="strands")
    department = models.ForeignKey(Department, models.PROTECT, related_name="strands")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="strands"
    )
    status = models.CharField(
        _("status"), max_length=14, choices=StrandStatus, default=StrandStatus.VERIFYING
    )
    opened_at = models.DateTimeField()
    filed_on = models.DateField(null=True, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    disposition = models.CharField(
        _("disposition"), max_length=12, choices=Disposition, default=Disposition.NONE
    )
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_basis = models.TextField(_("legal basis of the decision"), blank=True)
    findings = models.TextField(_("findings"), blank=True)
    basis_documents = models.ManyToManyField(
        IssuedDocument, related_name="+", verbose_name=_("documents it rests on")
    )
    reason = models.TextField(_("reason"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)  # the how-manieth decision: one more when taken up again

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("strand")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["case", "department"], name="strand_once_a_department")
        ]

    def __str__(self):
        return f"{self.case.number} {self.department}"

    @property
    def over(self) -> bool:
        return self.ended_at is not None
