"""Remarks on a case."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import check_kept, lock_case
from cases.enums import NoteAudience
from cases.models import Case, Note
from core.refusals import BadInput
from departments.models import User
from journal.actions import record

LIMIT = 2000


@transaction.atomic
def add_note(*, case: Case, text: str, audience: str, by: User, at: dt.datetime) -> Note:
    """Write a remark for everybody in the case, for one's department, or for oneself.

    Only that a shared remark was made goes into the record, not its words.

    :raises BadInput: empty, or longer than 2000 characters
    """
    lock_case(case)
    text = text.strip()
    if not text:
        raise BadInput(_("Write something."), field="text")
    if len(text) > LIMIT:
        raise BadInput(_("At most 2000 characters."), field="text")
    check_kept(case)
    note = Note.objects.create(
        case=case, audience=audience, text=text, department=by.department, by=by, at=at
    )
    if audience != NoteAudience.PERSONAL:
        record("note.added", target=note, case=case, by=by, at=at, note=note.pk, audience=str(audience))
    return note
