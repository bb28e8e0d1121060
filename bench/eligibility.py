"""Eligibility look-up over 1 000 000 subjects: by code, by number and by name, p50 and p95 of the whole action."""

import datetime as dt
import random
import statistics
import time

from django.db import connection
from django.utils import timezone

from bench.county import handler_of_ten_thousand
from cases.actions.subjects import find_person
from cases.models import Subject
from core.identifiers import uscc_check
from core.sealing import blind_index
from sanctions import eligibility_names
from sanctions.actions.eligibility import look_up
from tests.factories.cases import resident_id
from tests.factories.credit import bar
from tests.harness import acting_as

TITLE = "Eligibility look-up, 1 000 000 subjects"
ALL, BODIES = 1_000_000, 300_000
TIMES = 400

# three hundred thousand bodies with names of two to four characters of their own, the rest persons with a number
_FILL = """
WITH words AS (
    SELECT regexp_split_to_array('仁和康泰安宁福寿济民益健华兴德善同春永盛万宝平乐瑞祥明慈惠佑', '') AS w,
        regexp_split_to_array('rhktanfsjmyjhxdstcyswbplrxmchy', '') AS i,
        ARRAY['医院', '卫生院', '诊所', '大药房', '门诊部', '药店', '卫生室', '康复医院'] AS ends,
        ARRAY['yy', 'wsy', 'zs', 'dyf', 'mzb', 'yd', 'wss', 'kfyy'] AS marks
)
INSERT INTO cases_subject (region_id, kind, name, pinyin, uscc, id_index, id_masked, level, address, agreement_number,
    created_at, updated_at, version, id_sealed)
SELECT %(region)s, CASE WHEN n <= %(bodies)s THEN 'institution' ELSE 'practitioner' END,
    CASE WHEN n <= %(bodies)s
        THEN '青禾县' || w[1 + n %% 30] || w[1 + n / 30 %% 30] || w[1 + n / 900 %% 30] || w[1 + n / 27000 %% 30]
            || ends[1 + n %% 8]
        ELSE '人员' || n END,
    CASE WHEN n <= %(bodies)s
        THEN 'qhx' || i[1 + n %% 30] || i[1 + n / 30 %% 30] || i[1 + n / 900 %% 30] || i[1 + n / 27000 %% 30]
            || marks[1 + n %% 8]
        ELSE '' END,
    CASE WHEN n <= %(bodies)s THEN 'X' || lpad(n::text, 17, '0') END,
    CASE WHEN n > %(bodies)s THEN encode(sha256(('person' || n)::bytea), 'hex') END, '', '', '', '', %(at)s, %(at)s, 1,
    CASE WHEN n > %(bodies)s THEN ''::bytea END
FROM generate_series(1, %(all)s) AS n, words
"""
# one body in ten has a parent, one in fifty went into another
_TIES = """
INSERT INTO cases_subjectrelation (subject_id, kind, other_id, from_on, basis, added_by_id, added_at, created_at, updated_at,
    version)
SELECT a.id, 'parent', b.id, DATE '2020-01-01', '许可证', %(by)s, %(at)s, %(at)s, %(at)s, 1
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases_subject WHERE uscc LIKE 'X%%') a
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases_subject WHERE uscc LIKE 'X%%') b ON b.n = a.n / 10 + 1
WHERE a.n %% 10 = 0 AND a.id <> b.id;
INSERT INTO cases_subjectchange (subject_id, kind, happened_on, former_name, successor_id, basis, by_id, at, void_reason)
SELECT a.id, 'merged', DATE '2024-01-01', '', b.id, '公告', %(by)s, %(at)s, ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases_subject WHERE uscc LIKE 'X%%') a
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases_subject WHERE uscc LIKE 'X%%') b ON b.n = a.n + 1
WHERE a.n %% 50 = 0;
"""


def _codes(pks):
    """Right codes for the bodies that are asked about: the others keep one nobody types."""
    codes = {}
    for n, pk in enumerate(pks):
        first = f"52431026MK{n:07d}"
        codes[pk] = first + uscc_check(first)
        Subject.objects.filter(pk=pk).update(uscc=codes[pk])
    return list(codes.values())


def _analyze():
    """As autovacuum would have done long before a county has that many."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _spread(times):
    """(median, 95th percentile) in milliseconds."""
    ordered = sorted(times)
    return round(statistics.median(ordered) * 1000, 2), round(ordered[int(len(ordered) * 0.95)] * 1000, 2)


def _timed(work, things):
    times = []
    for thing in things:
        begin = time.perf_counter()
        work(thing)
        times.append(time.perf_counter() - begin)
    return _spread(times)


def measure() -> dict[str, object]:
    """Milliseconds of the whole action (collect, judge, keep the answer, write the event), and of finding names."""
    user, case = handler_of_ten_thousand()
    at, chance = timezone.now(), random.Random(2026)  # noqa: S311 - the same bodies every time
    values = {"region": user.region.pk, "at": at, "all": ALL, "bodies": BODIES, "by": user.pk}
    with connection.cursor() as cursor:
        cursor.execute(_FILL, values)
    _analyze()
    with connection.cursor() as cursor:
        cursor.execute(_TIES, values)
    bodies = list(Subject.objects.filter(uscc__startswith="X").order_by("pk").values_list("pk", flat=True))
    asked = chance.sample(bodies, TIMES)
    codes = _codes(asked)
    today = timezone.localdate(at)
    subject = case.subjects.get()
    bar(case, subject, by=user, at=at, since=today, until=today + dt.timedelta(days=1095))
    numbers = [resident_id(n) for n in range(TIMES)]
    people = Subject.objects.filter(kind="practitioner").order_by("pk").values_list("pk", flat=True)[:TIMES]
    for pk, number in zip(list(people), dict.fromkeys(numbers), strict=False):
        Subject.objects.filter(pk=pk).update(id_index=blind_index(number, purpose="subject.id"))
    assert find_person(user.region, numbers[0]) is not None
    _analyze()
    names = list(Subject.objects.filter(pk__in=asked).values_list("name", flat=True))

    def ask(**given):
        return look_up(on=today, by=user, at=at, purpose="审核", **given)

    look_up(code=codes[0], on=today, by=user, at=at)  # the first one connects and compiles
    by_code = _timed(lambda code: ask(code=code), codes)
    by_number = _timed(lambda number: ask(id_number=number), numbers)
    whole = _timed(lambda name: eligibility_names.find(user.region, name), names)
    part = _timed(lambda name: eligibility_names.find(user.region, name[3:]), names)
    common = _timed(lambda name: eligibility_names.find(user.region, name[-3:]), names[:100])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_relation_size('subject_name_parts'))")
        size = cursor.fetchone()[0]
    assert Subject.objects.count() > ALL
    return {
        "subjects": Subject.objects.count(),
        "of them bodies": len(bodies),
        "look-up by code, p50 ms": by_code[0],
        "look-up by code, p95 ms": by_code[1],
        "look-up by a person's number, p50 ms": by_number[0],
        "look-up by a person's number, p95 ms": by_number[1],
        "finding a whole name and those near it, p50 ms": whole[0],
        "finding a whole name and those near it, p95 ms": whole[1],
        "finding by a part of a name, p50 ms": part[0],
        "finding by a part of a name, p95 ms": part[1],
        "finding by an ending thousands share, p50 ms": common[0],
        "finding by an ending thousands share, p95 ms": common[1],
        "index on parts of names": size,
    }
