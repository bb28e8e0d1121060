"""What a report is worth, as arithmetic: exact decimals in, exact decimals out, nothing read and nothing written.

`actions.bulk_rewards` says the same in SQL; tests/rewards/test_computation.py compares both with a third way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from core.money import CENT

ZERO = Decimal("0.00")


class Rule(Protocol):
    """What of `RewardRule` decides the amount; all in yuan but `percent`."""

    percent: Decimal
    honorary_below: Decimal | None
    floor: Decimal | None
    cap: Decimal | None


@dataclass(frozen=True)
class Worth:
    """`gross`: the share of the verified amount. `total`: after floor and cap, zero where it is honorary."""

    gross: Decimal
    total: Decimal
    honorary: bool


def worth(base: Decimal, rule: Rule) -> Worth:
    """What a verified amount in yuan is worth (C27): the share rounded half up to the fen; honorary where it is, before
    rounding, below the rule's threshold (under 4 000 yuan verified; exactly the threshold pays); else not less than
    the floor, not more than the cap."""
    share = base * rule.percent / 100
    gross = share.quantize(CENT, rounding=ROUND_HALF_UP)
    if rule.honorary_below is not None and share < rule.honorary_below:
        return Worth(gross, ZERO, True)
    total = gross
    if rule.floor is not None:
        total = max(total, rule.floor)
    if rule.cap is not None:
        total = min(total, rule.cap)
    return Worth(gross, total, False)


def parts(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """`total` shared by agreed weights, by largest remainder: the sum is exact to the fen. Equal remainders go
    to who stands first."""
    fen, whole = int(total * 100), sum(weights)
    shares = [fen * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(fen * weights[place] % whole), place))
    for place in order[: fen - sum(shares)]:
        shares[place] += 1
    return [(Decimal(share) / 100).quantize(CENT) for share in shares]
