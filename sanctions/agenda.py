"""What sanctions put on the agenda of a joint meeting: under way, late, refused. Counts, nobody's name."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from core.dates import local_date
from core.registry import Topic
from deadlines.models import Deadline
from departments.models import Region
from sanctions.enums import PENDING, STANDING, TASK_OVER, MeasureTaskStatus
from sanctions.models import MeasureTask, Sanction


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """联合惩戒: what is under way today, whenever it began; refusals of the days asked for."""
    here = Sanction.objects.filter(region=region)
    pending, standing = here.filter(status__in=PENDING).count(), here.filter(status__in=STANDING).count()
    tasks = MeasureTask.objects.filter(sanction__region=region, sanction__status__in=STANDING)
    waiting = tasks.exclude(status__in=TASK_OVER).count()
    if pending or waiting:
        yield Topic(
            key="sanctions", kind="report", title="通报联合惩戒进展情况",
            text=f"正在办理{pending}件，已认定执行中{standing}件，待部门反馈任务{waiting}项。",
        )  # fmt: skip
    late = Deadline.objects.open().filter(
        target_kind=MeasureTask.kind_code, region_id=region.pk, due_on__lt=local_date(timezone.now())
    )
    if count := late.count():
        yield Topic(key="sanctions_late", kind="problem", title=f"研究联合惩戒逾期任务{count}项")
    refused = tasks.filter(
        status=MeasureTaskStatus.REFUSED, refused_at__date__gte=since, refused_at__date__lte=until
    ).count()
    if refused:
        yield Topic(key="sanctions_refused", kind="problem", title=f"研究部门未采取惩戒措施事项{refused}项")
