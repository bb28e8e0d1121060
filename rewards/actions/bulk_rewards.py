"""All rewards follow the ledger: one statement a batch of reports, from any number of workers, as often as run.

The statement computes what every reporter is due (the arithmetic of `rewards.computation`, in SQL numeric, which
rounds half up), adds what is new, and corrects or voids what nobody has proposed yet, with its events. Rewards
somebody has acted on are few: their reports are settled one by one by the single action, which also tells people.
The cases of a batch are locked first, so that an entry that is being made is either seen or comes after.
"""

import datetime as dt

from django.db import connection, transaction

from rewards.actions.computing import settle_report
from rewards.models import Report

BATCH = 20_000  # reports locked at a time

_LOCK = """
SELECT c.id FROM cases_case c
WHERE c.id IN (SELECT case_id FROM rewards_report WHERE id > %(low)s AND id <= %(high)s AND case_id IS NOT NULL)
ORDER BY c.id FOR SHARE
"""

# what each reporter is due now; %(low)s and %(high)s bound the reports
DUE = """
entries AS MATERIALIZED (
    SELECT coalesce(rep.first_id, m.clue_id) AS report_id, m.case_id, sum(m.amount) AS base
    FROM cases_moneyentry m LEFT JOIN rewards_repetition rep ON rep.report_id = m.clue_id
    WHERE m.clue_kind = 'report' AND m.kind = 'verified'
      AND coalesce(rep.first_id, m.clue_id) > %(low)s AND coalesce(rep.first_id, m.clue_id) <= %(high)s
    GROUP BY 1, 2 HAVING sum(m.amount) > 0
), ruled AS MATERIALIZED (
    SELECT r.id AS report_id, r.case_id, r.region_id, r.department_id, r.number, e.base, u.id AS rule_id, true AS current
    FROM entries e
    JOIN rewards_report r ON r.id = e.report_id AND r.case_id = e.case_id AND r.status IN ('accepted', 'answered')
    CROSS JOIN LATERAL (
        SELECT * FROM rewards_rewardrule u
        WHERE (u.region_id = r.region_id OR u.region_id IS NULL)
          AND u.effective_from <= (r.received_at AT TIME ZONE 'Asia/Shanghai')::date
          AND (u.effective_until IS NULL OR u.effective_until > (r.received_at AT TIME ZONE 'Asia/Shanghai')::date)
        ORDER BY u.region_id NULLS LAST, u.id LIMIT 1
    ) u
  UNION ALL  -- what was paid is judged by the rule it was paid by
    SELECT DISTINCT e.report_id, e.case_id, p.region_id, p.department_id, '', e.base, p.rule_id, false
    FROM entries e JOIN rewards_reward p ON p.report_id = e.report_id AND p.case_id = e.case_id AND p.status = 'paid'
), worth AS MATERIALIZED (
    SELECT d.*, u.natural_only, round(d.base * u.percent / 100, 2) AS gross,
           coalesce(d.base * u.percent / 100 < u.honorary_below, false) AS honorary, u.floor, u.cap
    FROM ruled d JOIN rewards_rewardrule u ON u.id = d.rule_id
), shared AS MATERIALIZED (
    SELECT w.*, p.id AS reporter_id, p.position, g.weight::bigint AS weight,
           CASE WHEN w.honorary THEN 0 ELSE least(greatest(w.gross, w.floor), w.cap) END AS total,
           (sum(g.weight) OVER (PARTITION BY w.report_id, w.rule_id, w.current))::bigint AS whole
    FROM worth w
    JOIN rewards_reporter p ON p.report_id = w.report_id
    JOIN rewards_eligibility g ON g.reporter_id = p.id
    WHERE g.wants AND g.identifiable AND NOT g.known_before AND NOT g.duty AND NOT g.staff
      AND (p.kind = 'natural' OR NOT w.natural_only)
), cut AS (
    SELECT *, (total * 100)::bigint AS fen, (total * 100)::bigint * weight / whole AS part,
           row_number() OVER (
               PARTITION BY report_id, rule_id, current ORDER BY (total * 100)::bigint * weight %% whole DESC, position
           ) AS place
    FROM shared
), owed AS MATERIALIZED (
    SELECT *, ((part + CASE WHEN place <= fen - sum(part) OVER (PARTITION BY report_id, rule_id, current) THEN 1 ELSE 0 END)
               / 100.0)::numeric(14, 2) AS amount
    FROM cut
), due AS MATERIALIZED (SELECT * FROM owed WHERE current)
"""

