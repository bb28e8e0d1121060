"""What the finance department's page counts: months of a year, amounts that come into no account, the list as Excel."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases import rules_finance as rules
from cases.enums import ACCOUNTS, MoneyKind
from cases.models import MoneyConfirmation, MoneyEntry
from cases.querysets_finance import keeps_accounts
from core.books import workbook
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.wording import moment, money

NOTHING = Decimal("0.00")
TABS = ("open", "confirmed", "different")
ELSEWHERE = (MoneyKind.REFUSED_PAYMENT, MoneyKind.DEDUCTED, MoneyKind.LIQUIDATED, MoneyKind.REFUNDED)
MOST = 5000


def entries(user: Any, tab: str) -> QuerySet[MoneyEntry]:
    """The amounts of a tab of the page, the oldest first."""
    found = MoneyEntry.objects.to_finance(user)
    chosen = {"open": found.to_confirm, "confirmed": found.confirmed_whole, "different": found.different}[tab]()
    return chosen.select_related("case", "department").order_by("happened_on", "pk")


def months(user: Any, year: int) -> list[tuple[int, dict[str, Decimal]]]:
    """For each month of a year by kind: entered (what was not reversed) and confirmed (by the day it came in)."""
    sums: dict[int, dict[str, Decimal]] = {n: {} for n in range(1, 13)}
    entered = MoneyEntry.objects.to_finance(user).filter(happened_on__year=year, reversal=None)
    confirmed = MoneyConfirmation.objects.visible_to(user).standing().filter(
        paid_on__year=year, case__region=user.region
    )
    for prefix, rows in (
        ("", entered.annotate(month=TruncMonth("happened_on"), sort=F("kind"))),
        ("in_", confirmed.annotate(month=TruncMonth("paid_on"), sort=F("entry__kind"))),
    ):
        for month, kind, amount in rows.order_by().values("month", "sort").annotate(sum=Sum("amount")).values_list(
            "month", "sort", "sum"
        ):
            sums[month.month][f"{prefix}{kind}"] = amount
    keys = [f"{prefix}{kind}" for kind in ACCOUNTS for prefix in ("", "in_")]
    return [(n, {key: sums[n].get(key, NOTHING) for key in keys}) for n in sums]


def elsewhere(user: Any, year: int) -> list[tuple[Any, Decimal]]:
    """What the ledger also knows and no account receives, less reversals: refused, deducted, damages, refunds."""
    if not keeps_accounts(user):
        return []
    found = MoneyEntry.objects.filter(
        case__region=user.region, case__restricted=False, kind__in=ELSEWHERE, happened_on__year=year
    )
    sums = dict(found.order_by().values_list("kind").annotate(sum=Sum("amount")))
    return [(kind.label, sums.get(kind, NOTHING)) for kind in ELSEWHERE]


def state_of(entry: MoneyEntry) -> Any:
    """How an entry `with_confirmed` stands, in words."""
    if entry.undone:
        return _("reversed after it was confirmed") if entry.confirmed else pgettext("voucher", "reversed")
    if entry.named:
        return _("difference named")
    if entry.confirmed == entry.amount:
        return pgettext("voucher", "confirmed")
    return _("confirmed in part") if entry.confirmed else _("to be confirmed")


def book(user: Any, year: int, at: dt.datetime) -> tuple[bytes, int]:
    """Every amount of a year with how it stands, as .xlsx; and how many rows. A reversed amount is 0, as in the months of
    the page; a year of more than `MOST` is cut, and the sheet says so."""
    found = MoneyEntry.objects.to_finance(user).filter(happened_on__year=year).with_confirmed()
    rows = [
        (
            entry.happened_on.isoformat(), entry.case.number, entry.get_kind_display(),
            ACCOUNTS[MoneyKind(entry.kind)].label, entry.department.short_name, entry.document or "—",
            NOTHING if entry.undone else entry.amount, entry.confirmed, state_of(entry),
        )
        for entry in found.select_related("case", "department").order_by("happened_on", "pk")[: MOST + 1]
    ]  # fmt: skip
    cut, rows = len(rows) > MOST, rows[:MOST]
    heads = (
        _("Day"), _("Case number"), _("Kind"), _("Account"), pgettext("voucher", "Entered by"),
        pgettext("voucher", "Document"), _("Amount, yuan"), _("Confirmed, yuan"), _("State"),
    )  # fmt: skip
    under = _("Made by %(unit)s %(name)s on %(when)s; amounts in yuan") % {
        "unit": user.department, "name": user, "when": moment(at),
    }  # fmt: skip
    if cut:
        under += _("; only the first %(n)d amounts of the year") % {"n": MOST}
    title = _("Money confirmed, %(year)d") % {"year": year}
    widths = (12, 20, 12, 20, 14, 24, 16, 16, 20)
    return workbook(title=title, under=under, heads=heads, rows=rows, widths=widths), len(rows)


# -- the workbench -------------------------------------------------------------------------------------------


def _waiting(user: Any) -> QuerySet[MoneyEntry]:
    if not rules.keeps_vouchers(user):
        return MoneyEntry.objects.none()
    return entries(user, "open")


@stepwise
def todo_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """Amounts to be confirmed, the oldest first."""
    waiting = asked.rows(_waiting(user)[:limit])
    yield
    return [
        TaskRow(
            phrase=_("Confirm %(kind)s: %(amount)s yuan")
            % {"kind": entry.get_kind_display(), "amount": money(entry.amount - entry.confirmed)},
            url=reverse("cases:confirm_money", args=[entry.pk]), case_title=entry.case.number, source=str(entry.department),
            action_label=pgettext("voucher", "Confirm"), action_url=reverse("cases:confirm_money", args=[entry.pk]),
        )
        for entry in waiting
    ]  # fmt: skip


def todo_count(user: Any) -> QuerySet[MoneyEntry]:
    return _waiting(user)
