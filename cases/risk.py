"""What cases put on the risk page (C30 收集、汇总和研判分析): bodies that come up often, and categories that rise.

Institutions, pharmacies and suppliers only: of persons no table is made. Who sees a case only as a summary learns here
which body it is about (ADR 0063).
"""

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.board import came, listed
from cases.board_counts import SINGLE, over
from cases.enums import BODIES, SubjectKind
from cases.statistics import DEALT_WITH, DECIDING, WITHOUT_FILING
from core.boards import Asked, Block, Cell, Column, Row, Tile
from core.dates import add_months, end_of, start_of
from departments.models import Category

MOST = 30
BEFORE = 4  # quarters
SORTS = {
    "cases": ("came DESC, total DESC", gettext_lazy("Most cases")),
    "amount": ("total DESC, came DESC", gettext_lazy("Largest amount")),
    "repeat": ("again DESC, came DESC, total DESC", gettext_lazy("Again after a decision")),
}

# decided: the first local day of a decision against the body that stands (`cases.statistics.STANDING`: what was taken up
# again does not, nor what holds nothing against it); of a strand decided twice, the last; again: cases registered later
_BODIES = """,
    b AS (SELECT j.subject_id, c.*, {SINGLE} AS single FROM c JOIN cases_casesubject j ON j.case_id = c.id
        JOIN cases_subject t ON t.id = j.subject_id AND t.kind = ANY(%(bodies)s)),
    n AS (SELECT subject_id, count(*) FILTER (WHERE single) AS came, sum(suspected) AS total, max(opened_at) AS newest
        FROM b WHERE opened_at >= %(first)s AND opened_at < %(last)s GROUP BY subject_id),
    d AS (SELECT b.subject_id, min((e.at AT TIME ZONE 'Asia/Shanghai')::date) AS decided
        FROM b JOIN n USING (subject_id)
        JOIN cases_strand s ON s.case_id = b.id AND (
            (s.status IN ('decided', 'performed') AND s.disposition = ANY(%(held)s))
            OR (s.status = 'not_filed' AND s.disposition = ANY(%(unfiled)s)))
        CROSS JOIN LATERAL (SELECT at FROM audit.event WHERE target_kind = 'strand' AND target_id = s.id
            AND verb = ANY(%(deciding)s) ORDER BY id DESC LIMIT 1) e
        WHERE e.at < n.newest GROUP BY b.subject_id),
    r AS (SELECT b.subject_id, count(*) FILTER (WHERE b.single) AS again FROM b JOIN d USING (subject_id)
        WHERE b.opened_at >= %(first)s AND b.opened_at < %(last)s
        AND (b.opened_at AT TIME ZONE 'Asia/Shanghai')::date > d.decided GROUP BY b.subject_id)
    SELECT t.id, t.name, t.kind, n.came, n.total, coalesce(r.again, 0) AS again, d.decided
    FROM n JOIN cases_subject t ON t.id = n.subject_id LEFT JOIN d USING (subject_id) LEFT JOIN r USING (subject_id)
    ORDER BY {order}, t.id LIMIT %(most)s
"""
_QUARTERS = f"""
    SELECT k.category_id, date_trunc('quarter', c.opened_at AT TIME ZONE 'Asia/Shanghai')::date, count(*)
    FROM c JOIN cases_case_categories k ON k.case_id = c.id
    WHERE c.opened_at >= %(first)s AND c.opened_at < %(last)s AND {SINGLE} GROUP BY 1, 2
"""


def figures(user: Any, asked: Asked) -> Iterator[Block | Tile]:
    """Three statements."""
    yield _bodies(user, asked)
    yield _rising(user, asked)


def _bodies(user: Any, asked: Asked) -> Block:
    order, _words = SORTS.get(asked.sort, SORTS["cases"])
    found = over(
        user, asked, _BODIES.replace("{order}", order).replace("{SINGLE}", SINGLE),
        {
            "bodies": sorted(BODIES), "held": [each.value for each in DEALT_WITH],
            "unfiled": [each.value for each in WITHOUT_FILING], "deciding": list(DECIDING),
            "first": start_of(asked.since), "last": end_of(asked.until), "most": MOST,
        },
    )  # fmt: skip
    rows = []
    for pk, name, kind, number, total, again, decided in found:
        url = came(asked, body=pk)
        later = max(asked.since, decided + dt.timedelta(days=1)) if decided else asked.since
        repeated = listed(asked, body=pk, opened_from=later, opened_to=asked.until)
        cells = (
            Cell(str(SubjectKind(kind).label)), Cell(number, url), Cell(total, url), Cell(again, repeated if again else ""),
            Cell(decided.isoformat() if decided else None),
        )  # fmt: skip
        rows.append(Row(name, cells, reverse("cases:subject", args=[pk])))
    return Block(
        "bodies", _("Institutions by their cases"), _("Institution"),
        (
            Column(_("Kind"), "text", drawn=False), Column(_("Cases")), Column(_("Suspected, yuan"), "money", drawn=False),
            Column(_("Again after a decision"), drawn=asked.sort == "repeat"),
            Column(_("First decided on"), "text", drawn=False),
        ),
        rows, "hbar",
        _("Cases registered in the period, at most %(n)d institutions; a case about several counts for each with its whole "
          "amount. Again: registered after the day on which an earlier case about the institution was decided against it.")
        % {"n": MOST}, wide=True,
    )  # fmt: skip


def quarter(day: dt.date) -> dt.date:
    """The first day of the quarter a day lies in."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _rising(user: Any, asked: Asked) -> Block:
    """The quarter in which the period ends beside the four before it; what rises most stands first."""
    last = quarter(asked.until)
    firsts = [add_months(last, -3 * back) for back in range(BEFORE, -1, -1)]
    end = add_months(last, 3) - dt.timedelta(days=1)
    found: dict[int, dict[dt.date, int]] = {}
    for pk, first, number in over(user, asked, _QUARTERS, {"first": start_of(firsts[0]), "last": end_of(end)}):
        found.setdefault(pk, {})[first] = number
    names = {each.pk: each.label for each in Category.objects.all()} if found else {}
    lines = []
    for pk, numbers in found.items():
        before = sum(numbers.get(first, 0) for first in firsts[:-1])
        lines.append((_rise(numbers.get(last, 0), before), names[pk], pk, numbers, before))
    lines.sort(key=lambda line: (-line[0], line[1]))
    rows = []
    for rise, name, pk, numbers, before in lines:
        cells = []
        for first in firsts:
            number = numbers.get(first, 0)
            to = add_months(first, 3) - dt.timedelta(days=1)
            cells.append(Cell(number, listed(asked, category=pk, opened_from=first, opened_to=to) if number else ""))
        mean = (Decimal(before) / BEFORE).quantize(Decimal("0.1"), ROUND_HALF_UP)
        rows.append(Row(name, (*cells, Cell(mean), Cell(rise, lamp="r" if rise > 0 else ""))))
    words = [f"{first.year}Q{(first.month + 2) // 3}" for first in firsts]
    return Block(
        "rising", _("Categories against the four quarters before"), _("Violation"),
        (
            *(Column(each) for each in words), Column(_("Mean of the four"), "days", drawn=False),
            Column(_("More than the mean"), "days", drawn=False),
        ),
        rows, "bar", _("Cases by the quarter they were registered in; the last quarter may not be over."), wide=True,
    )  # fmt: skip


def _rise(number: int, before: int) -> Decimal:
    """How many more than the mean of the quarters before; negative where fewer."""
    return Decimal(number) - (Decimal(before) / BEFORE).quantize(Decimal("0.1"), ROUND_HALF_UP)
