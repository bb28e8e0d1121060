"""催办 and 督办 of many clocks at once: each is loaded, asked for and done by itself, and answers with a line of its own.

What is done to the thing a clock hangs on belongs to its room (`registry.clock_presses`); where that counts no reminders,
the clock does (`deadlines.actions.reminders`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import registry
from core.refusals import Refused
from deadlines import rules
from deadlines.actions.reminders import remind_clock
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline
from departments.models import User

MOST = 100
CHASE, SUPERVISE = "chase", "supervise"


@dataclass(frozen=True)
class Line:
    """What became of one clock: done, or the sentence why not; `url` leads to what was made. deadline: None for a
    stranger's id."""

    pk: int
    deadline: Deadline | None
    done: bool
    sentence: str
    url: str = ""


def chosen(ids: Iterable[int], user: User) -> list[Deadline]:
    """The clocks of these ids the person watches, in their order; of a stranger's nothing."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    known = Deadline.objects.watched_by(user).filter(pk__in=wanted)
    found = known.select_related("department__region", "to_department", "person", "rule").in_bulk()
    return [found[pk] for pk in wanted if pk in found]


def chase_many(ids: Iterable[int], *, by: User, at: dt.datetime) -> list[Line]:
    """催办: each at most once a working day."""

    def act(deadline: Deadline) -> tuple[str, str]:
        press = registry.clock_presses.get(deadline.target_kind)
        said = press.chase(deadline, by=by, at=at) if press is not None and press.chase is not None else None
        if said is None:
            number = remind_clock(deadline=deadline, by=by, at=at).number
            said = _("Chased, reminder no. %(n)d.") % {"n": number}
        return str(said), ""

    return _each(ids, by, act)


def supervise_many(
    ids: Iterable[int], *, demand: str, reply_on: dt.date, by: User, at: dt.datetime
) -> list[Line]:
    """督办: a letter to who is late, drafted for each by its room."""

    def act(deadline: Deadline) -> tuple[str, str]:
        press = registry.clock_presses.get(deadline.target_kind)
        if press is None or press.supervise is None:
            raise Refused(_("No letter of supervision is written about this kind of matter. Chase it instead."))
        said, url = press.supervise(deadline, demand=demand, reply_on=reply_on, by=by, at=at)
        return str(said), url

    return _each(ids, by, act)


def _each(ids: Iterable[int], by: User, act: Any) -> list[Line]:
    wanted = list(dict.fromkeys(ids))[:MOST]
    found = {deadline.pk: deadline for deadline in chosen(wanted, by)}
    return [_one(pk, found.get(pk), by, act) for pk in wanted]


def _one(pk: int, deadline: Deadline | None, by: User, act: Any) -> Line:
    if deadline is None:
        return Line(pk, None, False, _("There is no such clock."))
    if deadline.status in (DeadlineStatus.MET, DeadlineStatus.CANCELLED):
        return Line(pk, deadline, False, _("This is done: there is nobody to remind."))
    if deadline.status == DeadlineStatus.PAUSED:
        return Line(pk, deadline, False, _("The clock is paused: nobody has to act now."))
    if not rules.can_remind(by, deadline):
        return Line(pk, deadline, False, _("Your department neither owes this nor waits for it."))
    try:
        sentence, url = act(deadline)
    except Refused as refusal:
        return Line(pk, deadline, False, str(refusal))
    return Line(pk, deadline, True, sentence, url)
