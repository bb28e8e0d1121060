"""What the search over everything finds among letters and tasks from above."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.querysets import may_hold_cases
from core.finding import CANDIDATES, Wanted
from core.offers import SearchRow, SearchSource
from core.wording import day
from departments.models import User
from referrals.models import Dispatch, Referral, Task

# kinds of papers that are found here as the letter they are
PAPERS = frozenset({"transfer_letter", "bulletin_letter", "early_letter", "support_letter"})


def letters(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Letters one may read, by number or subject line; those of one's department that match are asked about, the newest
    `CANDIDATES` of them."""
    if not may_hold_cases(user):
        return []
    here = user.department
    ours = Referral.objects.filter(Q(sender=here) | Q(receiver=here) | Q(dispatch__department=here)).order_by("-pk")
    papers = Dispatch.objects.filter(wanted.indexed("subject")).order_by("-pk").values("pk")[:CANDIDATES]
    near = ours.filter(wanted.indexed("number")).values_list("pk")[:CANDIDATES].union(
        ours.filter(dispatch__in=papers).values_list("pk")[:CANDIDATES]
    )
    ids = [pk for (pk,) in near]
    if not ids:
        return []
    place = wanted.rank(number="number", name="dispatch__subject")
    shown = Referral.objects.readable_by(user).filter(pk__in=ids).annotate(place=place).order_by("place", "-pk")
    return [
        SearchRow(
            letter.get_absolute_url(), letter.dispatch.subject, letter.number,
            f"{letter.dispatch.department} → {letter.receiver} · {day(letter.sent_at)}",
        )
        for letter in shown.select_related("dispatch__department", "receiver")[:limit]
    ]  # fmt: skip


def tasks(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Tasks from above and beside, by the number of the body's letter, its subject line or the body."""
    found = Task.objects.visible_to(user).filter(wanted.on("number", "subject", "body_name"))
    shown = found.annotate(place=wanted.rank(number="number", name="subject")).order_by("place", "-pk")
    return [
        SearchRow(task.get_absolute_url(), task.subject, task.number, f"{task.body_name} · {day(task.received_on)}")
        for task in shown[:limit]
    ]


def _box(user: User, text: str) -> str:
    return f"{reverse('referrals:letters_in')}?{urlencode({'q': text})}"


def _tasks(user: User, text: str) -> str:
    return f"{reverse('referrals:tasks')}?{urlencode({'q': text, 'open': '0'})}"


SOURCES = (
    SearchSource("letters", 30, _("Letters"), letters, _box),
    SearchSource("tasks", 35, _("Tasks from above and beside"), tasks, _tasks),
)
