"""The registers: supervision funds with their entries, reviews of budgets and final accounts, appraisals."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.scopes import Retention, Scope
from departments.models import Department, Region
from finance.enums import MOVES, BudgetKind, EntryKind, Grade, Status
from finance.querysets import FundQuerySet, OfFundQuerySet, ReviewedQuerySet


def money(label="", **more):
    return models.DecimalField(label, max_digits=12, decimal_places=2, **more)


def person(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **more)


class SupervisionFund(models.Model):
    """Money for supervision of a department, a year and a use (监管经费). What it comes to is the sum of its entries."""

    kind_code = "supervision_fund"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    use = models.CharField(pgettext_lazy("fund", "kind of use"), max_length=30)
    basis_number = models.CharField(_("basis document"), max_length=60)
    basis_on = models.DateField(pgettext_lazy("fund", "day of the document"))
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    by = person()
    at = models.DateTimeField()

    # by `with_sums`, in yuan
    budgeted: Decimal
    granted: Decimal
    spent: Decimal
    left: Decimal

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("register", "supervision fund")
        ordering = ("-year", "department", "pk")
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "department", "use"], name="fund_use_once_a_year")
        ]

    def __str__(self):
        return f"{self.year} {self.department} {self.use}"

    def get_absolute_url(self):
        return reverse("finance:fund", args=[self.pk])


class FundEntry(models.Model):
    """Money budgeted, granted or spent; never edited. A correction is an entry of the same amount below zero."""

    scope = Scope.REGION
    retention = Retention.PERMANENT
    kind_code = "fund_entry"

    fund = models.ForeignKey(SupervisionFund, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    amount = money(_("amount, yuan"))
    document = models.CharField(_("document"), max_length=60)
    happened_on = models.DateField(pgettext_lazy("fund", "day"))
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    by = person()
    at = models.DateTimeField()

    objects = OfFundQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("register", "entry of a fund")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses=None) | (Q(amount__lt=0, reverses__isnull=False) & ~Q(remark="")),
                name="fund_entry_sign",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.document}"


def reviewed_constraints(name: str) -> list[models.BaseConstraint]:
    """A second person confirms; who and when come together, and with the status."""
    nobody = Q(confirmed_by=None, confirmed_at=None)
    kept = Q(returned_by=None, returned_at=None, return_reason="")
    returned = Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason="")
    return [
        models.CheckConstraint(
            condition=(Q(status=Status.WAITING) & nobody & kept)
            | (Q(status=Status.RETURNED) & nobody & returned)
            | (
                Q(status__in=[Status.CONFIRMED, Status.REPLACED])
                & Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & kept
            ),
            name=f"{name}_status_by_and_at",
        ),
        models.CheckConstraint(
            condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("by")), name=f"{name}_second_person"
        ),
    ]


class Reviewed(models.Model):
    """A row a second person confirms. It is fixed when it is entered; a correction is a new version of it."""

    MOVES = MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("register", "version"), default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="versions")
    remark = models.CharField(_("remark"), max_length=200, blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    by = person()
    at = models.DateTimeField()
    confirmed_by, confirmed_at = person(null=True), models.DateTimeField(null=True)
    returned_by, returned_at = person(null=True), models.DateTimeField(null=True)
    return_reason = models.CharField(_("reason"), max_length=200, blank=True, default="")

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True


class BudgetReview(Reviewed):
    """A department's budget or final accounts as submitted and as reviewed (预决算审核)."""

    kind_code = "budget_review"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    kind = models.CharField(_("kind"), max_length=8, choices=BudgetKind)
    submitted = money(pgettext_lazy("register", "submitted, yuan"))
    reviewed = money(pgettext_lazy("register", "reviewed, yuan"))
    opinion = models.CharField(pgettext_lazy("register", "opinion"), max_length=500)
    reviewed_on = models.DateField(pgettext_lazy("register", "reviewed on"))

    class Meta:
        verbose_name = pgettext_lazy("register", "review of a budget")
        ordering = ("-year", "department", "kind", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "department", "kind"], condition=Q(status=Status.CONFIRMED),
                name="budget_review_one_stands",
            ),
            models.UniqueConstraint(
                fields=["region", "year", "department", "kind"], condition=Q(status=Status.WAITING),
                name="budget_review_one_waits",
            ),
            models.CheckConstraint(condition=Q(submitted__gt=0, reviewed__gte=0), name="budget_review_amounts"),
            *reviewed_constraints("budget_review"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {self.department} {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("finance:budget", args=[self.pk])

    @property
    def difference(self):
        """Reviewed less submitted, in yuan: below zero where the review cut."""
        return self.reviewed - self.submitted


class Appraisal(Reviewed):
    """The performance appraisal (绩效考核) of a department, or of a body that is none, in a year."""

    kind_code = "appraisal"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("department")
    )
    body = models.CharField(pgettext_lazy("appraisal", "other body"), max_length=60, blank=True, default="")
    score = models.DecimalField(
        pgettext_lazy("appraisal", "score"), max_digits=4, decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    grade = models.CharField(pgettext_lazy("appraisal", "grade"), max_length=10, choices=Grade)
    basis = models.CharField(pgettext_lazy("appraisal", "basis"), max_length=200)
    decided_on = models.DateField(pgettext_lazy("appraisal", "decided on"))

    class Meta:
        verbose_name = pgettext_lazy("register", "performance appraisal")
        ordering = ("-year", "department", "body", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "department", "body"], condition=Q(status=Status.CONFIRMED),
                nulls_distinct=False, name="appraisal_one_stands",
            ),
            models.UniqueConstraint(
                fields=["region", "year", "department", "body"], condition=Q(status=Status.WAITING),
                nulls_distinct=False, name="appraisal_one_waits",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="appraisal_score_in_range"),
            models.CheckConstraint(
                condition=Q(department__isnull=False, body="") | (Q(department=None) & ~Q(body="")),
                name="appraisal_of_one",
            ),
            *reviewed_constraints("appraisal"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {self.whom}"

    def get_absolute_url(self):
        return reverse("finance:appraisal", args=[self.pk])

    @property
    def whom(self) -> str:
        return str(self.department) if self.department_id else self.body
