"""Eligibility look-up over 1 000 000 subjects: by code, by number and by name, p50 and p95 of the whole action."""

import datetime as dt
import random
import statistics
import time

from django.db import connection
from django.utils import timezone

from bench.county import handler_of_ten_thousand
from cases.actions.subjects import find_person
from cases.models import Case, CaseSubject, Strand, Subject, SubjectRelation
from core.identifiers import uscc_check
from core.sealing import blind_index
from departments.actions.people import engage
from sanctions import eligibility_names
from sanctions.actions.eligibility import look_up
from sanctions.models import Consequence, EligibilityAnswer
from tests.factories.cases import resident_id
from tests.factories.credit import bar, entry
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


BURDENS = ("bar", "list entry", "penalty", "legal representative", "parent")  # one asked body in ten, each in turn


def _burden(user, second, bodies, at, today):
    """Give each of these bodies something that keeps it from applying, as `BURDENS` say, in cases of their own."""
    until = today + dt.timedelta(days=1095)
    stamps = {"created_at": at, "updated_at": at}
    cases = list(Case.objects.order_by("-pk")[: len(bodies)])
    people = list(Subject.objects.filter(kind="practitioner").order_by("-pk")[: len(bodies)])
    others = list(Subject.objects.filter(uscc__startswith="X").order_by("-pk")[: len(bodies)])
    for n, (pk, case) in enumerate(zip(bodies, cases, strict=True)):
        body, how = Subject.objects.get(pk=pk), BURDENS[n % len(BURDENS)]
        barred = {"parent": others[n], "legal representative": people[n]}.get(how, body)
        CaseSubject.objects.filter(case=case).update(subject=others[n] if how == "parent" else body)
        if how in ("legal representative", "parent"):
            SubjectRelation.objects.create(
                subject=body, kind="legal" if barred is people[n] else "parent", other=barred, from_on=today, basis="许可证",
                added_by=user, added_at=at, **stamps,
            )  # fmt: skip
        if how == "penalty":
            Strand.objects.filter(case=case).update(
                status="decided", disposition="penalty", decision_number=f"青医保罚〔2026〕{n}号", opened_at=at
            )
        elif how == "list entry":
            entry(body, by=user, other=second, at=at, since=today, until=until)
        else:
            because = body if how == "legal representative" else None
            number = f"青医保解〔2026〕{n}号"
            bar(case, barred, by=user, at=at, since=today, until=until, number=number, because_of=because)


def _end_of_points(user, people, at, today):
    """The eligibility of these persons ended at twelve points."""
    for pk in people:
        Consequence.objects.create(
            region=user.region, department=user.department, subject_id=pk, year=today.year, kind="end", status="done",
            cause="12分", months=12, number="青医保终〔2026〕1号", done_on=today, done_by=user, done_at=at, created_at=at,
            updated_at=at,
        )  # fmt: skip


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
    user, _case = handler_of_ten_thousand()
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
    second = engage(staff_number="yb02", name="李副局长", password="bench-4711-long", by=None, at=at)  # noqa: S106
    burdened = asked[::10]
    _burden(user, second, burdened, at, today)
    numbers = [resident_id(n) for n in range(TIMES)]
    people = Subject.objects.filter(kind="practitioner").order_by("pk").values_list("pk", flat=True)[:TIMES]
    people = list(people)
    _end_of_points(user, people[::10], at, today)
    for pk, number in zip(people, dict.fromkeys(numbers), strict=False):
        Subject.objects.filter(pk=pk).update(id_index=blind_index(number, purpose="subject.id"))
    assert find_person(user.region, numbers[0]) is not None
    _analyze()
    names = list(Subject.objects.filter(pk__in=asked).values_list("name", flat=True))

    def ask(**given):
        return look_up(on=today, by=user, at=at, purpose="审核", **given)

    look_up(code=codes[0], on=today, by=user, at=at)  # the first one connects and compiles
    by_code = _timed(lambda code: ask(code=code), codes)
    of_them = [codes[n] for n in range(0, len(codes), 10)]
    with_burden = _timed(lambda code: ask(code=code), of_them * 5)
    assert not any(ask(code=code).eligible for code in of_them)
    free = EligibilityAnswer.objects.filter(asked__in=codes, eligible=True).values("asked").distinct().count()
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
        "asked bodies against which something stands": len(of_them),
        "asked bodies against which nothing stands": free,
        "look-up by code of a body that may not apply, p50 ms": with_burden[0],
        "look-up by code of a body that may not apply, p95 ms": with_burden[1],
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
