"""The three registers as lists: columns, rows, sums of what was chosen, and the same as Excel."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.books import workbook
from core.wording import day, moment, money, today
from departments.models import Department
from finance.enums import BudgetKind, Status
from finance.models import Appraisal, BudgetReview, FundEntry, SupervisionFund

MOST = 5000  # rows of a file
EVERY, ALL = "0", "all"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed to; year and department None: every one; status "": what waits or stands."""

    year: int | None
    department: int | None
    status: str
    kind: str

    @classmethod
    def of(cls, query: Any) -> "Chosen":
        """Read from the address; what cannot be read narrows nothing, or to the year that is."""
        said, unit = query.get("year", ""), query.get("department", "")
        year: int | None = today().year
        if said == EVERY:
            year = None
        elif said.isascii() and said.isdigit() and len(said) == 4:
            year = int(said)
        status, kind = query.get("status", ""), query.get("kind", "")
        return cls(
            year, int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,
            status if status in (*Status.values, ALL) else "", kind if kind in BudgetKind.values else "",
        )  # fmt: skip

    def query(self) -> dict[str, Any]:
        """How the address says it."""
        kept = {"department": self.department, "status": self.status, "kind": self.kind}
        return {"year": self.year or EVERY} | {name: value for name, value in kept.items() if value}


def years() -> list[int]:
    return list(range(today().year + 1, today().year - 5, -1))


@dataclass(frozen=True)
class Register:
    """One of the three. columns: (label, text | money | number, width); cells(row) gives their values in that order.

    sums(rows) -> a value or None for each column: of what stands, over everything chosen.
    """

    code: str
    title: Any
    about: Any
    icon: str
    reviewed: bool
    columns: Sequence[tuple[Any, str, int]]
    found: Callable[[Any, Chosen], QuerySet[Any]]
    cells: Callable[[Any], Sequence[Any]]
    sums: Callable[[QuerySet[Any]], Sequence[Any]]

    def shown(self, values: Sequence[Any]) -> list[tuple[str, Any]]:
        """Each value with how it stands on the page."""
        kinds = [kind for _label, kind, _width in self.columns]
        return [
            (kind, money(value) if kind == "money" and value is not None else value)
            for kind, value in zip(kinds, values, strict=True)
        ]

    def book(self, user: Any, chosen: Chosen, at: dt.datetime) -> tuple[bytes, int]:
        """What was chosen with its sums, as .xlsx; and how many rows."""
        found = self.found(user, chosen)
        rows = [self.cells(row) for row in found[:MOST]]
        under = _("Made by %(unit)s %(name)s on %(when)s; amounts in yuan") % {
            "unit": user.department, "name": user, "when": moment(at),
        }  # fmt: skip
        year = _("every year") if chosen.year is None else str(chosen.year)
        lines = [*rows, self.sums(found)] if rows else rows
        data = workbook(
            title=f"{self.title} {year}", under=under, heads=[label for label, _kind, _width in self.columns],
            rows=lines, widths=[width for _label, _kind, width in self.columns],
        )  # fmt: skip
        return data, len(rows)


def _narrowed(rows: QuerySet[Any], chosen: Chosen) -> QuerySet[Any]:
    if chosen.year is not None:
        rows = rows.filter(year=chosen.year)
    return rows if chosen.department is None else rows.filter(department=chosen.department)


def _reviewed(rows: QuerySet[Any], chosen: Chosen) -> QuerySet[Any]:
    if chosen.status != ALL:
        rows = rows.filter(status__in=[chosen.status] if chosen.status else [Status.WAITING, Status.CONFIRMED])
    return _narrowed(rows, chosen).select_related("department", "by", "confirmed_by")


def _funds(user: Any, chosen: Chosen) -> QuerySet[SupervisionFund]:
    found = SupervisionFund.objects.visible_to(user).with_sums()
    return _narrowed(found, chosen).select_related("department").order_by("-year", "department", "pk")


def _fund_sums(rows: QuerySet[SupervisionFund]) -> list[Any]:
    chosen = rows.order_by().values("pk")
    sums = FundEntry.objects.filter(fund__in=chosen).order_by().values_list("kind").annotate(sum=Sum("amount"))
    by_kind = dict(sums)
    budgeted, granted, spent = (by_kind.get(kind, NOTHING) for kind in ("budgeted", "granted", "spent"))
    return [_("Together"), "", "", budgeted, granted, spent, granted - spent, "", ""]


def _budgets(user: Any, chosen: Chosen) -> QuerySet[BudgetReview]:
    found = _reviewed(BudgetReview.objects.visible_to(user), chosen)
    return found.filter(kind=chosen.kind) if chosen.kind else found


def _budget_sums(rows: QuerySet[BudgetReview]) -> list[Any]:
    sums = rows.filter(status=Status.CONFIRMED).order_by().aggregate(a=Sum("submitted"), b=Sum("reviewed"))
    submitted, reviewed = sums["a"] or NOTHING, sums["b"] or NOTHING
    return [_("Confirmed, together"), "", "", submitted, reviewed, reviewed - submitted, "", "", "", "", ""]


