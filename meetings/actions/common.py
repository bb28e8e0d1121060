"""What the verbs of meetings have in common: the lock, and what a person must have written."""

import datetime as dt

from django.utils.translation import gettext as _

from core.dates import local_date, start_of
from core.refusals import BadInput, WrongState
from departments.enums import OUTSIDE_CASES
from departments.models import Department, Post, User
from meetings.enums import OPEN_MEETING
from meetings.models import AgendaItem, Meeting

LONGEST_NAME = 40  # characters: of a person of a department without an account

def needed(text: str, field: str = "reason", sentence: str = "") -> str:
    """:raises BadInput: nothing was written"""
    if not text.strip():
        raise BadInput(sentence or _("Give a reason."), field=field)
    return text.strip()


def fitting(text: str, most: int, field: str = "text") -> str:
    """`text` without the returns a browser sends, if it has no more than `most` characters.

    :raises BadInput: it has more
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise BadInput(
            _("%(n)d characters: at most %(most)d are kept here. Hand the rest in as material.")
            % {"n": len(text), "most": most},
            field=field,
        )
    return text


def said_at(paper_on: dt.date | None, at: dt.datetime) -> dt.datetime:
    """When something was said: at noon of the day on its paper (FACTS §2.8: not when it was entered), else at `at`."""
    return at if paper_on is None else min(at, start_of(paper_on) + dt.timedelta(hours=12))


def lock_meeting(meeting: Meeting) -> None:
    """The meeting's row for this transaction, and `meeting` as it is now."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    meeting.refresh_from_db()


def lock_open(meeting: Meeting) -> None:
    """As `lock_meeting`.

    :raises WrongState: the meeting is over: its agenda does not change any more
    """
    lock_meeting(meeting)
    if meeting.status not in OPEN_MEETING:
        raise WrongState(_("The meeting is over: its agenda does not change any more."))


def lock_item(item: AgendaItem) -> None:
    """The item's meeting, open, then the item as it is now.

    :raises WrongState: the meeting is over
    """
    lock_open(item.meeting)
    item.refresh_from_db()


def named(
    department: Department, person: User | None, name: str, at: dt.datetime, field: str = "person"
) -> tuple[User | None, str]:
    """(person, "") of a department that works here; (None, name) of one without an account (C33: 明确责任到人).

    :raises BadInput: nobody is named, or see `in_charge`
    """
    if not department.has_account:
        return None, needed(fitting(name, LONGEST_NAME, field), field, _("Name the responsible person."))
    if person is None:
        raise BadInput(_("Name the responsible person."), field=field)
    in_charge(department, person, at, field)
    return person, ""


def in_charge(department: Department, person: User, at: dt.datetime, field: str = "person") -> None:
    """:raises BadInput: the person holds no business post in the department today (left, moved, never there)"""
    held = Post.objects.current(local_date(at)).filter(user=person, department=department)
    if not person.is_active or not held.exclude(role__in=OUTSIDE_CASES).exists():
        raise BadInput(
            _("%(name)s holds no post in %(department)s any more. Choose somebody who does.")
            % {"name": person.name, "department": department},
            field=field,
        )
