"""A county with 10 000 cases for measuring: one registered through the action, copied by bulk SQL."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from cases.actions.registration import register_case
from cases.actions.subjects import add_subject
from core.identifiers import uscc_check
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import Category
from tests.harness import acting_as

CASES = 10_000

_COPY = """
WITH new AS (
    INSERT INTO cases_case (region_id, number, title, owner_id, handler_id, source, source_number, summary, found_on,
        major, restricted, status, filed, opened_at, suspected, lamp, next_due_on, created_at, updated_at, version)
    SELECT region_id, '联办〔2026〕' || n || '号', title || n, owner_id, handler_id, source, '', summary, found_on,
        false, false, (ARRAY['registered', 'working', 'decided'])[1 + n %% 3], false,
        opened_at - n * interval '10 minutes', n, (ARRAY['g', 'y', 'r'])[1 + n %% 3], next_due_on, opened_at,
        opened_at, 1
    FROM cases_case, generate_series(2, %s) AS n WHERE id = %s
    RETURNING id
), linked AS (
    INSERT INTO cases_casesubject (case_id, subject_id, principal)
    SELECT new.id, subject_id, true FROM new, cases_casesubject WHERE case_id = %s
), labelled AS (
    INSERT INTO cases_case_categories (case_id, category_id)
    SELECT new.id, category_id FROM new, cases_case_categories WHERE case_id = %s
), lines AS (
    INSERT INTO cases_strand (case_id, department_id, handler_id, status, opened_at, filing_number, disposition,
        decision_number, decision_basis, findings, reason, round, created_at, updated_at, version)
    SELECT new.id, department_id, handler_id, status, opened_at, '', disposition, '', '', '', '', round,
        created_at, updated_at, 1
    FROM new, cases_strand WHERE case_id = %s
)
SELECT count(*) FROM new
"""
# the new cases are seen by the trigger only in a statement of their own
_GRANT = """
INSERT INTO cases_casegrouppermission (content_object_id, group_id, permission_id)
SELECT c.id, g.group_id, g.permission_id FROM cases_case c, cases_casegrouppermission g
WHERE g.content_object_id = %s AND c.id <> %s
"""


def handler_of_ten_thousand():
    """(a handler whose department holds 10 000 cases, the one registered through the action)."""
    at = timezone.now() - dt.timedelta(days=1)
    county = create_region(code="439926", name="青禾县", short_name="青", by=None, at=at)
    department = create_department(
        region=county, function=Function.INSURANCE, name="青禾县医疗保障局", short_name="县医保局", mark="青医保",
        by=None, at=at,
    )  # fmt: skip
    user = engage(staff_number="yb01", name="陈晓岚", password="bench-4711-long", by=None, at=at)  # noqa: S106
    fill_post(user=user, department=department, role=Role.HANDLER, by=None, at=at)
    first = "52431026MJ0000001"
    subject = add_subject(
        region=county,
        kind="institution",
        name="青禾县仁和医院",
        uscc=first + uscc_check(first),
        by=user,
        at=at,
    )
    case = register_case(
        source="monitoring", subjects=[subject], categories=list(Category.objects.all()[:2]), summary="多次出入院。",
        found_on=at.date(), suspected="86240.00", by=user, at=at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [CASES, case.pk, case.pk, case.pk, case.pk])
        cursor.execute(_GRANT, [case.pk, case.pk])
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum would have done long before a county has that many
    return user, case
