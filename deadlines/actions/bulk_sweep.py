"""The sweep: every stage that fell due, fired exactly once, in one statement.

The row is the truth: `next_at` says when the next stage falls due. The statement claims due rows with SKIP
LOCKED, so it may run twice, late, from two processes or be killed in the middle: whoever holds the row sees what
was fired for it before, and the unique key of `Firing` makes each stage happen once per due date (ADR 0020). What
fired is not joined back to what was claimed: where the planner knows no figures yet, it walks such a join by pairs.
"""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from core import registry
from core.dates import local_date
from deadlines import notices
from deadlines.actions.guard import check_clock, lock_cases, tell_lamps
from deadlines.enums import Stage
from deadlines.models import Deadline, SweepMark
from departments.enums import Function, Role
from journal.actions import notify, record

log = logging.getLogger(__name__)

_SWEEP = """
WITH claimed AS MATERIALIZED (
    SELECT d.* FROM deadlines_deadline d
    WHERE d.status = 'running' AND d.next_at <= %(at)s
    ORDER BY d.next_at, d.id
    FOR UPDATE OF d SKIP LOCKED
), reached AS MATERIALIZED (
    SELECT c.*, s.stage AS reached, s.rank,
           CASE WHEN o.has_account THEN c.department_id ELSE c.to_department_id END AS duty_id,
           o.named_only AND c.case_id IS NULL AND c.person_id IS NOT NULL AS sealed,
           jsonb_build_object('name', c.name, 'due_on', to_char(c.due_on, 'YYYY-MM-DD'),
                              'owing_department', c.department_id) AS params
    FROM claimed c
    JOIN departments_department o ON o.id = c.department_id
    CROSS JOIN LATERAL (
        VALUES ('warned', 1, c.warn_at), ('overdue', 2, c.due_at), ('escalated', 3, c.escalate_at)
    ) AS s(stage, rank, since)
    WHERE s.since <= %(at)s
      AND s.rank > coalesce(array_position(ARRAY['warned', 'overdue', 'escalated'], c.stage::text), 0)
), said AS MATERIALIZED (
    SELECT r.*, 'deadline.' || r.reached AS verb FROM reached r
    WHERE NOT EXISTS (
        SELECT FROM deadlines_firing f
        WHERE f.deadline_id = r.id AND f.stage = r.reached AND f.due_on = r.due_on
    )
), fired AS (
    INSERT INTO deadlines_firing (deadline_id, stage, due_on, at, told)
    SELECT id, reached, due_on, %(at)s, FALSE FROM said ORDER BY id, rank
), moved AS (
    UPDATE deadlines_deadline d
    SET stage = CASE WHEN d.escalate_at <= %(at)s THEN 'escalated'
                     WHEN d.due_at <= %(at)s THEN 'overdue' ELSE 'warned' END,
        next_at = CASE WHEN d.escalate_at <= %(at)s THEN NULL
                       WHEN d.due_at <= %(at)s THEN d.escalate_at ELSE d.due_at END,
        late = d.late OR d.due_at <= %(at)s,
        updated_at = %(at)s
    FROM claimed c WHERE d.id = c.id
), events AS (
    INSERT INTO audit.event (at, verb, department_id, region_id, case_id, target_kind, target_id, params)
    SELECT %(at)s, verb, department_id, region_id, case_id, 'deadline', id, params FROM said ORDER BY id, rank
), seats AS MATERIALIZED (
    SELECT p.user_id, p.department_id, p.role, d.region_id, d.function
    FROM departments_post p
    JOIN departments_user u ON u.id = p.user_id AND u.is_active
    JOIN departments_department d ON d.id = p.department_id
    WHERE p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
      AND p.role = ANY (%(roles)s)
), owners AS (
    SELECT s.*, u.id AS user_id, s.department_id AS told_for
    FROM said s JOIN departments_user u ON u.id = s.person_id AND u.is_active
    WHERE s.reached <> 'escalated' OR s.sealed
  UNION ALL
    SELECT s.*, p.user_id, p.department_id
    FROM said s JOIN seats p ON p.department_id = s.duty_id AND p.role IN ('handler', 'section_head')
    LEFT JOIN departments_user u ON u.id = s.person_id AND u.is_active
    WHERE s.reached <> 'escalated' AND u.id IS NULL AND NOT s.sealed
  UNION ALL
    SELECT s.*, p.user_id, p.department_id
    FROM said s JOIN seats p ON p.department_id = s.duty_id AND p.role IN ('section_head', 'deputy_head')
    WHERE s.reached = 'escalated' AND NOT s.sealed
  UNION ALL
    SELECT s.*, p.user_id, p.department_id
    FROM said s JOIN seats p ON p.region_id = s.region_id AND p.function = %(office)s AND p.role = 'coordinator'
    WHERE s.reached = 'escalated' AND NOT s.sealed
), told AS MATERIALIZED (
    SELECT DISTINCT ON (id, rank, user_id) *,
           concat_ws(':', 'deadline', id, reached, due_on, user_id) AS key
    FROM owners ORDER BY id, rank, user_id, told_for
), notices AS (
    INSERT INTO journal_notification
        (recipient_id, department_id, verb, params, case_id, target_kind, target_id, tone, dedupe, created_at)
    SELECT user_id, told_for, verb, params, case_id, 'deadline', id,
           CASE reached WHEN 'warned' THEN 'y' ELSE 'r' END, key, %(at)s
    FROM told ORDER BY id, rank, user_id
    ON CONFLICT (dedupe) DO NOTHING
), mail AS (
    INSERT INTO journal_message (channel, payload, dedupe, created_at, available_at, attempts, error)
    SELECT 'email', jsonb_build_object('user', t.user_id, 'verb', t.verb, 'params', t.params), 'mail:' || key,
           %(at)s, %(at)s, 0, ''
    FROM told t JOIN departments_user u ON u.id = t.user_id AND u.email <> ''
    WHERE %(mail)s ORDER BY t.id, t.rank, t.user_id
    ON CONFLICT (dedupe) DO NOTHING
)
SELECT id, reached, target_kind FROM said ORDER BY id, rank
"""

