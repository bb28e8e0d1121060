"""The workbench's tabs: rows that rooms contribute (`core.registry.task_sources`), put in one order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import registry
from core.gathering import Gathering, Steps, begun, side_by_side, stepwise
from core.memory import remembered
from core.tally import tally

FAR = dt.date.max
FIRST = 12  # rows on the workbench itself
MOST = 200  # rows on a tab's own page, and how many more each “show more” adds
FURTHEST = 2000  # rows it ever shows: a list for searching is the registry


@dataclass(frozen=True)
class Tab:
    """by_due: the most urgent first, else the newest. counted: the number is shown beside the label."""

    code: str
    label: object
    by_due: bool = False
    counted: bool = False
    empty: object = ""


TABS = (
    Tab(
        "todo",
        pgettext_lazy("tab", "To do"),
        True,
        True,
        _("Nothing waits for you. New matters appear here."),
    ),
    Tab(
        "sign",
        pgettext_lazy("tab", "To sign for"),
        True,
        True,
        _("No letter waits for a signature of receipt."),
    ),
    Tab("read", pgettext_lazy("tab", "To read"), True, True, _("There is nothing to take note of.")),
    Tab("done", pgettext_lazy("tab", "Done"), empty=_("What you have dealt with is listed here.")),
    Tab(
        "started",
        pgettext_lazy("tab", "Started by me"),
        counted=True,
        empty=_("What you have sent out is listed here."),
    ),
    Tab("drafts", pgettext_lazy("tab", "Drafts"), empty=_("Forms you have begun are listed here.")),
)
BY_CODE = {tab.code: tab for tab in TABS}


def sources(code: str) -> list:
    return sorted(
        (source for source in registry.task_sources if source.tab == code), key=lambda each: each.order
    )


def tabs() -> list[Tab]:
    """The tabs shown: drafts only where a room keeps any."""
    return [tab for tab in TABS if tab.code != "drafts" or sources("drafts")]


def counted(code: str, user) -> list:
    """What the tab `code` holds for `user`, to be counted by `core.tally`."""
    return [source.count(user) for source in sources(code)]


def numbers(user) -> dict[str, list[int | None]]:
    """How many each source of each counted tab holds, in the order of `sources`: one statement, once a request."""
    return remembered(user, "desk.tasks", lambda: _count(user))


def _count(user) -> dict[str, list[int | None]]:
    codes = [tab.code for tab in TABS if tab.counted]
    given = {code: [source.count(user) for source in sources(code)] for code in codes}
    told = iter(tally(each for code in codes for each in given[code]))
    return {code: [next(told) for _each in given[code]] for code in codes}


def number(code: str, user) -> int | None:
    """How many a counted tab holds; None where it is not counted."""
    told = numbers(user).get(code)
    return None if told is None else sum(each or 0 for each in told)


def rows(code: str, user, limit: int) -> list:
    """The first `limit` rows of a tab over all rooms: by due date, or newest first. A room that counted none is not asked.

    :raises KeyError: for a tab that does not exist
    """
    return rows_of([code], user, limit)[code]


@stepwise
def rows_of(codes: Iterable[str], user, limit: int, asked: Gathering) -> Steps:
    """The same for several tabs: all rooms go in step, so that a step costs one statement (`core.gathering`)."""
    waiting = {code: _waiting(code, user) for code in codes}
    found = yield from side_by_side(
        [begun(source.rows, user, limit) for each in waiting.values() for source in each], asked
    )
    told = iter(found)
    return {code: _ordered(code, [row for _each in waiting[code] for row in next(told)], limit) for code in waiting}


def _waiting(code: str, user) -> list:
    """The rooms that have something for this tab."""
    tab, asked = BY_CODE[code], sources(code)
    if tab.counted:
        asked = [source for source, n in zip(asked, numbers(user)[code], strict=True) if n != 0]
    return asked


def _ordered(code: str, found: list, limit: int) -> list:
    own = {(row.url, row.phrase) for row in found if not row.behalf}
    found = [row for row in found if not row.behalf or (row.url, row.phrase) not in own]  # one's own already
    if BY_CODE[code].by_due:
        found.sort(key=lambda row: (row.due or FAR, row.phrase))
    else:
        found.sort(key=lambda row: row.sort, reverse=True)
    return found[:limit]
