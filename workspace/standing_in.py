"""What waits for a colleague who is away, shown to the one who stands in (ADR 0068)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import registry
from core.dates import local_date
from core.gathering import Gathering, Steps, begun, side_by_side, stepwise
from core.memory import remembered
from core.registry import TaskRow, TaskSource
from core.tally import tally
from core.wording import day, today
from departments.models import Post, User
from workspace.models import Delegation
from workspace.rules_delegation import FITS, can_delegate, fits

TABS = ("todo", "sign", "read")
ORDER = 90
BEHALF = "behalf"  # session: the delegation somebody acts under


def minded(user: User) -> list[tuple[Delegation, User]]:
    """The delegations under which this person stands in today, acting in a fitting post, with the one away.

    The one away comes with the post whose matters are minded. Two queries at most.
    """
    if not can_delegate(user):
        return []
    return remembered(user, f"standing_in.{user.post.pk}", lambda: _minded(user))


def _minded(user: User) -> list[tuple[Delegation, User]]:
    on = local_date(timezone.now())
    running = Delegation.objects.visible_to(user).on(on).filter(delegate=user, away__is_active=True)
    found = list(running.select_related("away"))
    if not found:
        return []
    posts = Post.objects.current(on).filter(user__in=[each.away_id for each in found], department=user.department)
    held: dict[tuple[int, str], Post] = {}
    for post in posts.select_related("department__region").order_by("id"):
        if fits(post, user.post):
            held.setdefault((post.user_id, post.role), post)
    pairs = []
    for each in found:
        if (each.away_id, each.role) in held:
            each.away.post = held[each.away_id, each.role]
            pairs.append((each, each.away))
    return pairs


def _sources(tab: str) -> list[TaskSource]:
    return [source for source in registry.task_sources if source.tab == tab and source.order != ORDER]


def _seen(user: User, rows: list[TaskRow], asked: Gathering) -> Steps:
    """Only what the delegate sees by their own post: a row that does not say what it is about is left out."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.target is not None:
            ids[row.target[0]].add(row.target[1])
    open_ones = {
        code: asked.rows(registry.kinds[code].visible(user).filter(pk__in=wanted).values_list("pk", flat=True))
        for code, wanted in ids.items()
        if code in registry.kinds
    }
    yield
    seen = {(code, pk) for code, found in open_ones.items() for pk in found}
    return [row for row in rows if row.target in seen]


def _of_one(tab: str, user: User, delegation: Delegation, away: User, numbers: list, limit: int, asked: Gathering) -> Steps:
    waiting = [source for source, number in zip(_sources(tab), numbers, strict=True) if number != 0]
    found = yield from side_by_side([begun(source.rows, away, limit) for source in waiting], asked)
    rows = yield from _seen(user, [row for each in found for row in each], asked)
    return [
        replace(
            row,
            behalf=away.name,
            action_label=row.action_label or _("Open"),
            action_url=reverse("workspace:act_for", args=[delegation.pk]),
            hidden={"next": row.action_url if row.method == "get" and row.action_url else row.url},
            method="post",
        )
        for row in rows
    ]


def rows_of(tab: str) -> stepwise:
    """The rows of one tab for everybody the user stands in for."""

    @stepwise
    def rows(user: User, limit: int, asked: Gathering) -> Steps:
        pairs, sources = minded(user), _sources(tab)
        told = iter(tally(source.count(away) for _delegation, away in pairs for source in sources))
        found = yield from side_by_side(
            [
                partial(_of_one, tab, user, delegation, away, [next(told) for _source in sources], limit)
                for delegation, away in pairs
            ],
            asked,
        )
        return [row for each in found for row in each]

    return rows


def not_counted(user: User) -> None:
    """Numbers stay one's own: what is hidden from the delegate must not be counted for them."""


def absences(ids: Iterable[int]) -> dict[int, str]:
    """What the pages of people say of those away today: until when, and who stands in."""
    running = Delegation.objects.on(today()).filter(away__in=ids).select_related("delegate")  # door: the directory's
    return {
        each.away_id: _("away until %(day)s, %(delegate)s stands in")
        % {"day": day(each.until), "delegate": each.delegate.name}
        for each in running
    }


def postable(user: User) -> Iterable[Post]:
    """The posts somebody may be named for by this person: the own one first."""
    posts = Post.objects.visible_to(user).current().filter(department=user.department, role__in=FITS)
    return posts.filter(user__is_active=True).select_related("user", "department").order_by("id")


def register() -> None:
    """What this room offers; called once from `apps.py`."""
    registry.task_sources += [TaskSource(tab, ORDER, rows_of(tab), not_counted) for tab in TABS]
    registry.people_notes.append(absences)
