"""A file of a report is taken out."""

import datetime as dt

from django.db import transaction

from departments.models import User
from journal.actions import record
from rewards.models import ReportFile


@transaction.atomic
def note_file_read(*, piece: ReportFile, by: User, at: dt.datetime) -> ReportFile:
    """Write down that somebody takes a copy of a file of a report. The caller then sends it."""
    record("report.file_read", target=piece.report, by=by, at=at, number=piece.report.number, piece=piece.pk)
    return piece
