"""The finance department's door to amounts that came in, and how far they are confirmed."""

from decimal import Decimal

from django.apps import apps
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cases.enums import ACCOUNTS
from cases.querysets import OfCaseQuerySet, may_hold_cases, readable_ids, visible_ids
from departments.enums import Function

YUAN = DecimalField(max_digits=14, decimal_places=2)


def keeps_accounts(user) -> bool:
    """Somebody acting in a business post of a finance department."""
    return may_hold_cases(user) and user.department.function == Function.FINANCE


def _open_to(user) -> Q:
    """Of a restricted case nobody learns who does not see it."""
    return Q(case__restricted=False) | Q(case__in=visible_ids(user))


class MoneyQuerySet(OfCaseQuerySet):
    def to_finance(self, user):
        """Recovered fund and paid fines of the region, for its finance department: number of the case and amount."""
        if not keeps_accounts(user):
            return self.none()
        return self.filter(_open_to(user), case__region=user.region, kind__in=list(ACCOUNTS), reverses=None)

    def with_confirmed(self):
        """Each with `confirmed` (yuan), `named` (a difference was named, so nothing more is waited for), `undone`."""
        made = apps.get_model("cases", "MoneyConfirmation").objects.standing().filter(entry=OuterRef("pk"))
        summed = made.order_by().values("entry").annotate(sum=Sum("amount")).values("sum")
        return self.annotate(
            confirmed=Coalesce(Subquery(summed, output_field=YUAN), Value(Decimal("0.00"), output_field=YUAN)),
            named=Exists(made.exclude(difference="")),
            undone=Exists(self.model.objects.filter(reverses=OuterRef("pk"))),
        )

    def to_confirm(self):
        """Those of which something is still to come in."""
        return self.with_confirmed().filter(undone=False, named=False, confirmed__lt=F("amount"))

    def confirmed_whole(self):
        return self.with_confirmed().filter(undone=False, named=False, confirmed=F("amount"))

    def different(self):
        """Confirmed by another amount, or reversed in the ledger after something was confirmed."""
        return self.with_confirmed().filter(Q(undone=True, confirmed__gt=0) | Q(undone=False, named=True))


class ConfirmationQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """With the case; and for the finance department of the region."""
        seen = Q(case__in=readable_ids(user))
        if keeps_accounts(user):
            seen |= _open_to(user) & Q(case__region=user.region)
        return self.filter(seen)

    def standing(self):
        """Those nobody took back."""
        return self.filter(voided_at=None)
