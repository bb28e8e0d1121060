"""What the search over everything finds among reports and rewards: their numbers, never a reporter, never a text."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.finding import Wanted
from core.offers import SearchRow, SearchSource
from core.wording import day
from departments.models import User
from rewards import rules_reports
from rewards.models import Report, Reward
from rewards.querysets_money import STAFF


def reports(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Reports by their number only: who may list them is a report officer, and never by the receipt code."""
    if not rules_reports.works_on_reports(user):
        return []
    found = Report.objects.visible_to(user).filter(wanted.on("number"))
    shown = found.annotate(place=wanted.rank(number="number")).order_by("place", "-pk").defer("facts")
    return [
        SearchRow(
            report.get_absolute_url(), report.number, "", f"{report.get_status_display()} · {day(report.received_at)}"
        )
        for report in shown[:limit]
    ]


def rewards(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Rewards by their number only."""
    if not user.has_role(*STAFF):
        return []
    found = Reward.objects.visible_to(user).filter(wanted.on("number"))
    shown = found.annotate(place=wanted.rank(number="number")).order_by("place", "-pk")
    return [
        SearchRow(reward.get_absolute_url(), reward.number, "", str(reward.get_status_display()))
        for reward in shown[:limit]
    ]


def _reports(user: User, text: str) -> str:
    return f"{reverse('rewards:reports')}?{urlencode({'q': text})}"


SOURCES = (
    SearchSource("reports", 70, _("Reports"), reports, _reports),
    SearchSource("rewards", 71, _("Rewards"), rewards),
)
