"""Who read natural persons on the lists of the county stands on the record (T10; PIPL art. 51)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from departments.models import User
from journal.actions import record
from sanctions import notices
from sanctions.models import ListEntry


@transaction.atomic
def note_list_read(*, things: Iterable[Any], tab: str, by: User, at: dt.datetime) -> None:
    """One event for a page or sheet that shows natural persons; none where it shows bodies only.

    things: the entries, bars or applications shown, each with its `subject`.
    """
    persons = sorted({thing.subject_id for thing in things if not thing.subject.is_body})
    if persons:
        record("sanction.list_read", target=None, by=by, at=at, tab=tab, count=len(persons), persons=persons)


@transaction.atomic
def note_entry_read(*, entry: ListEntry, by: User, at: dt.datetime) -> None:
    """The page of a natural person's entry was read; of a body's nothing is written."""
    if not entry.subject.is_body:
        notices.of_department("entry_read", entry, by=by, at=at)
