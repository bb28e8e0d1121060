"""What every entry of the registers is checked for, and the lock they are entered under."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.dates import EARLIEST, local_date
from core.money import exact
from core.refusals import BadInput
from departments.models import Department, Region
from finance.enums import LARGEST


def lock_register(region: Region) -> None:
    """Rows of a county's registers are entered one after another."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)


def exact_amount(amount: Decimal, field: str = "amount") -> Decimal:
    """Yuan above zero to the fen, of at most twelve digits.

    :raises BadInput: it is not
    """
    amount = exact(amount, field)
    if amount > LARGEST:
        raise BadInput(_("The amount is too large."), field=field, record=True)
    return amount


def check(faults: dict[str, Any]) -> None:
    """:raises BadInput: with every sentence of `faults` that is one"""
    found = {field: sentence for field, sentence in faults.items() if sentence}
    if found:
        raise BadInput.several(found)


def wrong_year(year: int, at: dt.datetime) -> str:
    return "" if 2000 <= year <= local_date(at).year + 1 else _("Choose a year between 2000 and the next.")


def wrong_day(day: dt.date, at: dt.datetime) -> str:
    return "" if EARLIEST <= day <= local_date(at) else _("The day lies in the future or before the year 2000.")


def wrong_department(department: Department | None, region: Region) -> str:
    if department is None or (department.region_id == region.pk and department.active):
        return ""
    return _("Choose a department of the county.")


def missing(text: str) -> str:
    return "" if text.strip() else _("Fill this in.")
