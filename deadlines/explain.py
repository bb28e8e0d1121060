"""“Why this date”: every day of a clock with its reason, for the strip, the page and the letter."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import local_date
from core.seeded import seeded
from deadlines.calendar import Calendar
from deadlines.enums import ChangeKind, DeadlineStatus, Unit
from deadlines.lamps import lamp_of

_NATURAL = (Unit.DAY, Unit.MONTH, Unit.HOUR)
MOST_DAYS = 200  # beyond that, only the days around the marked ones are listed
NEAR = 10


@dataclass(frozen=True)
class Day:
    """One calendar day of a clock.

    kind: start | counted | makeup | holiday | weekend | paused | due | today. index: its number among the
    counted days, 0 for the start, None where it is not counted. label: the reason, in the reader's language.
    """

    date: dt.date
    kind: str
    label: str
    index: int | None
    provisional: bool = False

    @property
    def why(self) -> str:
        return self.label

    @property
    def off(self) -> bool:
        return self.index is None


@dataclass(frozen=True)
class Explanation:
    """What `{% strip %}` draws, and the sentence of letters."""

    days: list[Day]
    sentence: str
    started_on: dt.date
    due_on: dt.date
    today: dt.date
    lamp: str
    provisional: bool


def explain(
    deadline: Any, today: dt.date, *, calendar: Calendar | None = None, changes: Iterable[Any] | None = None
) -> Explanation:
    """Every day from the start to the last day (or today, once late), counted or skipped and why.

    Pass `calendar` and prefetched `changes` where many clocks are drawn.
    """
    calendar = calendar or Calendar.current()
    changes = list(deadline.changes.all() if changes is None else changes)
    until = deadline.due_on
    if deadline.ended_at is None:
        until = max(until, today)
    paused = _paused(deadline, changes, until)
    days = list(_days(deadline, calendar, paused, until, today, _whole(deadline, changes)))
    if len(days) > MOST_DAYS:
        marks = (deadline.started_on, deadline.due_on, today)
        days = [day for day in days if any(abs((day.date - mark).days) <= NEAR for mark in marks)]
    return Explanation(
        days=days,
        sentence=_sentence(deadline, calendar, changes),
        started_on=deadline.started_on,
        due_on=deadline.due_on,
        today=today,
        lamp=lamp_of(deadline, today, calendar).color,
        provisional=deadline.provisional,
    )


def _paused(deadline: Any, changes: list[Any], until: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The days the clock stood: after the day of the pause, up to and with the day it went on."""
    spans, since = [], None
    for change in changes:
        if change.kind == ChangeKind.PAUSE:
            since = local_date(change.at)
        elif change.kind == ChangeKind.RESUME and since is not None:
            spans.append((since, local_date(change.at)))
            since = None
    if since is not None:
        spans.append((since, until))
    return spans


def _days(
    deadline: Any,
    calendar: Calendar,
    paused: list[tuple[dt.date, dt.date]],
    until: dt.date,
    today: dt.date,
    whole: int | None,
) -> Iterator[Day]:
    index = 0
    for number in range((until - deadline.started_on).days + 1):
        date = deadline.started_on + dt.timedelta(number)
        kind, label = _reason(deadline, calendar, paused, date)
        if date == deadline.started_on:
            place: int | None = 0
        elif kind in ("paused", "holiday", "weekend") and not (
            deadline.unit in _NATURAL and kind != "paused"
        ):
            place = None
        elif whole is not None and index >= whole and date <= deadline.due_on:
            place = None  # reached because the last day was a day off: not a fourth day of three
            label = label or _("moved here from a last day off")
        else:
            index += 1
            place = index
        if date == deadline.due_on:
            kind, label = "due", _due_label(label)
        elif date == today and kind == "counted":
            kind = "today"
        yield Day(date, kind, label, place, date.year not in calendar.published)


def _whole(deadline: Any, changes: list[Any]) -> int | None:
    """How many days a limit of natural days gives, its extensions by days with it; None where no day is moved.

    After an agreed date the last day is meant as it stands: it is a counted day.
    """
    if deadline.unit != Unit.DAY or not deadline.rule.roll_over:
        return None
    whole: int = deadline.amount
    for change in changes:
        if change.kind == ChangeKind.EXTEND:
            if change.new_date is not None:
                return None
            whole += change.amount or 0
    return whole


