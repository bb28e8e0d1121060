"""How long a cancellation bars: by the county's rule in force on its day, three years as shipped (FACTS §2.11)."""

import datetime as dt

from django.utils.translation import gettext as _

from core.refusals import BadInput
from deadlines.actions.clocks import rule_in_force
from deadlines.enums import Unit
from sanctions.enums import TermUnit
from sanctions.terms import last_day

RULE = (
    "reapplication_bar"  # the catalogue of clocks keeps amount and unit; a bar itself is no clock (ADR 0060)
)
_UNITS = {Unit.DAY: TermUnit.DAY, Unit.MONTH: TermUnit.MONTH}


def bar_term(on: dt.date) -> tuple[int, str]:
    """Amount and unit of the bar after a cancellation on that day.

    :raises BadInput: the rule is neither in days nor in months
    """
    rule = rule_in_force(RULE, on)
    unit = _UNITS.get(Unit(rule.unit))
    if unit is None or rule.amount is None:
        raise BadInput(_("The limit “%(name)s” has to be in days or months.") % {"name": rule.name})
    if unit == TermUnit.MONTH and rule.amount % 12 == 0:
        return rule.amount // 12, TermUnit.YEAR
    return rule.amount, unit


def bar_until(on: dt.date) -> tuple[dt.date, int, str]:
    """The last day of that bar, with its amount and unit."""
    amount, unit = bar_term(on)
    return last_day(on, amount, unit), amount, unit
