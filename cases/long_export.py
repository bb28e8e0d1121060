"""The registry as Excel where it is too long to wait for: by keyset, the rights asked for each portion (ADR 0066)."""

import datetime as dt
import zlib
from array import array
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import excel, listing
from cases.actions.export import note_copy, note_export
from cases.forms.registry import FilterForm, Known
from cases.models import Case
from cases.querysets import may_hold_cases
from core.dates import local_date
from core.offers import LongWork, Made
from core.refusals import Refused
from departments.models import User

CODE = "cases.export"
PORTION = 1000  # rows between two looks at the rights, and between two words about the progress


def run(job: Any) -> Made:
    """Write the rows of the filters in `parameters["query"]`, in its order.

    :raises Refused: the person's post has ended
    :raises MovedOn: given up
    """
    query = QueryDict(job.parameters["query"])
    user = job.person()
    filters = FilterForm(query, known=Known.of(user.region)).filters()
    sort = query.get("sort", "newest")
    sort = sort if sort in listing.SORTS else "newest"
    whole = min(listing.total(user, filters), excel.MOST)
    seen: set[int] = set()
    cursor, path = None, job.folder / "registry.xlsx"
    job.step(0, whole)
    with excel.Registry(user=user, at=job.at) as book:
        while True:
            user = job.person()
            if not may_hold_cases(user):
                raise Refused(_("The post this was asked for in has ended."))
            listed = listing.page(user, filters, cursor, sort, PORTION)
            # a case whose due date moved on meanwhile comes by again: it is written once
            book.add([row for pk, row in zip(listed.ids, listing.rows(listed), strict=True) if pk not in seen])
            seen.update(listed.ids)
            job.step(book.rows, max(whole, book.rows))
            cursor = listed.next
            if cursor is None or book.rows >= excel.MOST:
                break
        book.write_to(path)
    return Made(
        path=str(path), name=file_name(job.at), media_type=excel.MEDIA_TYPE, rows=book.rows,
        covers=zlib.compress(array("q", sorted(seen)).tobytes()),
    )  # fmt: skip


def file_name(at: dt.datetime) -> str:
    return _("Case registry") + f"-{local_date(at):%Y%m%d}.xlsx"


def ended(made: Made, parameters: dict[str, Any], *, by: User, at: dt.datetime) -> None:
    note_export(rows=made.rows, query=parameters["query"], picked=False, by=by, at=at)


def taken(rows: int, parameters: dict[str, Any], *, by: User, at: dt.datetime) -> None:
    note_copy(rows=rows, by=by, at=at)


def lost(covers: bytes, user: User) -> int:
    """How many of the file's cases the person may not see any more."""
    ids = array("q", zlib.decompress(covers))
    seen = 0
    for start in range(0, len(ids), 10_000):
        portion = ids[start : start + 10_000].tolist()
        seen += Case.objects.visible_to(user).filter(pk__in=portion).distinct().count()
    return len(ids) - seen


WORK = LongWork(
    code=CODE, label=gettext_lazy("Export of the case registry"), run=run, ended=ended, taken=taken, lost=lost
)
