"""One's own notifications, a page at a time, said in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import kinds
from journal.render import sentences

PAGE = 30
HIDDEN = _("About a matter that is not open to you any more")


@dataclass(frozen=True)
class Row:
    """One line of the list. opens: whether it is about something the reader may open now."""

    pk: int
    text: str
    note: str
    late: bool
    at: datetime
    read: bool
    case_title: str
    opens: bool
    thing: Any = None  # what it is about, where it may be opened
    case: Any = None


@dataclass(frozen=True)
class Page:
    """A keyset page; the queries are what the pager's links carry."""

    rows: list
    has_previous: bool
    has_next: bool
    first_query: str
    previous_query: str
    next_query: str
    no_keys: bool = True  # its rows are buttons, not links to walk through


def page_of(notifications, *, reader, only_unread: bool, before: str) -> Page:
    """The page of `notifications` older than the id `before` (newest first), with the titles of their cases.

    A `before` that is no number is taken as none. Queries: one for the rows, two for names, one for all kinds.
    """
    if only_unread:
        notifications = notifications.unread()
    older = notifications.filter(pk__lt=int(before)) if before.isdecimal() else notifications
    found = list(older.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    keep = {"only": "unread"} if only_unread else {}
    rows = rows_of(found, reader)
    return Page(
        rows=rows,
        has_previous=bool(before),
        has_next=more,
        first_query=urlencode(keep),
        previous_query=urlencode(keep),
        next_query=urlencode({**keep, "before": rows[-1].pk}) if more else "",
    )


@stepwise
def rows_of(found, reader, asked: Gathering) -> Steps:
    """These notifications as lines, in their order, with what of them may be opened now."""
    wanted: dict[str, set] = {"case": {each.case_id for each in found}}
    for each in found:
        wanted.setdefault(each.target_kind, set()).add(each.target_id)
    things = {
        code: asked.rows(kinds[code].visible(reader).filter(pk__in=ids - {None}))
        for code, ids in wanted.items()
        if code in kinds and ids - {None}
    }
    yield
    targets: dict[str, dict[int, Any]] = {code: {each.pk: each for each in known} for code, known in things.items()}
    cases = targets.get("case", {})

    def hidden(each):
        """Of a case: neither it nor the thing may be seen now, so not what was said of it either."""
        return (
            each.case_id is not None
            and each.case_id not in cases
            and each.target_id not in targets.get(each.target_kind, {})
        )

    return [
        Row(
            pk=each.pk,
            text=HIDDEN if hidden(each) else said.text,
            note="" if hidden(each) else said.note,
            late=each.tone == "r",
            at=each.created_at,
            read=each.read_at is not None,
            case_title=kinds["case"].title(cases[each.case_id]) if each.case_id in cases else "",
            opens=each.target_id in targets.get(each.target_kind, {}),
            thing=targets.get(each.target_kind, {}).get(each.target_id),
            case=cases.get(each.case_id),
        )
        for each, said in sentences(found)
    ]
