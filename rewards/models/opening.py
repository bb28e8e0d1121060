"""Who holds the keys, and each opening of a sealed reporter."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from rewards.enums import OPENING_MOVES, FieldSet, OpeningStatus
from rewards.models.report import Report, Reporter
from rewards.querysets import CustodianQuerySet, OfReportQuerySet, OpeningQuerySet
from rewards.querysets_money import OfBankFileQuerySet


class Custodian(Versioned):
    """A person named to hold a key (密钥保管人). The key itself is made in the opener, from a passphrase of theirs."""

    kind_code = "custodian"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="custodians")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="custodies")
    appointer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = CustodianQuerySet.as_manager()

    class Meta:
        verbose_name = _("custodian")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["region", "user"], condition=Q(ended_at=None), name="custodian_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="custodian_ended_by_and_at",
            ),
        ]

    def __str__(self):
        return str(self.user)


class Opening(Versioned):
    """A request to open one set of fields of one reporter, once. The opener moves it on; the web only asks."""

    kind_code = "opening"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT
    MOVES = OPENING_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, related_name="openings")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="openings")
    fields = models.CharField(_("what is opened"), max_length=8, choices=FieldSet)
    reason = models.TextField(_("reason"))
    status = models.CharField(
        _("state"), max_length=10, choices=OpeningStatus, default=OpeningStatus.REQUESTED
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    post_id_of_request = models.BigIntegerField()
    expires_at = models.DateTimeField()
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    shown_at = models.DateTimeField(null=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of an identity")
        ordering = ("-requested_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "fields"],
                condition=Q(status__in=["requested", "ready"]),
                name="opening_one_at_a_time",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{who}_by": None, f"{who}_at": None})
                    | Q(**{f"{who}_by__isnull": False, f"{who}_at__isnull": False}),
                    name=f"opening_{who}_by_and_at",
                )
                for who in ("first", "second", "declined")
            ),
            models.CheckConstraint(
                condition=~Q(first_by=F("second_by"))
                & ~Q(first_by=F("requested_by"))
                & ~Q(second_by=F("requested_by")),
                name="opening_three_persons",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(first_by__isnull=False), name="opening_second_after_first"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ready", "shown"]) | Q(second_by__isnull=False),
                name="opening_ready_by_two",
            ),
            models.CheckConstraint(
                condition=Q(status="shown", shown_at__isnull=False) | (~Q(status="shown") & Q(shown_at=None)),
                name="opening_shown_iff_at",
            ),
        ]

    def __str__(self):
        return f"{self.report.number}-{self.reporter.position}"


class PayeeKey(models.Model):
    """A custodian's key for a bank file is in the opener's memory. The opener keeps these rows; the web only reads."""

    scope = Scope.DEPARTMENT
    retention = Retention.SHORT

    file = models.ForeignKey("rewards.BankFile", models.PROTECT, related_name="payee_keys")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = OfBankFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "user"], name="payee_key_once")]

    def __str__(self):
        return f"{self.file_id}-{self.user_id}"


class PayeeOpening(models.Model):
    """One reporter's account opened for a bank file. The opener writes it before it gives the file; the web only reads."""

    kind_code = "payee_opening"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    file = models.ForeignKey("rewards.BankFile", models.PROTECT, related_name="payee_openings")
    report = models.ForeignKey(Report, models.PROTECT, related_name="payee_openings")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="payee_openings")
    opened_at = models.DateTimeField()
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfReportQuerySet.as_manager()

    class Meta:
        ordering = ("opened_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(first_by=F("second_by")), name="payee_opening_by_two"),
        ]

    def __str__(self):
        return f"{self.report_id}-{self.reporter_id}"

    # the words an `Opening` has for the same, so that a page tells both in one table
    @property
    def shown_at(self):
        return self.opened_at

    def get_fields_display(self):
        return _("bank account, for a payment by bank")
