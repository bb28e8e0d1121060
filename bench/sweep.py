"""The sweep of clocks: 20 000 due among 100 000, and idle."""

import datetime as dt
import time

from django.db import connection

from deadlines.actions.bulk_sweep import sweep
from deadlines.actions.clocks import rule_in_force
from deadlines.models import Deadline, Firing
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import User
from journal.models import Notification

TITLE = "Sweep of deadlines"
ALL, DUE = 100_000, 20_000
AT = dt.datetime(2026, 11, 18, 1, 0, tzinfo=dt.UTC)


def _county():
    region = create_region(code="439926", name="青禾县", short_name="青", by=None, at=AT)
    department = create_department(
        region=region, function=Function.INSURANCE, name="青禾县医疗保障局", short_name="县医保局", mark="青医保",
        by=None, at=AT,
    )  # fmt: skip
    for number, role in enumerate((Role.HANDLER, Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD)):
        user = engage(
            staff_number=f"b{number}", name=f"人员{number}", job_title="", phone="", email="",
            password=None, by=None, at=AT,
        )  # fmt: skip
        fill_post(user=user, department=department, role=role, section="", certificate="", by=None, at=AT)
    return region, department


# Every fifth clock becomes amber at `at`, the others have weeks left; each is one person's.
_COPY = """
INSERT INTO deadlines_deadline (rule_id, rule_code, name, amount, unit, department_id, person_id, region_id, case_id,
    target_kind, target_id, started_at, started_on, first_due_on, due_on, due_at, warn_at, next_at, escalate_at,
    status, stage, late, late_reason, provisional, created_at, updated_at, version)
SELECT d.rule_id, d.rule_code, d.name, d.amount, d.unit, d.department_id, d.person_id, d.region_id, n, d.target_kind,
    n, d.started_at, d.started_on, d.first_due_on, d.due_on, d.due_at + shift, d.warn_at + shift, d.next_at + shift,
    d.escalate_at + shift, d.status, d.stage, d.late, d.late_reason, d.provisional, d.created_at, d.updated_at, d.version
FROM deadlines_deadline d, generate_series(2, %s) AS n,
    LATERAL (SELECT CASE WHEN n %% %s = 0 THEN interval '0' ELSE interval '30 days' END AS shift) AS s
"""


def _fill(region, department):
    rule = rule_in_force("verification", AT.date())
    begun, just = AT - dt.timedelta(days=30), AT - dt.timedelta(seconds=1)
    Deadline.objects.create(
        rule=rule, rule_code=rule.code, name=rule.name, amount=rule.amount, unit=rule.unit,
        department=department, person=User.objects.get(staff_number="b0"), region_id=region.pk, case_id=1,
        target_kind="strand", target_id=1, started_at=begun, started_on=begun.date(), first_due_on=AT.date(),
        due_on=AT.date(), due_at=AT + dt.timedelta(days=2), warn_at=just, next_at=just,
        escalate_at=AT + dt.timedelta(days=4), created_at=AT, updated_at=AT,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [ALL, ALL // DUE])
        cursor.execute(
            "UPDATE deadlines_deadline SET next_at = next_at + interval '30 days' WHERE case_id = 1"
        )
        cursor.execute("ANALYZE deadlines_deadline")


def _timed(at):
    begin = time.perf_counter()
    fired = sweep(at=at)
    return fired, time.perf_counter() - begin


def measure() -> dict[str, object]:
    """Seconds for the first sweep (everything due at once) and milliseconds for an idle one."""
    from core import registry

    kept, registry.lamp_listeners = registry.lamp_listeners, []
    try:
        _fill(*_county())
        fired, busy = _timed(AT)
        idle = sorted(_timed(AT + dt.timedelta(seconds=number))[1] for number in range(1, 21))
    finally:
        registry.lamp_listeners = kept
    assert fired == DUE == Firing.objects.count()
    return {
        "clocks": ALL,
        "stages fired at once": fired,
        "notices written": Notification.objects.count(),
        "sweep of those, seconds": round(busy, 2),
        "idle sweep, milliseconds (median of 20)": round(idle[10] * 1000, 2),
    }
