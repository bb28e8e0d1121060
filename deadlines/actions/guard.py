"""What every action on a clock does first and last: refuse a clock that jumps, lock in order, tell the lamps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import registry
from deadlines.models import Deadline, SweepMark
from deadlines.refusals import ClockJumped

# No house stands unattended for longer: an instant further beyond the last sweep is a broken clock.
FAR = dt.timedelta(days=366)


def check_clock(at: dt.datetime, *not_before: dt.datetime | None) -> None:
    """Refuse an instant before what it follows, or far beyond the last sweep.

    :raises ClockJumped: as said
    """
    mark = SweepMark.objects.filter(pk=1).values_list("last_at", flat=True).first()
    if any(before is not None and at < before for before in not_before) or (mark and at > mark + FAR):
        raise ClockJumped


def lock(deadline: Deadline) -> Deadline:
    """The clock's row, locked after its case (the order of the house), as it is now."""
    lock_cases([deadline.case_id])
    return (
        Deadline.objects.select_related("rule", "department__region", "to_department", "person")
        .select_for_update(of=("self",))
        .get(pk=deadline.pk)
    )


def lock_cases(ids: Iterable[int | None]) -> None:
    """Lock these cases in order of id, where the room of cases is installed."""
    known = sorted({pk for pk in ids if pk is not None})
    locker = registry.lockers.get("case")
    if known and locker is not None:
        locker(known)


def tell_lamps(ids: Iterable[int | None], at: dt.datetime) -> None:
    """Let cases renew their copies of lamp and next due date."""
    known = sorted({pk for pk in ids if pk is not None})
    if known:
        for listener in registry.lamp_listeners:
            listener(known, at)


def carry(old: Deadline, new: Deadline) -> None:
    """Give the caller's object what the locked row now holds."""
    for field in Deadline._meta.concrete_fields:
        setattr(old, field.attname, getattr(new, field.attname))


def target_pair(target: Any) -> tuple[str, int]:
    """(kind, id) of a model instance with `kind_code`, or of a pair given as such."""
    return target if isinstance(target, tuple) else (target.kind_code, target.pk)
