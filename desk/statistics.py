"""The statistics report in the columns of E48: what the rooms count (`registry.statistics`), put into one table.

What each number counts is said here once, for the page, the file and the paper.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core import registry
from core.money import CENT
from core.offers import Listed
from departments.models import Region
from desk.periods import Period


@dataclass(frozen=True)
class Column:
    """A figure. unit: n (counted), p (percent), y (yuan, shown in 万元). group: the head it stands under."""

    code: str
    unit: str
    group: str | Promise
    label: str | Promise
    about: str | Promise


def _columns() -> tuple[Column, ...]:
    seen, site = pgettext_lazy("statistics", "Inspections"), pgettext_lazy("statistics", "On site")
    bodies, insured = pgettext_lazy("statistics", "Violating institutions"), pgettext_lazy("statistics", "Insured persons")
    agency, sums = pgettext_lazy("statistics", "Handling agencies"), pgettext_lazy("statistics", "Amounts")
    return (
        Column(
            "checked", "n", seen, pgettext_lazy("statistics", "Institutions checked"),
            pgettext_lazy(
                "statistics",
                "Institutions and pharmacies on record with a visit in the period whose record was signed or refused; "
                "each once.",
            ),
        ),
        Column(
            "coverage", "p", seen, pgettext_lazy("statistics", "Coverage in percent"),
            pgettext_lazy(
                "statistics",
                "Institutions checked, of all institutions and pharmacies on record at the end of the period, without "
                "those exempt in its year.",
            ),
        ),
        Column(
            "public", "n", seen, pgettext_lazy("statistics", "of them public hospitals"),
            pgettext_lazy("statistics", "Medical institutions checked that are in public ownership."),
        ),
        Column(
            "private", "n", seen, pgettext_lazy("statistics", "not public"),
            pgettext_lazy("statistics", "Medical institutions checked that are not in public ownership."),
        ),
        Column(
            "teams", "n", site, pgettext_lazy("statistics", "Teams"),
            pgettext_lazy("statistics", "Inspections with a visit in the period; each is one team."),
        ),
        Column(
            "person_times", "n", site, pgettext_lazy("statistics", "Person-times"),
            pgettext_lazy("statistics", "Inspectors who went; each once a day and inspection."),
        ),
        Column(
            "violating", "n", bodies, pgettext_lazy("statistics", "Dealt with"),
            pgettext_lazy(
                "statistics",
                "Institutions and pharmacies in cases dealt with in the period, each once. A case is dealt with on "
                "the day of its first standing penalty, agreement measure or judicial transfer.",
            ),
        ),
        Column(
            "violating_amount", "y", bodies, pgettext_lazy("statistics", "Amount, ten thousand yuan"),
            pgettext_lazy(
                "statistics",
                "Verified amount of the cases dealt with whose principal subject is an institution or pharmacy.",
            ),
        ),
        Column(
            "insured", "n", insured, pgettext_lazy("statistics", "Cases dealt with"),
            pgettext_lazy(
                "statistics",
                "Cases dealt with whose principal subject is an insured person. Patients in the case of a hospital "
                "are not counted.",
            ),
        ),
        Column(
            "justice_persons", "n", insured, pgettext_lazy("statistics", "of them persons sent to justice"),
            pgettext_lazy(
                "statistics",
                "Insured persons who are suspects in a transfer of suspected crime handed over in the period, each "
                "once.",
            ),
        ),
        Column(
            "insured_amount", "y", insured, pgettext_lazy("statistics", "Amount, ten thousand yuan"),
            pgettext_lazy("statistics", "Verified amount of these cases."),
        ),
        Column(
            "justice_cases", "n", insured, pgettext_lazy("statistics", "All cases sent to justice"),
            pgettext_lazy(
                "statistics",
                "Cases of which a transfer of suspected crime was handed over in the period, whoever the suspects "
                "are.",
            ),
        ),
        Column(
            "agency_cases", "n", agency, pgettext_lazy("statistics", "Cases"),
            pgettext_lazy("statistics", "Cases dealt with in which a handling agency of the region is a subject."),
        ),
        Column(
            "agency_persons", "n", agency, pgettext_lazy("statistics", "Persons"),
            pgettext_lazy("statistics", "Practitioners who are subjects of these cases, each once."),
        ),
        Column(
            "suspected", "y", sums, pgettext_lazy("statistics", "Suspected, ten thousand yuan"),
            pgettext_lazy(
                "statistics",
                "Suspected amounts entered in the ledger for a day of the period, less what was reversed.",
            ),
        ),
        Column(
            "recovered", "y", sums, pgettext_lazy("statistics", "Recovered, ten thousand yuan"),
            pgettext_lazy(
                "statistics",
                "Recovered fund entered in the ledger for a day of the period, less what was reversed; without fines "
                "and voluntary refunds.",
            ),
        ),
    )  # fmt: skip


COLUMNS = _columns()
BY_CODE = {column.code: column for column in COLUMNS}
# beside the columns: medical institutions checked whose ownership is not on record, so that the sum is explained
CODES = (*BY_CODE, "unknown")


def groups() -> list[tuple[Any, int]]:
    """The heads above the columns, each with how many it spans."""
    found: list[list[Any]] = []
    for column in COLUMNS:
        if found and found[-1][0] == column.group:
            found[-1][1] += 1
        else:
            found.append([column.group, 1])
    return [(group, span) for group, span in found]


@dataclass(frozen=True)
class Line:
    """A row of the table: a period and its numbers by code; amounts in yuan."""

    period: Period
    values: dict[str, Any]
    whole: bool


def table(region: Region, period: Period) -> list[Line]:
    """The parts of a period and the period itself, counted anew; the same statements for one and for five rows."""
    periods = [*period.parts, period]
    spans = [each.span for each in periods]
    values: list[dict[str, Any]] = [{} for _span in spans]
    for source in registry.statistics:
        for line, found in zip(values, source.numbers(region, spans), strict=True):
            line.update(found)
    return [Line(each, line, each == period) for each, line in zip(periods, values, strict=True)]


def listed(code: str, region: Region, period: Period, user: Any, start: int, stop: int) -> Listed:
    """The rows behind a number.

    :raises KeyError: for a figure nobody counts
    """
    source = next((each for each in registry.statistics if code in each.codes), None)
    if source is None:
        raise KeyError(code)
    return source.listed(code, region, period.span, user, start, stop)


def ten_thousands(value: Decimal) -> Decimal:
    """Yuan in 万元, two places, rounded half up."""
    return (value / 10000).quantize(CENT, ROUND_HALF_UP)


def said(column: Column, value: Any) -> str:
    """A number as the table shows it; — where there is nothing to divide by."""
    if value is None:
        return "—"
    if column.unit == "y":
        return f"{ten_thousands(Decimal(value)):,.2f}"
    return f"{Decimal(value):,.2f}" if column.unit == "p" else f"{int(value):,}"


def frozen(lines: list[Line]) -> dict[str, Any]:
    """The table as a report keeps it: amounts and percents as text, labels as papers say them."""
    return {
        "codes": list(CODES),
        "rows": [
            {
                "label": line.period.chinese,
                "period": line.period.code,
                "values": [None if line.values[code] is None else str(line.values[code]) for code in CODES],
            }
            for line in lines
        ],
    }


def cells(figures: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """A kept row, in the order of the columns, as the table shows it."""
    kept = dict(zip(figures["codes"], row["values"], strict=True))
    return [said(column, kept.get(column.code)) for column in COLUMNS]


def differences(figures: dict[str, Any], now: dict[str, Any]) -> list[tuple[dict[str, Any], Column, str, str]]:
    """(row as kept, figure, as kept, as counted now) of every number that is another now."""
    found = []
    for before, after in zip(figures["rows"], now["rows"], strict=True):
        for column, kept, counted in zip(COLUMNS, cells(figures, before), cells(now, after), strict=True):
            if kept != counted:
                found.append((before, column, kept, counted))
    return found


def unknown_note(values: dict[str, Any]) -> int:
    """How many medical institutions were checked whose ownership is not on record."""
    return int(values.get("unknown") or 0)