def _reason(
    deadline: Any, calendar: Calendar, paused: list[tuple[dt.date, dt.date]], date: dt.date
) -> tuple[str, str]:
    if date == deadline.started_on:
        if deadline.unit == Unit.HOUR:
            return "start", _("runs from this moment")
        return "start", _("start, not counted")
    if any(a < date <= b for a, b in paused):
        return "paused", _("the clock stood")
    kind = calendar.kind(date)
    if kind == "weekend":
        return kind, _("weekend")
    if kind == "holiday":
        return kind, seeded(calendar.name(date)) or _("day off")
    if kind == "makeup":
        notice = calendar.notice(date)
        return kind, (_("make-up workday, %s") % notice) if notice else _("make-up workday")
    return "counted", ""


def _moved(change: Any) -> str:
    values = {"old": change.old_due_on.isoformat(), "new": change.new_due_on.isoformat(), "why": change.reason}
    return (
        _("Moved from %(old)s to %(new)s: %(why)s.") if change.reason else _("Moved from %(old)s to %(new)s.")
    ) % values


def without_words(deadline: Any) -> Any:
    """The same clock in hand, its changes loaded, without what people wrote about it. Not to be saved."""
    deadline.late_reason = ""
    for change in deadline.changes.all():
        change.reason = ""
    return deadline


def _due_label(label: str) -> str:
    return _("%s; last day") % label if label else _("last day")


def limit_words(amount: int | None, unit: str) -> str:
    """`3 working days`, or `fixed date`, in the reader's language."""
    n = amount or 0
    if unit == Unit.WORKING_DAY:
        return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}
    if unit == Unit.DAY:
        return ngettext("%(n)d natural day", "%(n)d natural days", n) % {"n": n}
    if unit == Unit.MONTH:
        return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}
    if unit == Unit.HOUR:
        return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
    return _("a fixed date")


def _sentence(deadline: Any, calendar: Calendar, changes: list[Any]) -> str:
    """Why the last day is that day, in one or a few sentences."""
    values = {
        "start": deadline.started_on.isoformat(),
        "due": deadline.due_on.isoformat(),
        "limit": limit_words(deadline.amount, deadline.unit),
    }
    if deadline.unit == Unit.DATE:
        parts = [_("The last day is stated: %(due)s.") % values]
    elif deadline.unit == Unit.HOUR:
        parts = [_("%(limit)s from the moment; nothing is skipped. The last day is %(due)s.") % values]
    elif deadline.unit == Unit.WORKING_DAY:
        parts = [_("Runs from %(start)s (not counted), %(limit)s: the last day is %(due)s.") % values]
        skipped = _skipped(deadline, calendar)
        if skipped:
            parts.append(_("Days off in between: %s.") % skipped)
    else:
        parts = [_("Runs from %(start)s (not counted), %(limit)s: the last day is %(due)s.") % values]
        if deadline.rule.roll_over:
            parts.append(_("A last day off would move to the next working day."))
    moves = [change for change in changes if change.old_due_on != change.new_due_on]
    parts += [_moved(each) for each in moves]
    if deadline.status == DeadlineStatus.PAUSED:
        parts.append(_("The clock stands; what was left will be given back."))
    if deadline.provisional:
        parts.append(
            _("A year it runs through has no published calendar yet: counted Monday to Friday, provisional.")
        )
    return _("{} {}").replace("{}", "").join(parts)


def _skipped(deadline: Any, calendar: Calendar) -> str:
    """The named holidays between start and due date, each once; weekends go without saying."""
    names: list[str] = []
    span = min((deadline.due_on - deadline.started_on).days, MOST_DAYS)
    for number in range(1, span):
        date = deadline.started_on + dt.timedelta(number)
        if calendar.kind(date) == "holiday":
            name = seeded(calendar.name(date).split("（")[0])
            if name and name not in names:
                names.append(name)
    return _(", ").join(names)
