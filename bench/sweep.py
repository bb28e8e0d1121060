"""The sweep of clocks: 20 000 due among 100 000, and idle."""

import datetime as dt
import secrets
import time

from django.db import connection

from deadlines.actions.bulk_sweep import sweep
from deadlines.actions.clocks import rule_in_force
from deadlines.models import Deadline, Firing
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
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
            password=secrets.token_urlsafe(), by=None, at=AT,
        )  # fmt: skip
        fill_post(user=user, department=department, role=role, section="", certificate="", by=None, at=AT)
    return region, department


def _fill(region, department):
    """Clocks of which every fifth becomes amber at `AT`; the others have weeks left."""
    rule = rule_in_force("verification", AT.date())
    far = dt.timedelta(days=30)
    Deadline.objects.bulk_create(
        (
            Deadline(
                rule=rule, rule_code=rule.code, name=rule.name, amount=rule.amount, unit=rule.unit,
                department=department, region_id=region.pk, case_id=number, target_kind="strand", target_id=number,
                started_at=AT - far, started_on=(AT - far).date(), first_due_on=AT.date(), due_on=AT.date(),
                due_at=AT + dt.timedelta(days=2) + shift, warn_at=AT + shift, next_at=AT + shift,
                escalate_at=AT + dt.timedelta(days=4) + shift, created_at=AT, updated_at=AT,
            )
            for number in range(1, ALL + 1)
            for shift in (dt.timedelta(seconds=-1) if number % (ALL // DUE) == 0 else far,)
        ),
        batch_size=5000,
    )  # fmt: skip
    with connection.cursor() as cursor:
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