def _appraisals(user: Any, chosen: Chosen) -> QuerySet[Appraisal]:
    return _reviewed(Appraisal.objects.visible_to(user), chosen)


def _appraisal_sums(rows: QuerySet[Appraisal]) -> list[Any]:
    sums = rows.filter(status=Status.CONFIRMED).order_by().aggregate(n=Count("pk"), mean=Avg("score"))
    mean = f"{sums['mean']:.1f}" if sums["n"] else "—"
    return [_("Confirmed, mean"), _("%(n)d rows") % {"n": sums["n"]}, mean, "", "", "", "", "", ""]


FUNDS = Register(
    "funds", pgettext_lazy("register", "Supervision funds"),
    gettext_lazy("Budgeted, granted and spent by use; corrections by reversing entries"), "wallet2", False,
    (
        (gettext_lazy("Year"), "text", 8), (gettext_lazy("Department"), "text", 18),
        (pgettext_lazy("fund", "Kind of use"), "text", 18), (pgettext_lazy("fund", "Budgeted, yuan"), "money", 16),
        (pgettext_lazy("fund", "Granted, yuan"), "money", 16), (pgettext_lazy("fund", "Spent, yuan"), "money", 16),
        (pgettext_lazy("fund", "Granted, not spent, yuan"), "money", 16),
        (gettext_lazy("Basis document"), "text", 24), (pgettext_lazy("fund", "Day of the document"), "text", 12),
    ),
    _funds,
    lambda fund: (
        str(fund.year), str(fund.department), fund.use, fund.budgeted, fund.granted, fund.spent, fund.left,
        fund.basis_number, day(fund.basis_on),
    ),
    _fund_sums,
)  # fmt: skip

BUDGETS = Register(
    "budgets", pgettext_lazy("register", "Budgets and final accounts reviewed"),
    gettext_lazy("Difference is what was reviewed less what was submitted; a second person confirms"),
    "journal-check", True,
    (
        (gettext_lazy("Year"), "text", 14), (gettext_lazy("Department"), "text", 18), (gettext_lazy("Kind"), "text", 10),
        (pgettext_lazy("register", "Submitted, yuan"), "money", 16),
        (pgettext_lazy("register", "Reviewed, yuan"), "money", 16),
        (pgettext_lazy("register", "Difference, yuan"), "money", 16), (pgettext_lazy("register", "Opinion"), "text", 36),
        (pgettext_lazy("register", "Reviewed on"), "text", 12), (pgettext_lazy("register", "Reviewed by"), "text", 12),
        (pgettext_lazy("register", "Confirmed by"), "text", 12), (gettext_lazy("State"), "text", 14),
    ),
    _budgets,
    lambda row: (
        str(row.year), str(row.department), row.get_kind_display(), row.submitted, row.reviewed, row.difference,
        row.opinion, day(row.reviewed_on), str(row.by), str(row.confirmed_by or "—"), row.get_status_display(),
    ),
    _budget_sums,
)  # fmt: skip

APPRAISALS = Register(
    "appraisals", pgettext_lazy("register", "Performance appraisals"),
    gettext_lazy("Score from 0 to 100; a confirmed one is corrected by a new version"), "award", True,
    (
        (gettext_lazy("Year"), "text", 12), (pgettext_lazy("appraisal", "Department or body"), "text", 24),
        (pgettext_lazy("appraisal", "Score, of 100"), "number", 10), (pgettext_lazy("appraisal", "Grade"), "text", 10),
        (pgettext_lazy("appraisal", "Basis"), "text", 36), (pgettext_lazy("appraisal", "Decided on"), "text", 12),
        (pgettext_lazy("register", "Entered by"), "text", 12), (pgettext_lazy("register", "Confirmed by"), "text", 12),
        (gettext_lazy("State"), "text", 14),
    ),
    _appraisals,
    lambda row: (
        str(row.year), row.whom, str(row.score), row.get_grade_display(), row.basis, day(row.decided_on), str(row.by),
        str(row.confirmed_by or "—"), row.get_status_display(),
    ),
    _appraisal_sums,
)  # fmt: skip

REGISTERS = {register.code: register for register in (FUNDS, BUDGETS, APPRAISALS)}


def departments(user: Any) -> QuerySet[Department]:
    """Those of the region, to choose from."""
    return Department.objects.visible_to(user).filter(region=user.region).order_by("pk")


def facts(row: BudgetReview | Appraisal) -> list[tuple[Any, Any]]:
    """What the page of a row says of it beside its columns."""
    register = BUDGETS if isinstance(row, BudgetReview) else APPRAISALS
    cells = register.shown(register.cells(row))
    found = [(column[0], value) for column, (_kind, value) in zip(register.columns, cells, strict=True)]
    found.append((pgettext("register", "Version"), str(row.number)))
    if row.remark:
        found.append((_("Remark"), row.remark))
    if row.returned_by is not None:
        found.append((pgettext("register", "Sent back by"), f"{row.returned_by} {moment(row.returned_at)}"))
        found.append((_("Reason"), row.return_reason))
    return found
