"""退回修改: the signer does not sign the minutes for issue, and gives them back to who drafted them."""

import datetime as dt

from django.db import transaction

from core.states import move
from departments.models import User
from meetings import notices
from meetings.actions.common import needed
from meetings.actions.minutes import lock_editable
from meetings.enums import MeetingStatus
from meetings.models import Minutes


@transaction.atomic
def return_minutes(*, minutes: Minutes, reason: str, by: User, at: dt.datetime) -> Minutes:
    """退回修改: whoever could sign for issue (签发人) does not, or takes the signature back, and says what to change.

    They are a draft again. Countersignatures hold as long as the text does: an edit voids them, as ever.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: they are not being countersigned
    """
    reason = needed(reason)
    lock_editable(minutes)
    meeting = minutes.meeting
    move(meeting, MeetingStatus.DRAFTED, at=at)
    minutes.approved_by, minutes.approved_at, minutes.unsigned_reason = None, None, ""
    minutes.returned_by, minutes.returned_at, minutes.return_reason = by, at, reason
    minutes.updated_at, minutes.version = at, minutes.version + 1
    minutes.save(update_fields=[
        "approved_by", "approved_at", "unsigned_reason", "returned_by", "returned_at", "return_reason", "updated_at",
        "version",
    ])  # fmt: skip
    notices.note("minutes_returned", meeting, by=by, at=at, reason=reason)
    notices.tell_office(meeting, "minutes_were_returned", at=at, tone="r", reason=reason)
    return minutes
