"""The scorecard of the departments (E33: measurable, comparable, attributable), from the clocks they owe.

Measured are finished clocks, by the day they were met; open and overdue ones stand as they are now. What is owed to another
department and met within three working days counts as answered at once (C14's limit, applied to all).
"""

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import registry
from core.boards import Asked, Block, Cell, Column, FigureList, Row
from core.dates import end_of, local_date, start_of
from deadlines.calendar import Calendar
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline
from departments.enums import Function, Role

QUICK = 3  # working days
# terms that bind a subject or a reporter, no department
NO_DUTY = ("reapplication_bar", "reward_claim")
TENTH = Decimal("0.1")
WHAT = ("finished", "in_time", "late", "asked", "quick", "open", "overdue")
TITLES = {
    "finished": gettext_lazy("Clocks finished in the period"),
    "in_time": gettext_lazy("Clocks finished in time"),
    "late": gettext_lazy("Clocks finished late"),
    "asked": gettext_lazy("What other departments waited for, finished in the period"),
    "quick": gettext_lazy("Answered within three working days"),
    "open": gettext_lazy("Open clocks"),
    "overdue": gettext_lazy("Overdue clocks"),
}


def whole_county(user: Any) -> bool:
    """Whether the person compares all departments: the office and the county leader; others see their own."""
    return user.department.function == Function.OFFICE or user.has_role(Role.COORDINATOR, Role.OBSERVER)


def clocks(user: Any, asked: Asked) -> QuerySet[Deadline]:
    """The clocks that are measured: on cases the reader sees, no letter to named persons among them.

    Outside cases everybody sees those of the own department only: with them no two lines could be compared.
    """
    found = Deadline.objects.visible_to(user).exclude(rule_code__in=NO_DUTY).filter(case_id__isnull=False)
    found = found.filter(department__named_only=False)
    found = found.filter(Q(to_department=None) | Q(to_department__named_only=False))
    for code, hidden in registry.hidden_targets.items():
        found = found.exclude(target_kind=code, target_id__in=hidden(user))
    if asked.region is not None:
        found = found.filter(region_id=asked.region)
    if asked.department is not None:
        found = found.filter(department=asked.department)
    return found if whole_county(user) else found.filter(department=user.department)


def _days(asked: Asked) -> tuple[list[dt.date], list[int]]:
    """The local days on which a clock finished in the period can have begun or ended, with the working days up to each.

    Ten years back: what ran longer is measured as if it had begun then.
    """
    calendar, first = Calendar.current(), dt.date(asked.since.year - 10, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range((asked.until - first).days + 1)]
    return days, [calendar.working_days_between(first, day) for day in days]


_SCORES = """
    WITH d (department, status, late, due_at, stage, asked, started_on, ended_at) AS MATERIALIZED ({inner}),
    w (day, n) AS (SELECT * FROM unnest(%s::date[], %s::int[])),
    e AS (
        SELECT d.department, d.late, d.asked, greatest(u.n - s.n, 0) AS took
        FROM d JOIN w s ON s.day = greatest(d.started_on, %s)
        JOIN w u ON u.day = (d.ended_at AT TIME ZONE 'Asia/Shanghai')::date
        WHERE d.status = 'met' AND d.ended_at >= %s AND d.ended_at < %s
    ),
    o AS (
        SELECT department, count(*) AS open, count(*) FILTER (WHERE status = 'running' AND due_at <= %s) AS overdue
        FROM d WHERE status IN ('running', 'paused') GROUP BY department
    ),
    f AS (
        SELECT department, count(*) AS finished, count(*) FILTER (WHERE late) AS late,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS median,
            count(*) FILTER (WHERE asked IS NOT NULL) AS asked,
            count(*) FILTER (WHERE asked IS NOT NULL AND took <= %s) AS quick
        FROM e GROUP BY department
    )
    SELECT coalesce(f.department, o.department), coalesce(finished, 0), coalesce(late, 0), median,
        coalesce(asked, 0), coalesce(quick, 0), coalesce(open, 0), coalesce(overdue, 0)
    FROM f FULL JOIN o ON o.department = f.department
"""
_COLUMNS = ("department_id", "status", "late", "due_at", "stage", "to_department_id", "started_on", "ended_at")


