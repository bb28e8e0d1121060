"""Which late clocks our own outages excuse (ADR 0073); nothing here writes, and no clock is moved.

A clock that is late (done late, or open and past its last day) is excused where

1. an outage fell on its last day, and it was done by the end of the first working day after the day the outage ended; or
2. it is late by no more working time than outages took from it while it ran. Working time is the hours of working days,
   00:00–24:00 local time; what falls into a pause of the clock is not taken from it.

Late are only those past the last day they have now: one extended after it was late stays late.
"""

import datetime as dt
from itertools import accumulate
from typing import Any

from django.db.models import Case, Q, Value, When
from django.db.models.expressions import RawSQL

from core.dates import EARLIEST, end_of, local_date, start_of
from core.memory import remembered
from deadlines.calendar import Calendar
from deadlines.models import Outage

_HOURS = dt.timedelta(days=1).total_seconds()

# `before`: working days before a day; `works`: 1 where it is one. Working seconds up to an instant never fall, so that what
# two spans share is the difference of the later beginning and the earlier end. Outages of one region never overlap.
_SQL = """
WITH day AS MATERIALIZED (SELECT * FROM unnest(%s::date[], %s::int[], %s::int[]) AS t(day, before, works)),
outage AS MATERIALIZED (
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::numeric[], %s::numeric[], %s::timestamptz[])
        AS t(region, begins, ends, work_begins, work_ends, grace)
), late AS MATERIALIZED (
    SELECT d.id, d.region_id, d.started_at, d.due_on, d.due_at, coalesce(d.ended_at, %s) AS ended
    FROM deadlines_deadline d
    WHERE (d.status IN ('met', 'paused') AND d.late OR d.status = 'running' AND d.due_at <= %s)
      AND EXISTS (SELECT 1 FROM outage o WHERE (o.region IS NULL OR o.region = d.region_id)
                  AND o.begins < coalesce(d.ended_at, %s) AND o.ends > d.started_at)
), change AS (
    SELECT c.deadline_id AS id, c.kind, c.at, lead(c.at) OVER (PARTITION BY c.deadline_id ORDER BY c.id) AS until
    FROM deadlines_deadlinechange c JOIN late ON late.id = c.deadline_id
    WHERE c.kind IN ('pause', 'resume')
), pause AS MATERIALIZED (
    SELECT change.id, change.at, change.until,
           a.before * 86400 + a.works * extract(epoch FROM (change.at AT TIME ZONE 'Asia/Shanghai') - a.day) AS work_at,
           b.before * 86400 + b.works * extract(epoch FROM (change.until AT TIME ZONE 'Asia/Shanghai') - b.day)
               AS work_until
    FROM change
    LEFT JOIN day a ON a.day = (change.at AT TIME ZONE 'Asia/Shanghai')::date
    LEFT JOIN day b ON b.day = (change.until AT TIME ZONE 'Asia/Shanghai')::date
    WHERE change.kind = 'pause'
), done AS (
    SELECT late.*, least(ended, (SELECT min(at) FROM pause WHERE pause.id = late.id AND pause.until IS NULL)) AS done
    FROM late
), clock AS MATERIALIZED (
    SELECT done.*,
           s.before * 86400 + s.works * extract(epoch FROM (started_at AT TIME ZONE 'Asia/Shanghai') - s.day) AS work_start,
           u.before * 86400 + u.works * extract(epoch FROM (due_at AT TIME ZONE 'Asia/Shanghai') - u.day) AS work_due,
           e.before * 86400 + e.works * extract(epoch FROM (done AT TIME ZONE 'Asia/Shanghai') - e.day) AS work_done
    FROM done
    LEFT JOIN day s ON s.day = (started_at AT TIME ZONE 'Asia/Shanghai')::date
    LEFT JOIN day u ON u.day = (due_at AT TIME ZONE 'Asia/Shanghai')::date
    LEFT JOIN day e ON e.day = (done AT TIME ZONE 'Asia/Shanghai')::date
    WHERE done >= due_at
), took AS (
    SELECT c.id, c.work_done - c.work_due AS lateness,
           o.ends > greatest(c.due_on::timestamp AT TIME ZONE 'Asia/Shanghai', c.started_at) AND o.begins < c.due_at
               AND c.done < o.grace AS last_day,
           greatest(0, least(o.work_ends, c.work_done) - greatest(o.work_begins, c.work_start)) - coalesce((
               SELECT sum(greatest(0, least(o.work_ends, p.work_until, c.work_done) - greatest(o.work_begins, p.work_at)))
               FROM pause p WHERE p.id = c.id AND p.until IS NOT NULL), 0) AS taken
    FROM clock c
    JOIN outage o ON (o.region IS NULL OR o.region = c.region_id) AND o.begins < c.done AND o.ends > c.started_at
)
SELECT id FROM took GROUP BY id, lateness HAVING bool_or(last_day) OR (sum(taken) > 0 AND sum(taken) >= lateness)
"""


def working_days(until: dt.date) -> tuple[list[dt.date], list[int]]:
    """Every local date of the house's time up to `until`, and how many working days there were up to and with it."""
    calendar, length = Calendar.current(), (until - EARLIEST).days + 1
    days = [EARLIEST + dt.timedelta(days=number) for number in range(length)]
    return days, list(accumulate(map(calendar.is_working, days)))


def working_seconds(at: dt.datetime) -> float:
    """How many seconds of working days there were up to the instant `at`, since the house's time began."""
    day, calendar = local_date(at), Calendar.current()
    whole = calendar.working_days_between(EARLIEST - dt.timedelta(days=1), day - dt.timedelta(days=1))
    return whole * _HOURS + ((at - start_of(day)).total_seconds() if calendar.is_working(day) else 0)


def _standing(user: Any) -> list[Any]:
    """Every outage that stands, the latest first, and whether the person may read of it as `known`: once a request."""

    def ask() -> list[Any]:
        seen = When(pk__in=Outage.objects.visible_to(user).values("pk"), then=Value(True))
        return list(Outage.objects.standing().annotate(known=Case(seen, default=Value(False))))

    return remembered(user, "deadlines.outages", ask)


def known(user: Any) -> list[Outage]:
    """The outages that stand and the person may read of, the latest first."""
    return [each for each in _standing(user) if each.known]


def excused(user: Any, at: dt.datetime) -> Q:
    """The condition of late clocks that outages excuse at the instant `at`, whoever asks. One query a request."""
    outages = [(each.region_id, each.begins_at, each.ends_at) for each in _standing(user)]
    if not outages:
        return Q(pk__in=())
    calendar = Calendar.current()
    days, counts = working_days(local_date(at))
    works = [int(calendar.is_working(day)) for day in days]
    before = [count - work for count, work in zip(counts, works, strict=True)]
    regions, begins, ends = (list(column) for column in zip(*outages, strict=True))
    return Q(
        pk__in=RawSQL(  # noqa: S611 (no value in the text)
            _SQL,
            (
                days, before, works, regions, begins, ends, [working_seconds(each) for each in begins],
                [working_seconds(each) for each in ends], [_grace(each, calendar) for each in ends], at, at, at,
            ),
        )
    )  # fmt: skip


def _grace(ends: dt.datetime, calendar: Calendar) -> dt.datetime:
    """24:00 of the first working day after the day on which an outage ended."""
    return end_of(calendar.add_working_days(local_date(ends), 1))
