"""What inspections put on the agenda of a joint meeting: how many, what they found, where it went. Counts only."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q, Sum

from core.registry import Topic
from core.wording import money
from departments.models import Region
from inspections.enums import IN_A_CASE, OPEN, InspectionStatus, Outcome
from inspections.models import Finding, Inspection, Partner, Visit


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """Of the visits and findings between two local days; departments that owe an answer today."""
    visits = Visit.objects.standing().filter(inspection__region=region, visited_on__range=(since, until))
    seen = visits.aggregate(n=Count("pk"), bodies=Count("target__subject", distinct=True))
    if seen["n"]:
        yield _figures(region, since, until, seen["n"], seen["bodies"])
    silent = Partner.objects.unanswered().filter(
        inspection__region=region, inspection__status=InspectionStatus.DRAFT, leads=False
    )
    rows = list(silent.values("department__name").annotate(n=Count("pk")).order_by("-n", "department__name"))
    if rows:
        said = "；".join(f"{row['department__name']}{row['n']}次" for row in rows)
        yield Topic(
            key="inspections:silent", kind="problem", title=f"研究联合检查未答复事项{sum(row['n'] for row in rows)}项",
            text=f"{said}。",
        )  # fmt: skip


def _figures(region: Region, since: dt.date, until: dt.date, visits: int, bodies: int) -> Topic:
    findings = Finding.objects.filter(inspection__region=region, found_on__range=(since, until))
    got = findings.aggregate(
        n=Count("pk"), cases=Count("pk", filter=Q(outcome__in=IN_A_CASE)),
        rectify=Count("pk", filter=Q(outcome=Outcome.RECTIFY)), sum=Sum("amount"),
    )  # fmt: skip
    going = (
        Inspection.objects.filter(region=region, status__in=OPEN)
        .exclude(status=InspectionStatus.DRAFT)
        .count()
    )
    return Topic(
        key="inspections", kind="report", title="通报联合检查情况",
        text=f"{since:%Y-%m-%d}至{until:%Y-%m-%d}，检查{bodies}家单位{visits}次，发现问题{got['n']}个，涉及金额"
             f"{money(got['sum'] or Decimal('0.00'))}元；转为或并入案件线索{got['cases']}个，责令整改{got['rectify']}个。"
             f"正在开展的检查{going}次。",
    )  # fmt: skip
