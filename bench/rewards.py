"""100 000 rewards in one job: time and memory, beside the bare statement that does the same and nothing else."""

import datetime as dt
import resource
import time
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction

from bench.county import handler_of_ten_thousand
from cases.models import Case
from departments.actions.people import fill_post
from departments.enums import Role
from rewards.actions import bulk_rewards
from rewards.actions.bulk_rewards import compute_rewards
from rewards.actions.computing import settle_report
from rewards.models import Report, Reward
from tests.harness import acting_as

TITLE = "Rewards, 100 000 in one job"
ALL = 100_000

# ten reports in each of ten thousand cases, one reporter each, asked and eligible, one verified entry each
_FILL = """
WITH numbered AS (
    SELECT id, region_id, owner_id, row_number() OVER (ORDER BY id) AS place FROM cases_case
), new AS (
    INSERT INTO rewards_report (created_at, updated_at, version, number, receipt_digest, channel, naming, subject_name,
        subject_code, facts, summary, wants_reward, wants_answer, status, reason, received_at, decided_at, case_id,
        decided_by_id, department_id, region_id, token_digest, told_via)
    SELECT %(at)s, %(at)s, 1, '测' || n, md5(n::text) || md5('x' || n), 'phone', 'real_name', '某院', '', ''::bytea, '',
        true, false, 'accepted', '', %(at)s, %(at)s, c.id, %(by)s, c.owner_id, c.region_id, '', ''
    FROM generate_series(1, %(all)s) AS n JOIN numbered c ON c.place = 1 + n %% (SELECT count(*) FROM numbered)
    RETURNING id, case_id, department_id
), people AS (
    INSERT INTO rewards_reporter (report_id, position, kind) SELECT id, 1, 'natural' FROM new RETURNING id
), money AS (
    INSERT INTO cases_moneyentry (case_id, department_id, kind, amount, happened_on, document, remark, clue_kind, clue_id,
        by_id, at)
    SELECT case_id, department_id, 'verified', (1 + id * 7919 %% 50000000)::numeric / 100, %(at)s::date, '', '', 'report',
        id, %(by)s, %(at)s FROM new
)
INSERT INTO rewards_eligibility (created_at, updated_at, version, reporter_id, wants, known_before, duty, staff,
    identifiable, weight, remark, by_id, at)
SELECT %(at)s, %(at)s, 1, id, true, false, false, false, true, 1, '', %(by)s, %(at)s FROM people
"""
# the same rewards without rule by date, questions, shares, locks, events or comparison with what is there
_BARE = """
INSERT INTO rewards_reward (region_id, department_id, case_id, report_id, reporter_id, number, rule_id, status, base,
    gross, total, amount, entitled, recovered, honorary, computed_at, reason, claim_digest, created_at, updated_at, version)
SELECT r.region_id, r.department_id, r.case_id, r.id, p.id, r.number || '-1', u.id, 'computed', m.sum, g.gross, g.due, g.due,
    g.due, 0, g.due = 0, %(at)s, '', '', %(at)s, %(at)s, 1
FROM (SELECT clue_id, sum(amount) AS sum FROM cases_moneyentry WHERE clue_kind = 'report' GROUP BY clue_id) m
JOIN rewards_report r ON r.id = m.clue_id
JOIN rewards_reporter p ON p.report_id = r.id
JOIN rewards_rewardrule u ON u.code = 'county'
CROSS JOIN LATERAL (SELECT round(m.sum * u.percent / 100, 2) AS gross,
    CASE WHEN m.sum * u.percent / 100 < u.honorary_below THEN 0
         ELSE round(m.sum * u.percent / 100, 2) END AS due) g
"""


def _memory() -> float:
    """The most memory this process has held, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _backend() -> Path:
    """What the kernel says of the database's process for this connection; the cluster of `make bench` is local."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}")


def _backend_memory() -> float:
    """The most memory the database's process has held, what it shares with others included, MiB."""
    line = next(row for row in (_backend() / "status").read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


class _Undo(Exception):
    pass


def _bare(values) -> float:
    """Seconds of the bare statement; its rows are taken back."""
    took = 0.0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            took = _seconds(lambda: cursor.execute(_BARE, values))
            assert cursor.rowcount == ALL
            raise _Undo
    except _Undo:
        pass
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("VACUUM rewards_reward")
    return took


def measure() -> dict[str, object]:
    """Seconds and memory of the first run, of one that finds nothing to do, and of one after every tenth amount moved."""
    user, _case = handler_of_ten_thousand()
    fill_post(
        user=user, department=user.department, role=Role.REPORT_OFFICER, by=None, at=dt.datetime.now(dt.UTC)
    )
    at = dt.datetime.now(dt.UTC)
    values = {"at": at, "by": user.pk, "all": ALL}
    with connection.cursor() as cursor:
        cursor.execute(_FILL, values)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    bare = sorted(_bare(values) for _run in range(3))[1]
    connection.close()  # the job gets a process of the database of its own, whose memory is the job's
    held, asked = _memory(), _backend_memory()
    first = _seconds(lambda: compute_rewards(at=at))
    grown, worked = _memory() - held, _backend_memory()
    assert Reward.objects.count() == ALL
    idle = _seconds(lambda: compute_rewards(at=at))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_moneyentry (case_id, department_id, kind, amount, happened_on, document, remark, clue_kind,"
            " clue_id, by_id, at) SELECT case_id, department_id, kind, 20000, happened_on, '', '', clue_kind, clue_id,"
            " by_id, at FROM cases_moneyentry WHERE clue_kind = 'report' AND clue_id % 10 = 0"
        )
    again = _seconds(lambda: compute_rewards(at=at))
    reports = list(
        Report.objects.order_by("pk").select_related("case", "region", "department").defer("facts")[:200]
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rewards_reward SET base = base + 1 WHERE report_id <= %s", [reports[-1].pk])
    single = (
        _seconds(lambda: [settle_report(report=report, at=at) for report in reports]) / len(reports) * ALL
    )
    total = Reward.objects.filter(report__in=reports).count()
    assert total == len(reports) and Decimal(0) <= min(Reward.objects.values_list("amount", flat=True)[:1000])
    return {
        "cases": Case.objects.count(),
        "rewards computed": ALL,
        "the job, seconds": round(first, 2),
        "memory the job added to its own process, MiB": round(grown, 1),
        "memory of the database's process before the job, MiB": round(asked, 1),
        "memory of the database's process, shared buffers it touched included, MiB": round(worked, 1),
        "the bare statement, seconds (median of 3)": round(bare, 2),
        "job to bare statement": round(first / bare, 2),
        "the job again with nothing to do, seconds": round(idle, 2),
        "the job after every tenth amount moved, seconds": round(again, 2),
        "one by one through the single action, seconds (from 200)": round(single),
        "reports locked at a time": bulk_rewards.BATCH,
    }
