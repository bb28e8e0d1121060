"""Which sums of rewards may be shown: none from which the amount of fewer than five rewards could be worked out.

Whole past months are put together, from the earliest on, until five rewards are in a block; a figure is a sum of blocks,
each told in the month in which it was full. So every difference of two figures, of whatever periods, is a sum of blocks
too. The current month is not told: from one day to the next it would say what one reward was. For the same reason a month
is that of entry: nothing is added to one that is over. A payment taken back counts one reward less where it was entered.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from core.boards import FEW

Sum = tuple[int, Decimal]  # how many rewards, and their yuan


def blocks(months: Mapping[dt.date, Sum], today: dt.date) -> dict[dt.date, Sum]:
    """By the first day of the month in which a block was full: how many rewards it holds, and their yuan.

    months: by first day. What has not come to five yet is not told.
    """
    told: dict[dt.date, Sum] = {}
    number, amount = 0, Decimal("0.00")
    for first in sorted(each for each in months if each < today.replace(day=1)):
        number, amount = number + months[first][0], amount + months[first][1]
        if number >= FEW:
            told[first] = (number, amount)
            number, amount = 0, Decimal("0.00")
    return told


def whole_months(since: dt.date, until: dt.date, months: Mapping[dt.date, Sum]) -> list[dt.date]:
    """Those of `months` of which every day lies in the period: part of one could be narrowed down to a day."""
    return [
        first
        for first in sorted(months)
        if since <= first and (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) <= until + dt.timedelta(days=1)
    ]


def total(told: Mapping[dt.date, Sum], chosen: list[dt.date]) -> Sum | None:
    """The sum of the blocks told in these months; None where there is none."""
    found = [told[first] for first in chosen if first in told]
    if not found:
        return None
    return sum(number for number, _amount in found), sum((amount for _number, amount in found), Decimal("0.00"))
