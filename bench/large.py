"""A county with 100 000 cases for the desks: one case with clock, money and letter made through the actions, then copied.

Each case has a strand, a verification clock, four kinds of money and one of 2 000 institutions; every fourth a
transfer that was sent. Lamps, stages, sources and days differ, so that every figure has something to count.
"""

import datetime as dt

from django.db import connection
from django.utils import timezone

from cases.actions.evidence import add_evidence
from cases.actions.money import enter_money
from cases.models import Case
from core.dates import local_date
from deadlines.models import Deadline
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from referrals.models import Referral
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.referrals import make_dispatch
from tests.harness import acting_as

CASES, SUBJECTS, LETTER_EACH = 100_000, 2_000, 4

# the copies of a county's first case: its id, and a number of its own
_MADE = """
(SELECT id AS case_id, opened_at, substring(number FROM '〕([0-9]+)号')::int AS n FROM cases_case
 WHERE region_id = {region} AND id <> {case}) AS m
"""


def copy_rows(table: str, where: str, beside: str, **over: str) -> int:
    """Copy the rows of `table` (named t) that are `where`, once for each row of `beside`; `over`: SQL for columns.

    Returns how many rows were made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attidentity = '' AND attgenerated = '' AND attname <> 'id' ORDER BY attnum",
            [table],
        )
        names = [row[0] for row in cursor.fetchall()]
        values = ", ".join(over.get(name, f"t.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} t, {beside} WHERE {where}"
        )
        return cursor.rowcount


def _people(at):
    county = create_region(code="439926", name="青禾县", short_name="青", by=None, at=at)
    named = {}
    for function, name, short, mark, roles in (
        (Function.INSURANCE, "青禾县医疗保障局", "县医保局", "青医保",
         (Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.REGISTRAR)),
        (Function.HEALTH, "青禾县卫生健康局", "县卫健局", "青卫健", (Role.HANDLER, Role.REGISTRAR)),
        (Function.OFFICE, "青禾县医疗保障协作联动工作领导小组办公室", "联动办", "青联动办", (Role.COORDINATOR,)),
    ):  # fmt: skip
        department = create_department(
            region=county, function=function, name=name, short_name=short, mark=mark, by=None, at=at
        )
        named[function] = department
        for role in roles:
            staff_number = f"bd{len(named):02d}"
            user = engage(staff_number=staff_number, name="陈晓岚", password="bench-4711-long", by=None, at=at)  # noqa: S106
            fill_post(user=user, department=department, role=role, by=None, at=at)
            named[function, role] = user
    return county, named


def county_of_a_hundred_thousand(cases: int = CASES):
    """{(function, role): person} of a county with `cases` cases; the insurance's handler is `named["handler"]`."""
    at = timezone.now() - dt.timedelta(days=2)
    county, named = _people(at)
    handler = named[Function.INSURANCE, Role.HANDLER]
    subject = make_subject(county, at=at)
    case = make_case(by=handler, at=at, subject=subject)
    for kind, amount in (("verified", "52000.00"), ("recovered", "31000.00"), ("fined", "10000.00")):
        enter_money(case=case, kind=kind, amount=amount, happened_on=local_date(at), by=handler, at=at)
    add_evidence(case=case, upload=pdf(), name="住院病历", by=handler, at=at)
    dispatch = make_dispatch(case, [named[Function.HEALTH]], by=handler, at=at, status="sent")
    _copy(county, case, subject, dispatch, cases)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum would have done long before a county has that many
    return county, named, Case.objects.get(pk=case.pk)


def _copy(county, case, subject, dispatch, cases):
    made = _MADE.format(region=county.pk, case=case.pk)
    days = "n % 700 * interval '1 day'"
    copy_rows(
        "cases_subject", f"t.id = {subject.pk}", f"generate_series(1, {SUBJECTS}) AS n",
        name="'第' || n || '人民医院'", pinyin="'d' || n || 'rmyy'", uscc="lpad(n::text, 18, '0')",
    )  # fmt: skip
    copy_rows(
        "cases_case", f"t.id = {case.pk}", f"generate_series(200000, {200000 + cases - 2}) AS n",
        number="'联办〔2026〕' || n || '号'", title="t.title || n", suspected="1000 + n % 90000",
        source="(ARRAY['monitoring', 'report', 'inspection', 'transfer'])[1 + n % 4]",
        status="(ARRAY['registered', 'working', 'working', 'decided'])[1 + n % 4]",
        lamp="(ARRAY['g', 'y', 'r'])[1 + n % 3]", opened_at=f"t.opened_at - {days}", created_at=f"t.created_at - {days}",
    )  # fmt: skip
    for table, where, over in (
        ("cases_casesubject", f"t.case_id = {case.pk}",
         {"subject_id": f"(SELECT min(id) FROM cases_subject) + 1 + m.n % {SUBJECTS}"}),
        ("cases_case_categories", f"t.case_id = {case.pk}", {}),
        ("cases_strand", f"t.case_id = {case.pk}", {"opened_at": "m.opened_at"}),
        ("cases_moneyentry", f"t.case_id = {case.pk}", {"at": "m.opened_at", "happened_on": "m.opened_at::date"}),
        ("cases_grantrecord", f"t.case_id = {case.pk}", {}),
    ):  # fmt: skip
        copy_rows(table, where, made, case_id="m.case_id", **over)
    # the copied cases are seen by the trigger only in a statement of their own
    copy_rows("cases_casegrouppermission", f"t.content_object_id = {case.pk}", made, content_object_id="m.case_id")
    shift = "(m.n % 60 - 20) * interval '1 day'"
    clock = Deadline.objects.filter(case_id=case.pk).order_by("pk").first()
    copy_rows(
        "deadlines_deadline", f"t.id = {clock.pk}", made,
        case_id="m.case_id", target_id="m.case_id", due_at=f"t.due_at + {shift}", due_on=f"(t.due_at + {shift})::date",
        warn_at=f"t.warn_at + {shift}", status="(ARRAY['running', 'running', 'met'])[1 + m.n % 3]",
        ended_at="CASE WHEN m.n % 3 = 2 THEN t.started_at + interval '1 day' END",
        next_at="CASE WHEN m.n % 3 = 2 THEN NULL ELSE t.next_at END", late="m.n % 30 = 2",
    )  # fmt: skip
    referral = Referral.objects.get(dispatch=dispatch)
    fourth = made.replace(") AS m", f" AND substring(number FROM '〕([0-9]+)号')::int % {LETTER_EACH} = 0) AS m")
    copy_rows("referrals_dispatch", f"t.id = {dispatch.pk}", fourth, case_id="m.case_id", subject="t.subject || m.n")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE papers AS SELECT id, case_id FROM referrals_dispatch WHERE id <> %s", [dispatch.pk]
        )
    copy_rows(
        "referrals_referral", f"t.id = {referral.pk}", "papers AS m", dispatch_id="m.id", case_id="m.case_id",
    )  # fmt: skip
