"""The doors to the registers: the finance department, the office reads, every other department what is about it."""

from decimal import Decimal

from django.apps import apps
from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from cases.querysets import may_hold_cases
from departments.enums import Function, Role
from finance.enums import DECIDED, EntryKind, Status

YUAN = DecimalField(max_digits=16, decimal_places=2)
NOTHING = Value(Decimal("0.00"), output_field=YUAN)


def in_finance(user) -> bool:
    """Somebody acting in a business post of a finance department."""
    return may_hold_cases(user) and user.department.function == Function.FINANCE


def reads_all(user) -> bool:
    """The office's coordinator and the county leader read the registers of their region."""
    return may_hold_cases(user) and user.has_role(Role.COORDINATOR, Role.OBSERVER)


class FundQuerySet(QuerySet):
    def visible_to(self, user):
        """The funds of the region for its finance department and office; else those of one's own department."""
        if in_finance(user) or reads_all(user):
            return self.filter(region=user.region)
        return self.filter(department=user.department) if may_hold_cases(user) else self.none()

    def with_sums(self):
        """Each with `budgeted`, `granted`, `spent` and `left` (granted, not spent), in yuan."""
        sums = {
            kind.value: Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), NOTHING, output_field=YUAN)
            for kind in EntryKind
        }
        return self.annotate(**sums).annotate(left=F("granted") - F("spent"))


class OfFundQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(fund__in=apps.get_model("finance", "SupervisionFund").objects.visible_to(user))


class ReviewedQuerySet(QuerySet):
    def visible_to(self, user):
        """All of the region for its finance department; for the office and who a row is about, what was confirmed."""
        if in_finance(user):
            return self.filter(region=user.region)
        if reads_all(user):
            return self.filter(region=user.region, status__in=DECIDED)
        return self.filter(department=user.department, status__in=DECIDED) if may_hold_cases(user) else self.none()

    def standing(self):
        """Confirmed, and not replaced by a corrected version."""
        return self.filter(status=Status.CONFIRMED)

    def waiting(self):
        return self.filter(status=Status.WAITING)
