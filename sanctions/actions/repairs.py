"""Credit repair (信用修复): an application with a commitment, decided by a second person; granted, the burden is lifted."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import start_clock
from departments.models import Department, User
from sanctions import notices
from sanctions.actions.common import (
    REPAIR,
    check_running,
    end_clock,
    keep,
    lock_sanction,
    needed,
    on_or_before,
)
from sanctions.actions.weights import end_applied, end_entry, settle
from sanctions.enums import APPLIED_LIVE, Effect, EntryStatus, ListKind, RepairStatus
from sanctions.masking import public_name
from sanctions.models import AppliedMeasure, ListEntry, MeasureTask, Repair

REPAIRED = gettext_noop("Credit repair granted: %(reason)s")
# what ends by its term or by a reversal only
NOT_REPAIRED = (Effect.BAR, Effect.PERSON_BAR, Effect.PERMANENT)


def _lock(applied: AppliedMeasure | None, entry: ListEntry | None) -> None:
    """:raises WrongState: there is nothing (any more) that could be repaired, or it is being reviewed"""
    sanction = applied.sanction if applied is not None else entry.sanction if entry is not None else None
    if sanction is not None:
        lock_sanction(sanction)
        check_running(sanction)
    if applied is not None:
        MeasureTask.objects.select_for_update(of=("self",), no_key=True).get(pk=applied.task_id)
        applied.refresh_from_db()
        if applied.status not in APPLIED_LIVE:
            raise WrongState(state=applied.status)
    else:
        assert entry is not None
        ListEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
        entry.refresh_from_db()
        if entry.status != EntryStatus.LISTED:
            raise WrongState(state=entry.status)


@transaction.atomic
def apply_repair(
    *, applied: AppliedMeasure | None = None, entry: ListEntry | None = None, applied_on: dt.date, grounds: str,
    commitment: str, scan: Any, by: User, at: dt.datetime,
) -> Repair:  # fmt: skip
    """Record the written application of the subject, with its commitment.

    :raises BadInput: a bar or the permanent list, no grounds or commitment, no scan, a day ahead or before it began, one
        is open already
    :raises WrongState: see `_lock`
    """
    given = {"grounds": needed(grounds, "grounds", 500), "commitment": needed(commitment, "commitment", 500)}
    _lock(applied, entry)
    if applied is not None and applied.measure.effect in NOT_REPAIRED:
        raise BadInput(_("A cancellation and its bar end by their term, or when the decision is reversed."))
    if entry is not None and entry.kind in (ListKind.PERMANENT, ListKind.RED):
        raise BadInput(
            _("The permanent blacklist ends when the judgment is reversed; the red list needs no repair.")
        )
    thing = applied or entry
    assert thing is not None and thing.since is not None  # by the state
    on_or_before(applied_on, local_date(at), "applied_on")
    if applied_on < thing.since:
        raise BadInput(_("It had not begun on that day."), field="applied_on")
    if scan is None:
        raise BadInput(_("Add the scan of the application with the commitment."), field="scan")
    if Repair.objects.filter(applied=applied, entry=entry, status=RepairStatus.APPLIED).exists():
        raise BadInput(_("An application is being decided already."))
    department: Department = thing.department
    repair = Repair.objects.create(
        region=department.region, department=department, sanction=thing.sanction, applied=applied, entry=entry,
        subject=thing.subject, applied_on=applied_on, recorded_by=by, recorded_at=at, created_at=at, updated_at=at,
        **given, **keep(scan, "scan"),
    )  # fmt: skip
    start_clock(
        code=REPAIR, target=repair, department=department, region_id=department.region_id, at=at, by=by
    )
    notices.of_department("repair_applied", repair, by=by, at=at, subject=public_name(repair.subject))
    told = [user for user in notices.people(department, *notices.SIGNING, at=at) if user.pk != by.pk]
    notices.tell(told, "repair_to_decide", repair, at=at, department=department)
    return repair


@transaction.atomic
def decide_repair(*, repair: Repair, granted: bool, reason: str, by: User, at: dt.datetime) -> Repair:
    """Grant it, which lifts the measure or takes the entry off its list, or refuse it.

    :raises BadInput: no reason
    :raises FourEyes: the same person recorded it
    :raises WrongState: it is decided, or fell with what it is about
    """
    reason = needed(reason, most=300)
    if granted:
        _lock(repair.applied, repair.entry)
    elif repair.sanction is not None:
        lock_sanction(repair.sanction)
    Repair.objects.select_for_update(of=("self",)).get(pk=repair.pk)
    repair.refresh_from_db()
    if repair.status != RepairStatus.APPLIED:
        raise WrongState(state=repair.status)
    if repair.recorded_by_id == by.pk:
        raise FourEyes(_("Who recorded the application does not decide it."))
    end_clock(repair, REPAIR, by, at)
    new = RepairStatus.GRANTED if granted else RepairStatus.REFUSED
    move(repair, new, at=at, decided_by=by, decided_at=at, reason=reason)
    if granted:
        why = for_the_record(REPAIRED, reason=reason)
        if repair.applied is not None:
            end_applied(repair.applied, why, by, at)
            task = MeasureTask.objects.select_related("sanction", "department", "person").get(
                pk=repair.applied.task_id
            )
            settle(task, by, at)
        else:
            assert repair.entry is not None  # by the database
            end_entry(repair.entry, why, by, at)
    verb = "repair_granted" if granted else "repair_refused"
    notices.of_department(verb, repair, by=by, at=at, subject=public_name(repair.subject), reason=reason)
    notices.tell(
        [repair.recorded_by], f"{verb}_told", repair, at=at, department=repair.department, tone="g" if granted else "r",
        reason=reason,
    )  # fmt: skip
    return repair
