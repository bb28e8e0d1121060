"""What happens to a running clock: pause, resume, extend, and a changed calendar. Every change is a dated row,
the due date is replayed from the rows, and the old date stays on the record."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date, too_far
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines import notices
from deadlines.actions.guard import carry, check_clock, lock, lock_cases, tell_lamps
from deadlines.calendar import Calendar
from deadlines.counting import Due, replay
from deadlines.enums import ChangeKind, DeadlineStatus, Stage, Unit
from deadlines.models import Deadline, DeadlineChange
from departments.models import User


def _begin(deadline: Deadline, at: dt.datetime, reason: str) -> tuple[Deadline, list[DeadlineChange]]:
    """The locked row and its changes; refused without a reason or before what already happened."""
    now = lock(deadline)
    changes = list(now.changes.order_by("id"))
    check_clock(at, now.started_at, *(change.at for change in changes))
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    return now, changes


def _stages(now: Deadline, due: Due) -> dict[str, Any]:
    """The columns of a clock with a new due date: its stages begin again for the new date."""
    return {**due.fields(), "stage": Stage.FRESH, "next_at": due.warn_at}


def _row(
    now: Deadline, kind: str, due_on: dt.date, at: dt.datetime, by: Any, reason: str, **fields: Any
) -> Any:
    return DeadlineChange(
        deadline=now,
        kind=kind,
        at=at,
        by_id=by.pk if by is not None else None,
        reason=reason.strip()[:300],
        old_due_on=now.due_on,
        new_due_on=due_on,
        **fields,
    )


@transaction.atomic
def pause_clock(
    *, deadline: Deadline, at: dt.datetime, reason: str, since: dt.datetime | None = None, by: User | None = None
) -> Deadline:
    """Stop counting (令4号 art. 45: tests, hearings, expert time are excluded; completion of material).

    since: when it stopped, where that is written down afterwards (what was said on paper); else `at`.

    :raises ClockJumped: before the clock began or last changed, or after now
    :raises BadInput: no reason given (field `reason`)
    :raises WrongState: the clock does not run
    """
    now, changes = _begin(deadline, at, reason)
    since = max(since or at, *(change.at for change in changes), now.started_at)
    check_clock(at, since)
    row = _row(now, ChangeKind.PAUSE, now.due_on, since, by, reason)
    late = since >= now.due_at or (now.late and not since < now.due_at <= at)  # what came after the paper does not count
    move(now, DeadlineStatus.PAUSED, at=at, paused_at=since, next_at=None, late=late)
    row.save()
    notices.note("deadline.paused", deadline=now, by=by, at=at, reason=reason)
    tell_lamps([now.case_id], at)
    carry(deadline, now)
    return deadline


@transaction.atomic
def resume_clock(
    *, deadline: Deadline, at: dt.datetime, reason: str, since: dt.datetime | None = None, by: User | None = None
) -> Deadline:
    """Count on with what was left; the due date moves by the time the clock stood.

    since: when it began to run again, where that is written down afterwards (what was served on paper); else `at`.

    :raises ClockJumped: before the clock was paused, or after now
    :raises BadInput: no reason given (field `reason`)
    :raises WrongState: the clock does not stand
    """
    now, changes = _begin(deadline, at, reason)
    since = since or at
    check_clock(at, since)
    check_clock(since, now.paused_at)
    row = _row(now, ChangeKind.RESUME, now.due_on, since, by, reason)
    if now.status != DeadlineStatus.PAUSED:
        raise WrongState(state=now.status)
    due = replay(now, [*changes, row], Calendar.fresh())
    row.new_due_on = due.due_on
    fields = _stages(now, due)
    if due.due_on == now.due_on:  # nothing was given back: what has fired has fired
        fields |= {"stage": now.stage, "next_at": _next_at(now.stage, due)}
    move(now, DeadlineStatus.RUNNING, at=at, paused_at=None, **fields)
    row.save()
    notices.note("deadline.resumed", deadline=now, by=by, at=at, due_on=due.due_on, reason=reason)
    tell_lamps([now.case_id], at)
    carry(deadline, now)
    return deadline


def _next_at(stage: str, due: Due) -> dt.datetime | None:
    """When the stage after `stage` falls due."""
    return {Stage.FRESH: due.warn_at, Stage.WARNED: due.due_at, Stage.OVERDUE: due.escalate_at}.get(
        Stage(stage)
    )


@transaction.atomic
def extend_clock(
    *,
    deadline: Deadline,
    at: dt.datetime,
    reason: str,
    by: User | None = None,
    new_due_on: dt.date | None = None,
    amount: int | None = None,
) -> Deadline:
    """Give more time: to an agreed date, or by an amount in the clock's own unit, counted from the old last day.

    The old date stays on the record, and what is late stays late. The owners are told.

    :raises ClockJumped: before the clock began or last changed
    :raises BadInput: not exactly one of both, not later than now due, in the past, or no reason
    :raises WrongState: the clock does not run
    """
    now, changes = _begin(deadline, at, reason)
    if now.status != DeadlineStatus.RUNNING:
        raise WrongState(state=now.status)
    if (new_due_on is None) == (amount is None):
        raise BadInput(_("State either the new last day or how much longer."), field="new_due_on")
    field = "new_due_on" if amount is None else "amount"
    if amount is not None and (amount < 1 or now.unit == Unit.DATE):
        raise BadInput(_("State the new last day."), field=field)
    if new_due_on is not None and too_far(new_due_on, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field=field)
    row = _row(now, ChangeKind.EXTEND, now.due_on, at, by, reason, amount=amount, new_date=new_due_on)
    due = replay(now, [*changes, row], Calendar.fresh())
    if due.due_at <= now.due_at:
        raise BadInput(_("The new last day must be later than the old one."), field=field)
    if due.due_on < local_date(at):
        raise BadInput(_("The new last day lies in the past."), field=field)
    row.new_due_on = due.due_on
    old = now.due_on
    _store(now, at, late=now.late or at >= now.due_at, **_stages(now, due))
    row.save()
    notices.note("deadline.extended", deadline=now, by=by, at=at, old=old, new=due.due_on, reason=reason)
    notices.tell("deadline.extended", deadline=now, at=at, but=by, old=old, new=due.due_on, reason=reason)
    tell_lamps([now.case_id], at)
    carry(deadline, now)
    return deadline


def _store(now: Deadline, at: dt.datetime, **fields: Any) -> None:
    """Write columns of a row this transaction holds locked; its state stays."""
    fields |= {"updated_at": at, "version": now.version + 1}
    for name, value in fields.items():
        setattr(now, name, value)
    now.save(update_fields=list(fields))


@transaction.atomic
def recalculate_open(*, at: dt.datetime, reason: str, by: User | None = None) -> int:
    """Count every open clock again after the calendar changed; how many due dates moved.

    Each moved clock keeps its old date in a row, and its owners are told. A clock that was late only by the
    old date is late no longer.
    """
    lock_cases(Deadline.objects.open().values_list("case_id", flat=True).distinct())
    calendar = Calendar.fresh()
    open_ones = (
        Deadline.objects.open()
        .select_related("rule", "department__region", "to_department", "person")
        .select_for_update(of=("self",))
        .prefetch_related("changes", "firings")
        .order_by("id")
    )
    moved = []
    for now in open_ones:
        due = replay(now, now.changes.all(), calendar)
        if all(getattr(now, name) == value for name, value in due.fields().items()):
            continue
        old = now.due_on
        if due.due_on == old:
            _store(now, at, **due.fields(), next_at=_next_at(now.stage, due) if now.next_at else None)
            continue
        row = _row(now, ChangeKind.RECALCULATE, due.due_on, at, by, reason)
        fields = _stages(now, due)
        if now.status == DeadlineStatus.PAUSED:
            fields["next_at"] = None
        _store(now, at, late=_still_late(now, due, at), **fields)
        row.save()
        notices.note(
            "deadline.recalculated", deadline=now, by=by, at=at, old=old, new=due.due_on, reason=reason
        )
        notices.tell("deadline.recalculated", deadline=now, at=at, old=old, new=due.due_on, reason=reason)
        moved.append(now)
    tell_lamps((now.case_id for now in moved), at)
    return len(moved)


def _still_late(now: Deadline, due: Due, at: dt.datetime) -> bool:
    """Late by another date than the one that was counted wrongly, or late by the new one."""
    if not now.late or at >= due.due_at:
        return now.late
    late_dates = {firing.due_on for firing in now.firings.all() if firing.stage == Stage.OVERDUE}
    return bool(late_dates - {now.due_on}) or any(
        change.kind in (ChangeKind.EXTEND, ChangeKind.PAUSE) and local_date(change.at) > change.old_due_on
        for change in now.changes.all()
    )