def scores(user: Any, asked: Asked) -> dict[int, tuple]:
    """By department: (finished, late, median working days, asked by others, of these quick, open, overdue)."""
    found = clocks(user, asked)
    try:
        inner, params = found.order_by().values(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:  # nobody's
        return {}
    days, counted = _days(asked)
    given = [*params, days, counted, days[0], start_of(asked.since), end_of(asked.until), asked.now, QUICK]
    with connection.cursor() as execute:
        execute.execute(_SCORES.replace("{inner}", inner), given)
        return {row[0]: row[1:] for row in execute.fetchall()}


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one place, rounded half up; None of nothing, and never 100.0 while one is missing."""
    if not whole:
        return None
    found = (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)
    return min(found, Decimal("99.9")) if part < whole else found


def figures(user: Any, asked: Asked) -> Iterator[Block]:
    """The scorecard: a line for each department of the county, or the reader's own."""
    found = scores(user, asked)
    mine = user.department
    names = dict(asked.departments) if whole_county(user) else {mine.pk: str(mine)}
    if asked.department is not None:
        names = {pk: name for pk, name in names.items() if pk == asked.department}
    rows = [_row(pk, name, found[pk], asked) for pk, name in names.items() if pk in found]
    yield Block(
        "scores", _("Scorecard of the departments"), _("Department"),
        (
            Column(_("In time, %"), "percent"), Column(_("Finished"), drawn=False),
            Column(_("Late"), drawn=False), Column(_("Median, working days"), "days", drawn=False),
            Column(_("Answered within 3 working days, %"), "percent"),
            Column(_("Open now"), drawn=False), Column(_("Overdue now"), drawn=False),
        ),
        rows, "bar",
        _("Clocks on cases met in the period, by the department that owed them; open and overdue ones as they are now. What "
          "hangs on no case (resolutions, inspections, comparisons) stands in the monitoring of clocks."), wide=True,
    )  # fmt: skip


def _row(pk: int, name: str, score: tuple, asked: Asked) -> Row:
    finished, late, median, others, quick, still, overdue = score

    def cell(value: Any, what: str, number: int) -> Cell:
        return Cell(value, asked.behind("clocks", what, pk) if number else "")

    middle = None if median is None else Decimal(str(median)).quantize(TENTH, ROUND_HALF_UP)
    return Row(
        name,
        (
            cell(share(finished - late, finished), "in_time", finished - late), cell(finished, "finished", finished),
            cell(late, "late", late), cell(middle, "finished", finished), cell(share(quick, others), "quick", quick),
            cell(still, "open", still), cell(overdue, "overdue", overdue),
        ),
    )  # fmt: skip


# -- the clocks behind a figure ---------------------------------------------------------------------------------
def _find(user: Any, asked: Asked, what: str, of: int | None) -> tuple[Any, QuerySet[Deadline]] | None:
    if what not in WHAT or of is None:
        return None
    found = clocks(user, asked).filter(department=of)
    met = found.filter(
        status=DeadlineStatus.MET, ended_at__gte=start_of(asked.since), ended_at__lt=end_of(asked.until)
    )
    chosen = {
        "finished": met,
        "in_time": met.filter(late=False),
        "late": met.filter(late=True),
        "asked": met.filter(to_department__isnull=False),
        "open": found.open(),
        "overdue": found.filter(status=DeadlineStatus.RUNNING, due_at__lte=asked.now),
    }
    rows = quick(met, asked) if what == "quick" else chosen[what]
    return TITLES[what], rows.select_related("department", "to_department", "rule").order_by("due_at", "pk")


_QUICK = """
    WITH w (day, n) AS (SELECT * FROM unnest(%s::date[], %s::int[]))
    SELECT d.id FROM deadlines_deadline d JOIN w s ON s.day = greatest(d.started_on, %s)
    JOIN w u ON u.day = (d.ended_at AT TIME ZONE 'Asia/Shanghai')::date
    WHERE d.status = 'met' AND d.ended_at >= %s AND d.ended_at < %s AND greatest(u.n - s.n, 0) <= %s
"""


def quick(met: QuerySet[Deadline], asked: Asked) -> QuerySet[Deadline]:
    """Of finished clocks those another department waited for, met within three working days."""
    days, counted = _days(asked)
    given = [days, counted, days[0], start_of(asked.since), end_of(asked.until), QUICK]
    return met.filter(to_department__isnull=False, pk__in=RawSQL(_QUICK, given))  # noqa: S611 (values apart)


def _rows(user: Any, things: list[Deadline]) -> list[list[tuple[Any, str]]]:
    kind = registry.kinds.get("case")
    wanted = {each.case_id for each in things if each.case_id}
    cases = {case.pk: case for case in kind.visible(user).filter(pk__in=wanted)} if kind and wanted else {}
    rows = []
    for each in things:
        case = cases.get(each.case_id)
        ended = local_date(each.ended_at).isoformat() if each.ended_at else "—"
        rows.append([
            (each.label, reverse("deadlines:detail", args=[each.pk])),
            (kind.title(case), kind.url(case)) if kind and case else ("—", ""),
            (str(each.department), ""), (str(each.to_department or "—"), ""), (each.started_on.isoformat(), ""),
            (each.due_on.isoformat(), ""), (ended, ""), (each.get_status_display(), ""),
        ])  # fmt: skip
    return rows


CLOCKS = FigureList(
    "clocks",
    (
        gettext_lazy("Clock"), gettext_lazy("Case"), gettext_lazy("Department"), gettext_lazy("Waiting"),
        gettext_lazy("Since"), gettext_lazy("Last day"), pgettext_lazy("clock", "Finished on"), gettext_lazy("Status"),
    ),
    _find, _rows,
)  # fmt: skip