_COMPUTE = (
    "WITH "
    + DUE
    + """, live AS MATERIALIZED (
    SELECT * FROM rewards_reward WHERE report_id > %(low)s AND report_id <= %(high)s AND status <> 'void'
), added AS (
    INSERT INTO rewards_reward (region_id, department_id, case_id, report_id, reporter_id, number, rule_id, status, base,
        gross, total, amount, entitled, recovered, honorary, computed_at, reason, claim_digest, created_at, updated_at,
        version)
    SELECT d.region_id, d.department_id, d.case_id, d.report_id, d.reporter_id, d.number || '-' || d.position, d.rule_id,
        'computed', d.base, d.gross, d.total, d.amount, d.amount, 0, d.amount = 0, %(at)s, '', '', %(at)s, %(at)s, 1
    FROM due d WHERE NOT EXISTS (SELECT FROM live l WHERE l.case_id = d.case_id AND l.reporter_id = d.reporter_id)
    ORDER BY d.report_id, d.position
    ON CONFLICT (case_id, reporter_id) WHERE status <> 'void' DO NOTHING
    RETURNING id, region_id, department_id, number, amount, base
), changed AS (
    UPDATE rewards_reward r
    SET rule_id = d.rule_id, base = d.base, gross = d.gross, total = d.total, amount = d.amount, entitled = d.amount,
        honorary = d.amount = 0, computed_at = %(at)s, updated_at = %(at)s, version = r.version + 1
    FROM due d JOIN live l ON l.case_id = d.case_id AND l.reporter_id = d.reporter_id
    WHERE r.id = l.id AND r.status = 'computed'
      AND (r.rule_id, r.base, r.gross, r.total, r.amount, r.honorary)
          IS DISTINCT FROM (d.rule_id, d.base, d.gross, d.total, d.amount, d.amount = 0)
    RETURNING r.id, r.region_id, r.department_id, r.number, r.amount, r.base, l.amount AS old
), voided AS (
    UPDATE rewards_reward r
    SET status = 'void', entitled = 0, updated_at = %(at)s, version = r.version + 1
    FROM live l
    WHERE r.id = l.id AND r.status = 'computed'
      AND NOT EXISTS (SELECT FROM due d WHERE d.case_id = l.case_id AND d.reporter_id = l.reporter_id)
    RETURNING r.id, r.region_id, r.department_id, r.number, r.amount
), said AS (
    SELECT id, region_id, department_id, 'reward.computed' AS verb, 1 AS step,
           jsonb_build_object('number', number, 'amount', amount::text, 'base', base::text) AS params FROM added
  UNION ALL
    SELECT id, region_id, department_id, 'reward.recomputed', 2,
           jsonb_build_object('number', number, 'old', old::text, 'amount', amount::text, 'base', base::text) FROM changed
  UNION ALL
    SELECT id, region_id, department_id, 'reward.voided', 3,
           jsonb_build_object('number', number, 'old', 'computed', 'amount', amount::text) FROM voided
), events AS (
    INSERT INTO audit.event (at, verb, department_id, region_id, target_kind, target_id, params)
    SELECT %(at)s, verb, department_id, region_id, 'reward', id, params FROM said ORDER BY step, id
)
SELECT (SELECT count(*) FROM said),
       ARRAY(
           SELECT DISTINCT l.report_id FROM live l
           LEFT JOIN due d ON d.case_id = l.case_id AND d.reporter_id = l.reporter_id
           LEFT JOIN owed o ON NOT o.current AND o.rule_id = l.rule_id AND o.case_id = l.case_id
                AND o.reporter_id = l.reporter_id
           WHERE (l.status IN ('proposed', 'approved', 'funded', 'honoured') AND
                  (d.rule_id, d.base, d.gross, d.total, d.amount, d.amount = 0)
                  IS DISTINCT FROM (l.rule_id, l.base, l.gross, l.total, l.amount, l.honorary))
              OR (l.status = 'paid' AND l.entitled <> coalesce(o.amount, 0))
           ORDER BY 1
       )
"""
)


def compute_rewards(*, at: dt.datetime) -> int:
    """Bring every reward of the house to what ledger, rules and answers say; how many changed.

    Batches of reports, each in a transaction of its own: what is done stays done when it is killed in the middle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM rewards_report")
        last = cursor.fetchone()[0]
    changed = 0
    for low in range(0, last, BATCH):
        done, others = _batch({"low": low, "high": low + BATCH, "at": at})
        changed += done
        for report in (
            Report.objects.defer("facts")
            .filter(pk__in=others)
            .select_related("case", "region", "department")
            .order_by("pk")
        ):
            changed += len(settle_report(report=report, at=at))
    return changed


@transaction.atomic
def _batch(bounds: dict[str, int | dt.datetime]) -> tuple[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        # the planner knows nothing of the steps in between, and would walk their joins by pairs
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rewards.compute'))")  # one worker at a time
        cursor.execute(_LOCK, bounds)
        cursor.execute(_COMPUTE, bounds)
        done, others = cursor.fetchone()
    return done, others
