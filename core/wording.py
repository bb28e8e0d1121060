"""Dates, times and money as people read them; dates of law are local dates of Asia/Shanghai."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext, override, pgettext_lazy

from core.dates import SHANGHAI, local_date
from core.money import yuan

NOTHING = "—"
# with a context of our own: Django's catalogue says “Mon” otherwise
_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def today() -> dt.date:
    """The local date now; for pages only, never inside an action."""
    return local_date(timezone.now())


def as_day(value) -> dt.date | None:
    """The local date of a date or an aware instant; None stays None."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return local_date(value)
    return value


def day(value) -> str:
    """`2026-11-19`."""
    on = as_day(value)
    return on.isoformat() if on else NOTHING


def short_day(value) -> str:
    """`11-19` within the current year, else the whole date."""
    on = as_day(value)
    if on is None:
        return NOTHING
    return f"{on:%m-%d}" if on.year == today().year else on.isoformat()


def clock(value: dt.datetime | None) -> str:
    """`15:40`, local time."""
    return f"{value.astimezone(SHANGHAI):%H:%M}" if value else NOTHING


def moment(value: dt.datetime | None) -> str:
    """`11-17 15:40` within the current year, else with the year."""
    return f"{short_day(value)} {clock(value)}" if value else NOTHING


def recent(value: dt.datetime | None) -> str:
    """The time of day if it is today, else the date: the last column of lists."""
    return clock(value) if value and local_date(value) == today() else short_day(value)


def weekday(value) -> str:
    """`周五`."""
    on = as_day(value)
    return str(_WEEKDAYS[on.weekday()]) if on else ""


def long_day(value) -> str:
    """`11月20日 周五`; with the year where it is another one."""
    on = as_day(value)
    if on is None:
        return NOTHING
    pattern = (
        gettext("%(weekday)s %(month)d/%(day)d")
        if on.year == today().year
        else gettext("%(weekday)s %(month)d/%(day)d/%(year)d")
    )
    return pattern % {"year": on.year, "month": on.month, "day": on.day, "weekday": weekday(on)}


def money(value) -> str:
    """An amount in yuan with thousands commas and two places: `86,240.00`.

    :raises TypeError: for a float
    """
    return NOTHING if value is None or value == "" else f"{yuan(value):,.2f}"


def ten_thousands(value) -> str:
    """An amount in yuan as 万元 with one place: `38.2`.

    :raises TypeError: for a float
    """
    return NOTHING if value is None or value == "" else f"{yuan(value) / Decimal(10000):,.1f}"


def for_the_record(message: str, **values: object) -> str:
    """A sentence of our own that is stored, such as the reason why a clock ends: in Chinese, whoever acted.

    message: the English source, marked with `gettext_noop` where it stands.
    """
    with override("zh-hans"):
        return gettext(message) % values
