"""The hint by amount: where a sum stands among the amounts the province set. For people; it decides nothing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.wording import money
from referrals.models import CrimeThreshold


@dataclass(frozen=True)
class Hint:
    """tone: g below every amount, y inside a range the province has not settled, r above one."""

    tone: str
    sentence: str
    basis: str


def hint(amount: Decimal, threshold: CrimeThreshold | None) -> Hint | None:
    """Where `amount` (yuan) stands; None for a crime without amounts in the dictionary."""
    if threshold is None:
        return None
    said: dict[str, Any] = {"amount": money(amount), "crime": threshold.crime}
    steps = (
        (threshold.enormous_from, threshold.enormous_from, _("an enormous amount")),
        (threshold.huge_from, threshold.huge_to, _("a huge amount")),
        (threshold.large_from, threshold.large_to, _("a large amount")),
    )
    for lower, upper, name in steps:
        said |= {"name": name, "lower": money(lower), "upper": money(upper)}
        if amount >= upper:
            sentence = _("%(amount)s yuan reaches %(name)s for %(crime)s (from %(upper)s yuan).") % said
            return Hint("r", sentence, threshold.basis)
        if amount >= lower:
            sentence = _(
                "%(amount)s yuan lies in the range in which the province sets %(name)s for %(crime)s"
                " (%(lower)s to %(upper)s yuan): look at the province's amount."
            ) % said
            return Hint("y", sentence, threshold.basis)
    sentence = _("%(amount)s yuan stays below a large amount for %(crime)s (from %(lower)s yuan).") % said
    return Hint("g", sentence, threshold.basis)
