"""Works inside a running house through the rooms' actions: one command a line on stdin, one JSON answer each.

found              a county with people, a subject, a letter on its way
clocks N           start N clocks whose every stage is past: the sweep owes N × 3 firings
messages N URL     put N messages into the outbox
count              what the house holds
"""

import datetime as dt
import json
import sys
import time
from itertools import count

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import DatabaseError, InterfaceError, connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.models import Case  # noqa: E402
from core.dates import local_date  # noqa: E402
from deadlines.actions.clocks import start_clock  # noqa: E402
from deadlines.models import Deadline, Firing  # noqa: E402
from departments.actions.people import engage, fill_post  # noqa: E402
from departments.actions.structure import create_department, create_region  # noqa: E402
from departments.enums import Function, Role  # noqa: E402
from departments.models import Department, User  # noqa: E402
from journal.actions import enqueue  # noqa: E402
from journal.models import Event, Message, Notification, Seal  # noqa: E402
from referrals.models import Chase, Referral  # noqa: E402
from tests.factories.cases import make_case, make_subject  # noqa: E402
from tests.factories.referrals import make_dispatch  # noqa: E402

PASSWORD = "qinghe-4711-long"  # noqa: S105
PEOPLE = (
    ("yb01", "陈晓岚", Function.INSURANCE, Role.HANDLER),
    ("yb03", "何志远", Function.INSURANCE, Role.SECTION_HEAD),
    ("yb04", "梁国栋", Function.INSURANCE, Role.DEPUTY_HEAD),
    ("yb06", "曾小禾", Function.INSURANCE, Role.REGISTRAR),
    ("wj01", "周敏仪", Function.HEALTH, Role.HANDLER),
    ("wj06", "许安之", Function.HEALTH, Role.REGISTRAR),
)
_targets = count(1)


def found() -> dict:
    at = timezone.now() - dt.timedelta(days=30)
    county = create_region(code="439926", name="青禾县", short_name="青", by=None, at=at)
    departments = {
        function: create_department(
            region=county, function=function, name=name, short_name=short, mark=mark, by=None, at=at
        )
        for function, name, short, mark in (
            (Function.INSURANCE, "青禾县医疗保障局", "县医保局", "青医保"),
            (Function.HEALTH, "青禾县卫生健康局", "县卫健局", "青卫健"),
        )
    }
    for number, name, function, role in PEOPLE:
        user = engage(staff_number=number, name=name, password=PASSWORD, by=None, at=at)
        fill_post(user=user, department=departments[function], role=role, by=None, at=at)
    handler = User.objects.get(staff_number="yb01")
    handler.post = handler.posts.get()
    at += dt.timedelta(days=20)
    case = make_case(by=handler, at=at, subject=make_subject(county, at=at))
    make_dispatch(case, [departments[Function.HEALTH]], by=handler, at=at, status="sent")
    return {"subject": case.subjects.get().pk, "referral": Referral.objects.get().pk, "cases": 1,
            "category": case.categories.get().code}  # fmt: skip


def clocks(many: str) -> dict:
    department = Department.objects.get(function=Function.INSURANCE)
    person = User.objects.get(staff_number="yb01")
    at = timezone.now()
    for _ in range(int(many)):
        start_clock(
            code="verification", target=("strand", 10**6 + next(_targets)), department=department, person=person,
            at=at, started_at=at - dt.timedelta(days=60), due_on=local_date(at) - dt.timedelta(days=40),
        )  # fmt: skip
    return {}


def messages(many: str, url: str) -> dict:
    for _ in range(int(many)):
        enqueue("webhook", {"url": url, "event": next(_targets)}, at=timezone.now())
    return {}


def counted() -> dict:
    def doubles(rows, *fields):
        return rows.values(*fields).annotate(times=Count("pk")).filter(times__gt=1).count()

    told = Notification.objects.values_list("target_id").filter(
        verb__startswith="deadline.", target_id__isnull=False
    )
    past = Deadline.objects.filter(target_id__gt=10**6)
    numbers = [int("".join(filter(str.isdigit, number.rpartition("〕")[2]))) for number in
               Case.objects.values_list("number", flat=True)]  # fmt: skip
    fired = Event.objects.filter(
        target_kind="deadline", target_id__in=list(past.values_list("pk", flat=True)),
        verb__in=["deadline.warned", "deadline.overdue", "deadline.escalated"],
    )  # fmt: skip
    return {
        "cases": Case.objects.count(),
        "numbers": sorted(numbers),
        "registered": Event.objects.filter(verb="case.registered").count(),
        "clocks": past.count(),
        "firings": Firing.objects.filter(deadline__in=past).count(),
        "firing events": fired.count(),
        "firing events doubled": doubles(fired.order_by(), "target_id", "verb"),
        "told": told.filter(target_id__in=past.values("pk")).count(),
        "told doubled": doubles(Notification.objects.order_by(), "recipient", "verb", "target_kind", "target_id",
                                "params"),
        "chases": Chase.objects.count(),
        "messages": Message.objects.count(),
        "done": Message.objects.exclude(done_at=None).count(),
        "failed": Message.objects.exclude(failed_at=None).count(),
        "unsealed": Event.objects.count() - Seal.objects.count(),
        "demo": settings.DEMO,
    }  # fmt: skip


COMMANDS = {"found": found, "clocks": clocks, "messages": messages, "count": counted}


def main() -> None:
    for line in sys.stdin:
        name, *words = line.split()
        for _attempt in range(60):
            try:
                answer = COMMANDS[name](*words)
                break
            except (DatabaseError, InterfaceError) as error:
                if name not in ("count",):  # what writes is told between the hits, when the database is there
                    raise
                print(error, file=sys.stderr)
                connection.close()
                time.sleep(0.5)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