_UNTOLD = """
SELECT f.id, d.case_id FROM deadlines_firing f JOIN deadlines_deadline d ON d.id = f.deadline_id
WHERE NOT f.told ORDER BY f.id FOR UPDATE OF f SKIP LOCKED
"""


def sweep(*, at: dt.datetime) -> int:
    """Fire every stage that fell due by `at`; how many fired. After an outage each stage fires once, in order.

    Two transactions: the stages with their events and notices, then the cases' copies of lamp and due date.
    The second locks cases, which the first must not do while it holds clocks; what it leaves behind when
    killed, the next sweep does.

    :raises ClockJumped: `at` is far beyond the last sweep (see `accept_clock`)
    """
    fired = _fire(at)
    _renew_lamps(at)
    return fired


@transaction.atomic
def _fire(at: dt.datetime) -> int:
    check_clock(at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # a morning's notices are sorted in memory, not on disk
        cursor.execute(
            _SWEEP,
            {
                "at": at,
                "day": local_date(at),
                "office": Function.OFFICE,
                "roles": [Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.COORDINATOR],
                "mail": settings.EMAIL_NOTICES,
            },
        )
        rows = cursor.fetchall()
    _ask_listeners([row for row in rows if row[2] in registry.deadline_listeners], at)
    SweepMark.objects.update_or_create(pk=1, defaults={"last_at": at})
    return len(rows)


def _ask_listeners(rows: list[tuple[int, str, str]], at: dt.datetime) -> None:
    """Tell those whom the room of the target names beside the owners (a chased sender, say)."""
    known = Deadline.objects.select_related("department__region", "to_department", "person").in_bulk(
        [pk for pk, _stage, _kind in rows]
    )
    for pk, stage, kind in rows:
        try:
            with transaction.atomic():
                _ask(registry.deadline_listeners[kind], known[pk], stage, at)
        except Exception:
            # The owners are told already: one room's trouble with one thing must not stop every other clock.
            log.exception("nobody beside the owners was told of %s of deadline %s", stage, pk)


def _ask(listener: Any, deadline: Deadline, stage: str, at: dt.datetime) -> None:
    notify(
        listener(deadline, stage, at),
        f"deadline.{stage}",
        target=deadline,
        at=at,
        case=notices.case_of(deadline),
        tone="y" if stage == Stage.WARNED else "r",
        dedupe=f"deadline:{deadline.pk}:{stage}:{deadline.due_on}",
        name=deadline.name,
        due_on=deadline.due_on,
        owing_department=deadline.department_id,
    )


@transaction.atomic
def _renew_lamps(at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD)
        rows = cursor.fetchall()
        if not rows:
            return
        lock_cases(case_id for _pk, case_id in rows)
        tell_lamps((case_id for _pk, case_id in rows), at)
        cursor.execute(
            "UPDATE deadlines_firing SET told = TRUE WHERE id = ANY (%s)", [[pk for pk, _c in rows]]
        )


@transaction.atomic
def accept_clock(*, at: dt.datetime, by: Any = None) -> None:
    """After a person has looked at the machine's clock: sweep again from `at` on."""
    SweepMark.objects.update_or_create(pk=1, defaults={"last_at": at})
    record("deadline.clock_accepted", target=None, by=by, at=at, now=at)
