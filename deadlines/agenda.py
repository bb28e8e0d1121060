"""What clocks put on the agenda of a joint meeting: how many are overdue, and who owes them. Counts only."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q

from core.dates import end_of
from core.registry import Topic
from deadlines.models import Deadline
from departments.models import Region


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """Clocks that are late at the end of `until`, by department; bodies only named persons know of are left out."""
    late = Q(stage__in=("overdue", "escalated")) | Q(due_at__lte=end_of(until))
    found = Deadline.objects.filter(late, region_id=region.pk, status="running", department__named_only=False)
    owed = found.filter(Q(to_department=None) | Q(to_department__named_only=False))
    # the meeting's own clock is no matter for the meeting; resolutions and tasks stand on the agenda one by one
    owed = owed.exclude(rule_code__in=("quarterly_meeting", "resolution", "deployment"))
    rows = list(owed.values("department__name").annotate(n=Count("pk")).order_by("-n", "department__name"))
    if rows:
        said = "；".join(f"{row['department__name']}{row['n']}项" for row in rows)
        yield Topic(
            key="overdue",
            kind="problem",
            title=f"研究超期事项{sum(row['n'] for row in rows)}项",
            text=f"{said}。",
        )
