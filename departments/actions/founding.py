"""The first minute of an empty installation: a county, its departments, and somebody who may engage people."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import AlreadyDone
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import User
from departments.record import record

LOCK = 727_002  # advisory lock: two set-up pages sent at once found one county

# function, what follows the county's name, what follows 县 in the short name, what follows its character in
# document marks. Usual names of county departments; the system administrator edits them (E18: they differ).
MEMBERS = (
    (Function.INSURANCE, "医疗保障局", "医保局", "医保"),
    (Function.HEALTH, "卫生健康局", "卫健局", "卫健"),
    (Function.MARKET, "市场监督管理局", "市监局", "市监"),
    (Function.FINANCE, "财政局", "财政局", "财"),
    (Function.REFORM, "发展和改革局", "发改局", "发改"),
    (Function.POLICE, "公安局", "公安局", "公"),
    (Function.OFFICE, "医疗保障协作联动工作领导小组办公室", "联动办", "联动办"),
)


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


@transaction.atomic
def found_county(
    *,
    code: str,
    county: str,
    character: str,
    staff_number: str,
    name: str,
    password: str,
    at: dt.datetime,
) -> User:
    """Make the county, the six departments and the office of the mechanism (C2, C30), and the first
    system administrator, who chose this password and engages everybody else.

    county: such as 青禾县; character: its character in document marks (青).

    :raises AlreadyDone: somebody has an account already
    :raises BadInput: a wrong region code, staff number or password
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not is_empty():
        raise AlreadyDone(_("This installation is already set up. Sign in."))
    region = create_region(code=code, name=county, short_name=character, by=None, at=at)
    made = [
        create_department(
            region=region,
            function=function,
            name=county + full,
            short_name=short if function == Function.OFFICE else county[-1:] + short,
            mark=character + mark,
            by=None,
            at=at,
        )
        for function, full, short, mark in MEMBERS
    ]
    admin = engage(staff_number=staff_number, name=name, password=password, by=None, at=at)
    fill_post(user=admin, department=made[-1], role=Role.SYSTEM_ADMIN, by=None, at=at)
    record("house.founded", target=region, by=None, at=at, user=admin.pk)
    return admin
