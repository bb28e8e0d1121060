"""What cases put on the agenda of a joint meeting: the figures of the quarter, and major cases by their number."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum

from cases.enums import CaseStatus, MoneyKind
from cases.models import Case, CaseMerge, MoneyEntry, Strand
from core.dates import end_of, local_date, start_of
from core.registry import Topic
from core.wording import money
from departments.models import Region


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """Counts and sums of the region's cases between two local days; major cases of then still open, no restricted one."""
    yield _figures(region, since, until)
    found = Case.objects.filter(region=region, major=True, restricted=False, opened_at__lt=end_of(until))
    found = found.exclude(status=CaseStatus.CLOSED)
    for case in found.select_related("owner").order_by("opened_at", "pk"):
        yield Topic(
            key=f"case:{case.pk}", kind="case", title=f"会商大要案件（{case.number}）",
            text=f"承办单位：{case.owner.name}。登记日期：{local_date(case.opened_at).isoformat()}。",
            case_id=case.pk, target_kind=case.kind_code, target_id=case.pk, version=case.version,
        )  # fmt: skip


def _figures(region: Region, since: dt.date, until: dt.date) -> Topic:
    span = (start_of(since), end_of(until))
    came = Case.objects.filter(region=region, opened_at__gte=span[0], opened_at__lt=span[1])
    alone = ~Exists(CaseMerge.objects.in_force().filter(case=OuterRef("pk")))  # merged: counted with its main case
    new = came.aggregate(n=Count("pk", filter=alone), sum=Sum("suspected"))
    filed = (
        Strand.objects.filter(case__region=region, filed_on__range=(since, until)).values("case").distinct()
    )
    closed = Case.objects.filter(alone, region=region, closed_at__gte=span[0], closed_at__lt=span[1]).count()
    kinds = (MoneyKind.VERIFIED, MoneyKind.RECOVERED, MoneyKind.FINED)
    entries = MoneyEntry.objects.filter(case__region=region, happened_on__range=(since, until))
    sums = entries.aggregate(**{kind.value: Sum("amount", filter=Q(kind=kind)) for kind in kinds})
    verified, recovered, fined = (money(sums[kind.value] or Decimal("0.00")) for kind in kinds)
    suspected = money(new["sum"] or Decimal("0.00"))
    return Topic(
        key="figures", kind="report", title="通报本季度案件线索办理情况",
        text=f"{since:%Y-%m-%d}至{until:%Y-%m-%d}，新登记案件线索{new['n']}件，涉及金额{suspected}元；立案{filed.count()}件，"
             f"办结{closed}件；查实{verified}元，追回{recovered}元，罚款{fined}元。",
    )  # fmt: skip
