"""Files somebody handed in or the office scanned: whoever takes a copy is on the record."""

import datetime as dt
from typing import Any

from django.db import transaction

from departments.models import User
from documents import storage
from meetings import notices
from meetings.models import Meeting, Proposal, Resolution


@transaction.atomic
def take_file(*, row: Any, of: Meeting | Proposal | Resolution, by: User, at: dt.datetime) -> bytes:
    """The bytes of a file of `of` (`row`: its stored file with name and SHA-256), and the event that somebody took them.

    :raises Tampered: they are not what was handed in
    """
    data = storage.fetch(row.file, row.sha256)
    notices.file_taken(of, row.name, by=by, at=at)
    return data
