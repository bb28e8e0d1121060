"""What the verbs of publication, points and scores share: what must be written, the record, whom to tell, clocks."""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Subject
from core.dates import EARLIEST, local_date, start_of
from core.refusals import BadInput
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.models import Department, User
from journal.actions import notify, record
from sanctions.enums_credit import UNRELEASED
from sanctions.models import Publication
from sanctions.notices import may_know


def needed(text: str, field: str = "reason", sentence: str = "") -> str:
    """:raises BadInput: nothing was written"""
    if not text.strip():
        raise BadInput(sentence or _("Give a reason."), field=field)
    return text.strip()


def past_day(day: dt.date | None, at: dt.datetime) -> str:
    """What is wrong with a day on which something has happened: a sentence, or nothing."""
    if day is None:
        return _("Fill this in.")
    if day > local_date(at):
        return _("The date lies in the future.")
    return _("The date lies before the year 2000.") if day < EARLIEST else ""


def note(verb: str, thing: Any, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    """One event about a thing of a department; it stands in no case."""
    where = SimpleNamespace(pk=None, owner_id=thing.department_id, region_id=thing.region_id)
    record(f"sanction.{verb}", target=thing, by=by, at=at, case=where, **params)


def tell(
    thing: Any, verb: str, *roles: str, at: dt.datetime, department: Department | None = None, tone: str = "y",
    but: User | None = None, dedupe: str | None = None, **params: Any,
) -> int:  # fmt: skip
    """Tell who holds one of these posts in the department, the thing's own unless another is named."""
    to = department or thing.department
    people: Iterable[User] = User.objects.acting_for(to, *roles, on=local_date(at)).order_by("pk")
    if isinstance(thing, Publication) and thing.status in UNRELEASED:
        people = may_know(people, thing.case, to)  # until it is released it goes with its case
    if but is not None:
        people = [each for each in people if each.pk != but.pk]
    return notify(
        people, f"sanction.{verb}", target=thing, at=at, department=to, tone=tone, dedupe=dedupe, **params
    )


def begin(code: str, thing: Any, *, since: dt.date, by: User | None, at: dt.datetime) -> None:
    """Start a clock on a thing from the first instant of a day that may lie back."""
    start_clock(
        code=code, target=thing, department=thing.department, region_id=thing.region_id,
        started_at=min(start_of(since), at), by=by, at=at,
    )  # fmt: skip


def met(code: str, thing: Any, *, done_on: dt.date, by: User | None, at: dt.datetime) -> None:
    """End the clock of this code, where one runs, by what was done on that day."""
    clock = open_clock(thing, code)
    if clock is not None:
        done = max(min(start_of(done_on) + dt.timedelta(hours=12), at), clock.started_at)
        meet_clock(deadline=clock, at=at, done_at=done, by=by)


def stopped(code: str, thing: Any, *, reason: str, by: User | None, at: dt.datetime) -> None:
    """Nobody owes it any more."""
    clock = open_clock(thing, code)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, reason=reason, by=by)


def lock_subject(subject: Subject) -> Subject:
    """The subject's row for the rest of the transaction: what is added up of it is added up by one at a time."""
    return Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)


def lock(thing: Any) -> None:
    """The thing's row for the rest of the transaction, and `thing` as it is now."""
    type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    thing.refresh_from_db()
