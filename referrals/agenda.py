"""What letters put on the agenda of a joint meeting: those that came back, by sender and receiver. Counts only."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count

from core.dates import end_of, start_of
from core.registry import Topic
from departments.models import Region
from referrals.enums import ReferralStatus
from referrals.models import Referral


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """Letters returned between two local days and not taken up again; those only named persons see are left out."""
    found = Referral.objects.filter(
        case__region=region, status=ReferralStatus.RETURNED, returned_at__gte=start_of(since),
        returned_at__lt=end_of(until), receiver__named_only=False,
    )  # fmt: skip
    pairs = found.values("sender__name", "receiver__name").annotate(n=Count("pk"))
    rows = list(pairs.order_by("-n", "receiver__name", "sender__name"))
    if rows:
        said = "；".join(f"{row['receiver__name']}退回{row['sender__name']}{row['n']}件" for row in rows)
        total = sum(row["n"] for row in rows)
        yield Topic(key="returned", kind="problem", title=f"研究退回移交函件{total}件", text=f"{said}。")
