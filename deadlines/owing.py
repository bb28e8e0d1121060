"""部门应办对照: who owes whom how much, and how fast it is done. Counted by the database over what the person watches."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core.dates import end_of, local_date, start_of
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline
from deadlines.outages import excused, working_days
from deadlines.watching import NOBODY

PERIODS = {"30": _("30 days"), "quarter": _("this quarter"), "year": _("this year")}
_OPEN = (DeadlineStatus.RUNNING.value, DeadlineStatus.PAUSED.value)

# (owing, to) with either left out for the sums over it; a median is counted anew for each, never added up
_SQL = """
WITH c AS MATERIALIZED (
    SELECT w.owing, coalesce(w.waiting, 0) AS waiting, w.status = 'met' AS done, w.late, w.lamp,
           e.n - s.n AS days, w.excused
    FROM ({rows}) AS w(owing, waiting, status, late, started_on, ended_at, lamp, excused)
    LEFT JOIN unnest(%s::date[], %s::int[]) AS s(day, n) ON s.day = w.started_on
    LEFT JOIN unnest(%s::date[], %s::int[]) AS e(day, n) ON e.day = (w.ended_at AT TIME ZONE 'Asia/Shanghai')::date
)
SELECT CASE WHEN grouping(owing) = 0 THEN owing END, CASE WHEN grouping(waiting) = 0 THEN waiting END,
       count(*) FILTER (WHERE NOT done), count(*) FILTER (WHERE NOT done AND lamp = 'r' AND NOT excused),
       count(*) FILTER (WHERE done AND NOT late), count(*) FILTER (WHERE done AND late AND NOT excused),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE done),
       count(*) FILTER (WHERE NOT done AND excused), count(*) FILTER (WHERE done AND excused)
FROM c GROUP BY GROUPING SETS ((owing, waiting), (owing), (waiting), ())
"""


@dataclass(frozen=True)
class Cell:
    """What one department owes another. open: now, overdue of these; in_time, late: done in the period; median: working
    days from start to end of what was done in it, None where nothing was; overdue_out, late_out: what stands in neither
    overdue nor late because our own outages excuse it (`deadlines.outages`), 0 where these are not left out."""

    open: int
    overdue: int
    in_time: int
    late: int
    median: float | None
    overdue_out: int = 0
    late_out: int = 0


def first_day(period: str, today: dt.date) -> dt.date:
    """The local date on which a period (`PERIODS`) that ends today began."""
    if period == "quarter":
        return dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return dt.date(today.year, 1, 1) if period == "year" else today - dt.timedelta(days=29)


def matrix(
    user: Any, *, since: dt.date, until: dt.date, at: dt.datetime, without_outages: bool = False
) -> dict[tuple[int | None, int | None], Cell]:
    """{(who owes, to whom): cell}; None stands for all of that side, `NOBODY` for a duty to nobody in particular. One
    statement beside the door's own; empty where there is nothing. without_outages: what our own outages excuse is not late
    (one query more)."""
    done = Q(status=DeadlineStatus.MET, ended_at__gte=start_of(since), ended_at__lt=end_of(until))
    found = Deadline.objects.watched_by(user).filter(Q(status__in=_OPEN) | done).with_lamps(at).order_by()
    out = excused(user, at) if without_outages else Q(pk__in=())
    found = found.annotate(excused=Case(When(out, then=Value(True)), default=Value(False)))
    try:
        sql, params = found.values_list(
            "department_id", "to_department_id", "status", "late", "started_on", "ended_at", "lamp", "excused"
        ).query.sql_with_params()
    except EmptyResultSet:
        return {}
    days, counts = working_days(max(until, local_date(at)))
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(rows=sql), [*params, days, counts, days, counts])
        rows = cursor.fetchall()
    cells = {(owing, waiting): Cell(*numbers) for owing, waiting, *numbers in rows}
    whole = cells.get((None, None))
    return cells if whole is not None and (whole.open or whole.in_time or whole.late or whole.late_out) else {}


__all__ = ["NOBODY", "PERIODS", "Cell", "first_day", "matrix"]
