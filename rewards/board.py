"""What rewards put on the dashboard: how many were paid and how much, never of fewer than five (`rules_shown`).

For the office, and for the departments that propose and pay; of a whole county only. No list is opened from here: a case
beside its reward could say who reported.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import DateField, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from core.boards import Asked, Block, Cell, Column, Row, Tile, month_words
from core.dates import SHANGHAI
from departments.enums import Function
from departments.models import Region
from rewards.models import Payment
from rewards.rules_shown import Sum as Total
from rewards.rules_shown import blocks, total, whole_months

FOR = (Function.OFFICE, Function.INSURANCE, Function.FINANCE)


def paid_by_month(region: Region) -> dict[dt.date, Total]:
    """By how many the rewards that stand paid grew, and the yuan that went out less what came back, by the month in which
    it was entered: rows are only ever added, so that a past month never changes. One statement."""
    month = TruncMonth("at", output_field=DateField(), tzinfo=SHANGHAI)
    rows = (
        Payment.objects.filter(region=region)
        .annotate(month=month)
        .order_by("month", "reward_id")
        .values_list("month", "reward")
        .annotate(sum=Sum("amount"))
    )
    stood: dict[int, Decimal] = defaultdict(Decimal)
    found: dict[dt.date, Total] = {}
    for first, reward, net in rows:
        number, amount = found.get(first, (0, Decimal("0.00")))
        before, stood[reward] = stood[reward] > 0, stood[reward] + net
        found[first] = (number + (stood[reward] > 0) - before, amount + net)
    return found


def figures(user: Any, asked: Asked) -> Iterator[Block | Tile]:
    """One statement; nothing for those who have nothing to do with rewards."""
    if user.department.function not in FOR:
        return
    months = paid_by_month(user.region)
    told = blocks(months, asked.today)
    inside = whole_months(asked.since, asked.until, months)
    here = total(told, inside)
    amount = Cell(here[1]) if here else Cell(_unsaid(months, inside, money=True))
    number = Cell(here[0]) if here else Cell(_unsaid(months, inside))
    yield Tile(33, _("Rewards paid"), number, note=_("whole county, whole months"))
    rows = [Row(_("The period"), (number, amount))]
    for first in asked.months():
        if first in told:
            cells = Cell(told[first][0]), Cell(told[first][1])
        else:
            cells = Cell(_unsaid(months, [first])), Cell(_unsaid(months, [first], money=True))
        rows.append(Row(month_words(first), cells))
    yield Block(
        "rewards", _("Rewards paid, whole county"), _("Month"),
        (Column(_("Rewards"), drawn=False), Column(_("Amount, yuan"), "money")), rows, "",
        _("By the month in which a payment, or what came back of one, was entered. Months with fewer than 5 rewards are "
          "counted with the next ones, the current month once it is over, so that nobody can work out who reported; no "
          "list is opened from here."),
    )  # fmt: skip


def _unsaid(months: dict[dt.date, Total], chosen: list[dt.date], *, money: bool = False) -> Any:
    """What stands where no sum may: 0 where there was none, else words."""
    if not any(first in months for first in chosen):
        return Decimal("0.00") if money else 0
    number = sum(months[first][0] for first in chosen if first in months)
    return _("fewer than 5") if number < 5 else _("counted with later months")
