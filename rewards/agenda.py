"""What rewards put on the agenda of a joint meeting: those approved and not paid. Counts and amounts, nobody's."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Sum

from core.registry import Topic
from core.wording import money
from departments.models import Region
from rewards.enums_money import RewardStatus
from rewards.models import Reward


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """及时兑现: what is approved or funded today, whenever that was."""
    unpaid = Reward.objects.filter(
        region=region, status__in=(RewardStatus.APPROVED, RewardStatus.FUNDED), honorary=False
    )
    got = unpaid.aggregate(n=Count("pk"), sum=Sum("amount"))
    if got["n"]:
        yield Topic(
            key="unpaid", kind="problem", title=f"研究未兑现举报奖励{got['n']}笔",
            text=f"已审批未兑现{got['n']}笔，金额{money(got['sum'] or Decimal('0.00'))}元。",
        )  # fmt: skip
