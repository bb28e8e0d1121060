"""How calendar and clock rules stand, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.memory import remembered
from core.registry import SettingsPage
from core.wording import today
from deadlines.calendar import Calendar
from deadlines.models import ClockRule, Outage


def calendar(user: Any) -> tuple[bool, str]:
    """The years by which clocks count now and soon are published."""
    on, known = today(), Calendar.current()
    if known.next_year_missing(on):
        missing = on.year + (on.year in known.published)
        return False, gettext("The calendar of %(year)d is not entered yet.") % {"year": missing}
    return True, gettext("Entered up to %(year)d.") % {"year": max(known.published)}


def _clocks(user: Any) -> QuerySet:
    return ClockRule.objects.order_by().values_list("code", flat=True).distinct()


def _outages(user: Any) -> QuerySet:
    return Outage.objects.visible_to(user).standing().values_list("pk", flat=True)


def asks(user: Any) -> dict[str, QuerySet]:
    return {"set_up.clocks": _clocks(user), "set_up.outages": _outages(user)}


def clock_rules(user: Any) -> tuple[bool, str]:
    number = len(remembered(user, "set_up.clocks", lambda: list(_clocks(user))))
    return number > 0, gettext("%(n)d limits.") % {"n": number}


def outages(user: Any) -> tuple[bool, str]:
    number = len(remembered(user, "set_up.outages", lambda: list(_outages(user))))
    return True, gettext("%(n)d outages stand.") % {"n": number}


PAGES = [
    SettingsPage(
        40, _("Working calendar"), _("Days off and make-up workdays, as the yearly notice gives them."),
        "deadlines:calendar", "calendar3", calendar,
    ),
    SettingsPage(
        50, _("Clock rules"), _("How long each limit is, when it warns and when it escalates."),
        "deadlines:rules", "stopwatch", clock_rules, step=False, asks=asks,
    ),
    SettingsPage(
        55, _("Outages"), _("When the system itself was not usable; figures can leave out what was late because of it."),
        "deadlines:outages", "plug", outages, step=False,
    ),
]  # fmt: skip
