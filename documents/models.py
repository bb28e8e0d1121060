"""Official paper: the number series, and every copy that was issued."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from documents.enums import REPORT_MOVES, Layout, ReportStatus
from documents.querysets import IssuedDocumentQuerySet
from documents.querysets_reports import PeriodReportQuerySet

HEX64 = RegexValidator(r"^[0-9a-f]{64}$")


class Series(models.Model):
    """The counter of one 代字 in one year. Only `actions.issuing.next_number` moves it, under its row lock."""

    kind_code = "series"
    scope = Scope.NONE
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    mark = models.CharField(_("document mark"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["region", "mark", "year"], name="series_once"),
        ]

    def __str__(self):
        return f"{self.mark}〔{self.year}〕"


class IssuedDocument(models.Model):
    """One issued paper. What it says, its number and its file never change again: a trigger sees to it.

    `context` is the paper as `documents.letter.as_json` gives it; `file` and `sealed_file` are names in the
    storage, made of the SHA-256 of their bytes.
    """

    kind_code = "document"
    scope = Scope.CASE
    retention = Retention.PERMANENT
    classification = {
        "context": Classification.PERSONAL,
        "title": Classification.INTERNAL,
        "verification_code": Classification.INTERNAL,
    }
    # kinds of thing that do not decide who may read a paper
    TARGET_KINDS_NEVER = frozenset({"document", "region", "department", "user", "post"})

    kind = models.CharField(_("kind"), max_length=40)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("issuing department")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="documents", verbose_name=_("number series")
    )
    sequence = models.PositiveIntegerField(_("number in the series"))
    number = models.CharField(_("document number"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    context = models.JSONField(_("content"))
    template_version = models.PositiveSmallIntegerField(_("template version"))
    file = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64, validators=[HEX64])
    size = models.PositiveIntegerField(_("size in bytes"))
    # of the certificate the file is signed with; empty: issued without
    signer_subject = models.CharField(
        pgettext_lazy("signature", "certificate"), max_length=200, blank=True, default=""
    )
    signer_serial = models.CharField(_("serial number of the certificate"), max_length=64, blank=True, default="")
    verification_code = models.CharField(_("verification code"), max_length=12, unique=True)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    case_id = models.BigIntegerField(null=True)
    region_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=30, blank=True, default="")
    target_id = models.BigIntegerField(null=True)

    sealed_file = models.CharField(_("scan of the sealed copy"), max_length=120, blank=True, default="")
    sealed_type = models.CharField(max_length=40, blank=True, default="")
    sealed_sha256 = models.CharField(max_length=64, blank=True, default="")
    sealed_at = models.DateTimeField(_("sealed"), null=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    voided_at = models.DateTimeField(_("voided"), null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="document_by_target"),
            models.Index(fields=["case_id"], name="document_by_case"),
            models.Index(fields=["sha256"], name="document_by_sha"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="document_number_once"),
            models.CheckConstraint(
                condition=Q(sealed_at=None, sealed_by=None, sealed_file="", sealed_sha256="", sealed_type="")
                | (
                    Q(sealed_at__isnull=False, sealed_by__isnull=False)
                    & ~Q(sealed_file="")
                    & ~Q(sealed_sha256="")
                    & ~Q(sealed_type="")
                ),
                name="document_sealed_at_by",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="document_voided_at_by",
            ),
            models.CheckConstraint(
                condition=Q(target_kind="", target_id=None)
                | (~Q(target_kind="") & Q(target_id__isnull=False)),
                name="document_target_whole",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("documents:detail", args=[self.pk])

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None

    @property
    def code_in_groups(self) -> str:
        """The verification code as people read it aloud: XXXX-XXXX-XXXX."""
        code = self.verification_code
        return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _actor():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class PeriodReport(Versioned):
    """A statistics report of a region's month, quarter or year (E48), as somebody counted it and another signed it.

    period: 2026, 2026Q4 or 2026-11. figures: {"codes": […], "rows": [{"label", "values": […]}]}, amounts in yuan as
    text; counted at `counted_at` and never again once issued. corrects: the issued report this one takes the place of,
    with the reason. document: the paper. Who signs did not draft it (database).
    """

    kind_code = "period_report"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = REPORT_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=7)
    status = models.CharField(_("status"), max_length=8, choices=ReportStatus, default=ReportStatus.DRAFT)
    figures = models.JSONField(_("figures"))
    counted_at = models.DateTimeField(_("counted"))
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(_("why it is corrected"), max_length=300, blank=True, default="")
    drafted_by, drafted_at = _actor(), models.DateTimeField(null=True)
    returned_by, returned_at = _actor(), models.DateTimeField(null=True)
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True, default="")
    signed_by, signed_at = _actor(), models.DateTimeField(null=True)
    dropped_by, dropped_at = _actor(), models.DateTimeField(null=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistics report")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["region", "period"], condition=Q(status__in=["draft", "returned"]), name="period_report_one_open"
            ),
            models.UniqueConstraint(
                fields=["region", "period"], condition=Q(status="issued", corrects=None), name="period_report_one_first"
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=~Q(status="dropped"), name="period_report_corrected_once"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{stem}_at": None, f"{stem}_by": None})
                    | Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}),
                    name=f"period_report_{stem}_paired",
                )
                for stem in ("drafted", "returned", "signed", "dropped")
            ),
            models.CheckConstraint(
                condition=Q(drafted_at__isnull=False)
                & (Q(signed_by=None) | ~Q(signed_by=models.F("drafted_by"))),
                name="period_report_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(status="issued", signed_at__isnull=False, document__isnull=False)
                | (~Q(status="issued") & Q(signed_at=None, document=None)),
                name="period_report_issued_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="period_report_corrects_with_reason",
            ),
        ]

    def __str__(self):
        return _("Statistics %(period)s") % {"period": self.period}
