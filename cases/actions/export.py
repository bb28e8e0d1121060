"""What leaves the registry as a file is written down."""

import datetime as dt

from django.db import transaction

from cases.models import Case
from departments.models import User
from journal.actions import record


@transaction.atomic
def note_catalogue(*, case: Case, rows: int, by: User, at: dt.datetime) -> None:
    """Write into the record that somebody printed the catalogue of a case's file."""
    record("case.catalogue_printed", target=case, case=case, by=by, at=at, rows=rows)


@transaction.atomic
def note_export(*, rows: int, query: str, picked: bool, by: User, at: dt.datetime) -> None:
    """Write into the record who exported how many rows under which filters."""
    record("registry.exported", target=None, by=by, at=at, rows=rows, query=query, picked=picked)


@transaction.atomic
def note_copy(*, rows: int, by: User, at: dt.datetime) -> None:
    """Write into the record who took a copy of an export that was made as a job."""
    record("registry.copied", target=None, by=by, at=at, rows=rows)
