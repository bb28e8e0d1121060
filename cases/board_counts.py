"""The counts and sums behind the steering pages: one statement over the cases a reader sees, grouped by the database."""

import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.enums import CaseStatus, MoneyKind
from cases.models import Case, Strand
from core.boards import Asked, months_after
from core.dates import end_of, start_of

# (count, sum in yuan) by what was grouped and its key
Counts = dict[str, dict[str, tuple[int, Decimal]]]
COLUMNS = ("pk", "status", "source", "lamp", "opened_at", "closed_at", "suspected")


def scope(user: Any, asked: Asked) -> QuerySet[Case]:
    """The cases the reader sees, under the department (leading or with a strand) and region asked for."""
    found = Case.objects.visible_to(user)
    if asked.region is not None:
        found = found.filter(region=asked.region)
    if asked.department is not None:
        part = Strand.objects.filter(case=OuterRef("pk"), department=asked.department)  # door: of cases one sees
        found = found.filter(Q(owner=asked.department) | Exists(part))
    return found


def over(user: Any, asked: Asked, sql: str, params: dict[str, Any]) -> list[tuple]:
    """The rows of `sql` over `c` (id, status, source, lamp, opened_at, closed_at, suspected), those cases.

    `sql` names its values as %(name)s.
    """
    try:
        inner, values = scope(user, asked).order_by().values(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:  # nobody's
        return []
    named = {f"door{n}": value for n, value in enumerate(values)}
    names = iter(named)
    inner = re.sub("%s", lambda _found: f"%({next(names)})s", inner)
    head = "WITH c (id, status, source, lamp, opened_at, closed_at, suspected) AS MATERIALIZED"
    with connection.cursor() as execute:
        execute.execute(f"{head} ({inner}) {sql}", {**named, **params})
        return execute.fetchall()


_NONE = "0::numeric"
# a merged case counts with its main case only; its money stays where it was entered (ADR 0075)
SINGLE = "NOT EXISTS (SELECT FROM cases_casemerge x WHERE x.case_id = c.id AND x.at IS NOT NULL AND x.undone_at IS NULL)"
_CAME = f"c.opened_at >= %(first)s AND c.opened_at < %(last)s AND {SINGLE}"
_MONTH = "to_char({} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
_MONEY = "FROM c JOIN cases_moneyentry m ON m.case_id = c.id WHERE m.kind <> %(rewarded)s AND m.happened_on"
COUNTS = f"""
    SELECT 'stage', c.status, count(*), {_NONE} FROM c WHERE {_CAME} GROUP BY 2
    UNION ALL SELECT 'source', c.source, count(*), {_NONE} FROM c WHERE {_CAME} GROUP BY 2
    UNION ALL SELECT 'category', k.category_id || ' ' || g.name, count(*), {_NONE} FROM c
        JOIN cases_case_categories k ON k.case_id = c.id JOIN departments_category g ON g.id = k.category_id
        WHERE {_CAME} GROUP BY 2
    UNION ALL SELECT 'kind', t.kind, count(DISTINCT c.id), {_NONE} FROM c JOIN cases_casesubject j ON j.case_id = c.id
        JOIN cases_subject t ON t.id = j.subject_id WHERE {_CAME} GROUP BY 2
    UNION ALL SELECT 'in', {_MONTH.format("c.opened_at")}, count(*), {_NONE} FROM c
        WHERE c.opened_at >= %(year)s AND c.opened_at < %(end)s AND {SINGLE} GROUP BY 2
    UNION ALL SELECT 'out', {_MONTH.format("c.closed_at")}, count(*), {_NONE} FROM c
        WHERE c.closed_at >= %(year)s AND c.closed_at < %(end)s AND {SINGLE} GROUP BY 2
    UNION ALL SELECT 'all', 'came', count(*), {_NONE} FROM c WHERE {_CAME}
    UNION ALL SELECT 'all', 'closed', count(*), {_NONE} FROM c
        WHERE c.closed_at >= %(first)s AND c.closed_at < %(last)s AND {SINGLE}
    UNION ALL SELECT 'all', 'live', count(*), {_NONE} FROM c WHERE c.status <> %(over)s
    UNION ALL SELECT 'all', 'late', count(*), {_NONE} FROM c WHERE c.status <> %(over)s AND c.lamp = 'r'
    UNION ALL SELECT 'money', m.kind, count(DISTINCT c.id), sum(m.amount) {_MONEY}
        BETWEEN %(since)s AND %(until)s GROUP BY 2
    UNION ALL SELECT 'trend', m.kind || ' ' || to_char(m.happened_on, 'YYYY-MM'), count(DISTINCT c.id), sum(m.amount)
        {_MONEY} BETWEEN %(year_on)s AND %(end_on)s GROUP BY 2
"""


def counts(user: Any, asked: Asked) -> Counts:
    """What the dashboard says of cases and of the ledger, in one statement; a group without a row is empty.

    Groups: stage, source, category (id and name), kind (of subject) and money of the period; in, out and trend (kind and
    month) of twelve months; all (came, closed, live, late). Rewards stand in another room (`rewards.board`).
    """
    months = asked.months()
    end = months_after(months[-1])
    rows = over(
        user, asked, COUNTS,
        {
            "first": start_of(asked.since), "last": end_of(asked.until), "since": asked.since, "until": asked.until,
            "year": start_of(months[0]), "end": start_of(end), "year_on": months[0], "end_on": last_day(months[-1]),
            "over": CaseStatus.CLOSED.value, "rewarded": MoneyKind.REWARDED.value,
        },
    )  # fmt: skip
    found: Counts = defaultdict(dict)
    for group, key, number, total in rows:
        found[group][key] = (number, total)
    return found


def last_day(first: dt.date) -> dt.date:
    """The last day of the month that begins on `first`."""
    return months_after(first) - dt.timedelta(days=1)
