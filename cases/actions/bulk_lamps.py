"""The case's copy of its most urgent clock, for the lists; the truth is in Deadline."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

# red: any late running clock; amber: one that was warned; green: one runs; grey: none does
_RENEW = """
UPDATE cases_case c SET lamp = fresh.lamp, next_due_on = fresh.due_on
FROM (
    SELECT wanted.id,
        CASE
            WHEN count(d.id) = 0 THEN 'n'
            WHEN bool_or(d.late OR d.stage IN ('overdue', 'escalated')
                OR (d.status = 'running' AND d.due_at <= %s)) THEN 'r'
            WHEN bool_or(d.stage = 'warned' OR (d.status = 'running' AND d.warn_at <= %s)) THEN 'y'
            ELSE 'g'
        END AS lamp,
        min(d.due_on) AS due_on
    FROM unnest(%s::bigint[]) AS wanted(id)
    LEFT JOIN deadlines_deadline d ON d.case_id = wanted.id AND d.status IN ('running', 'paused')
    GROUP BY wanted.id
) AS fresh
WHERE c.id = fresh.id AND (c.lamp, c.next_due_on) IS DISTINCT FROM (fresh.lamp, fresh.due_on)
"""


def renew_lamps(case_ids: Iterable[int], at: dt.datetime) -> None:
    """Renew lamp and next due date of these cases from their open clocks, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, [at, at, sorted(case_ids)])


def lock_cases(case_ids: Iterable[int]) -> None:
    """Lock these cases in order of id, before their clocks are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [sorted(case_ids)]
        )
