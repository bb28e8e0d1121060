"""Whether a determination stands: suspended while reviewed, resumed, or annulled with all that hangs on it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date
from core.refusals import FourEyes, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import pause_clock, resume_clock
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline
from departments.models import User
from sanctions import notices
from sanctions.actions.common import drop_clocks, lock_sanction, needed
from sanctions.actions.proposing import end
from sanctions.actions.weights import check_permanent, check_reversal, end_applied, end_entry, stand_again
from sanctions.enums import (
    APPLIED_LIVE,
    STANDING,
    TASK_OVER,
    AppliedStatus,
    BarStatus,
    EntryStatus,
    MeasureTaskStatus,
    SanctionStatus,
)
from sanctions.models import MeasureTask, Sanction

REVIEWED = gettext_noop("The decision it rests on was taken up again.")
REVIEW_OVER = gettext_noop("The review is over, the decision stands.")


def _second(sanction: Sanction, by: User) -> None:
    """:raises FourEyes: the same person determined it"""
    if sanction.determined_by_id == by.pk:
        raise FourEyes(_("Who determined a sanction does not suspend it, let it count again or let it fall."))


def _tasks(sanction: Sanction) -> list[MeasureTask]:
    found = sanction.tasks.select_related("department", "person", "sanction__subject").order_by("pk")
    return list(found.select_for_update(of=("self",), no_key=True))


@transaction.atomic
def suspend_sanction(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """Nothing that hangs on it counts until the review is over; the clocks of the departments stand still.

    Terms run on: whoever is burdened is not burdened longer.

    :raises BadInput: no reason
    :raises FourEyes: the same person determined it
    :raises WrongState: it does not stand, or is suspended
    """
    reason = needed(reason)
    lock_sanction(sanction, *STANDING)
    _second(sanction, by)
    return _suspend(sanction, reason, by, at)


@transaction.atomic
def suspend_with_decision(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """The decision it rests on was taken up again: it does not count meanwhile, whoever did that.

    :raises WrongState: see `suspend_sanction`
    """
    lock_sanction(sanction, *STANDING)
    return _suspend(sanction, reason, by, at)


def _suspend(sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    if sanction.suspended_at is not None:
        raise WrongState(_("It is suspended already."))
    sanction.suspended_by, sanction.suspended_at, sanction.reason = by, at, reason
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=["suspended_by", "suspended_at", "reason", "updated_at", "version"])
    for applied in sanction.applied.filter(status__in=APPLIED_LIVE).order_by("pk"):
        move(applied, AppliedStatus.SUSPENDED, at=at)
    for bar in sanction.bars.filter(status=BarStatus.IN_FORCE).order_by("pk"):
        move(bar, BarStatus.SUSPENDED, at=at)
    for entry in sanction.entries.filter(status=EntryStatus.LISTED).order_by("pk"):
        move(entry, EntryStatus.SUSPENDED, at=at)
    for task in _tasks(sanction):
        if task.status not in TASK_OVER:
            running = Deadline.objects.of(task.kind_code, task.pk).filter(status=DeadlineStatus.RUNNING)
            for clock in running.order_by("pk"):
                pause_clock(deadline=clock, at=at, reason=reason[:200], by=by)
        notices.of_department("task_suspended", task, by=by, at=at, reason=reason)
        notices.tell_task("task_was_suspended", task, at=at, tone="r", reason=reason)
    notices.note("suspended", sanction, by=by, at=at, reason=reason)
    return sanction


@transaction.atomic
def resume_sanction(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """The review is over and the decision stands: everything counts again, each department is to look at its measures.

    :raises BadInput: no reason
    :raises FourEyes: the same person determined it
    :raises WrongState: it is not suspended
    """
    reason = needed(reason)
    lock_sanction(sanction, *STANDING)
    if sanction.suspended_at is None:
        raise WrongState(_("It is not suspended."))
    _second(sanction, by)
    return _resume(sanction, reason, by, at)


def _resume(sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    sanction.suspended_by, sanction.suspended_at, sanction.reason = None, None, ""
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=["suspended_by", "suspended_at", "reason", "updated_at", "version"])
    related = ("measure", "subject", "department", "task__department", "sanction__region")
    again = sanction.applied.filter(status=AppliedStatus.SUSPENDED).select_related(
        *related, "sanction__determination_document"
    )
    for applied in again.order_by("pk"):
        back = AppliedStatus.EXECUTED if applied.executed_at is not None else AppliedStatus.DECIDED
        move(applied, back, at=at)
        stand_again(applied, by, at)
    for bar in sanction.bars.filter(status=BarStatus.SUSPENDED).order_by("pk"):
        move(bar, BarStatus.IN_FORCE, at=at)
    for entry in sanction.entries.filter(status=EntryStatus.SUSPENDED).order_by("pk"):
        move(entry, EntryStatus.LISTED, at=at)
    for task in _tasks(sanction):
        paused = Deadline.objects.of(task.kind_code, task.pk).filter(status=DeadlineStatus.PAUSED)
        for clock in paused.order_by("pk"):
            resume_clock(deadline=clock, at=at, reason=reason[:200], by=by)
        notices.of_department("task_resumed", task, by=by, at=at, reason=reason)
        notices.tell_task("task_was_resumed", task, at=at, reason=reason)
    notices.note("resumed", sanction, by=by, at=at, reason=reason)
    return sanction


@transaction.atomic
def annul_sanction(
    *, sanction: Sanction, reason: str, number: str = "", reversed_on: dt.date | None = None, by: User, at: dt.datetime
) -> list[str]:  # fmt: skip
    """The determination falls: measures, bars and entries are lifted, open tasks are not wanted any more.

    What was lifted, by name; each department is told. number, reversed_on: of the decision or judgment that reverses it,
    where a bar runs or the subject stands on the permanent list.

    :raises BadInput: no reason, no number or day where they are needed (fields `number`, `reversed_on`)
    :raises FourEyes: the same person determined it; the head alone takes who stands on the permanent list off it
    :raises Refused: the permanent list is the head's (DESIGN §2)
    :raises WrongState: it does not stand
    """
    reason, number = needed(reason), number.strip()[:60]
    lock_sanction(sanction, *STANDING)
    if not check_permanent(sanction.entries.all(), number, by):
        _second(sanction, by)
    check_reversal(sanction.bars.all(), number, reversed_on, at)
    return _fall(sanction, f"{reason}（{number}）" if number else reason, number, reversed_on, by, at)


@transaction.atomic
def fall_with_decision(*, sanction: Sanction, reason: str, number: str, by: User, at: dt.datetime) -> list[str]:
    """The decision it rests on does not stand any more: it falls with that, and nobody is asked.

    number: of the new decision in the strand; empty where there is none.

    :raises WrongState: it does not stand
    """
    lock_sanction(sanction, *STANDING)
    return _fall(sanction, reason, number, local_date(at), by, at)


def _fall(
    sanction: Sanction, reason: str, number: str, on: dt.date | None, by: User, at: dt.datetime
) -> list[str]:
    """Everything that hangs on a locked sanction ends; what was lifted, by name."""
    lifted: list[str] = []
    tasks = {task.pk: task for task in _tasks(sanction)}
    live = (*APPLIED_LIVE, AppliedStatus.SUSPENDED, AppliedStatus.DRAFT)
    for applied in sanction.applied.filter(status__in=live).select_related("measure").order_by("pk"):
        if applied.status == AppliedStatus.DRAFT:
            move(applied, AppliedStatus.DROPPED, at=at)
        else:
            lifted += end_applied(applied, reason, by, at, number, on)
    for entry in sanction.entries.filter(
        status__in=(EntryStatus.PROPOSED, EntryStatus.LISTED, EntryStatus.SUSPENDED)
    ):
        lifted += end_entry(entry, reason, by, at, number)
    for task in tasks.values():
        drop_clocks(task, reason[:150], by, at)
        if task.status not in TASK_OVER:
            move(task, MeasureTaskStatus.CANCELLED, at=at, reason=reason)
        notices.of_department("task_cancelled", task, by=by, at=at, reason=reason)
        notices.tell_task("was_annulled", task, at=at, tone="r", reason=reason)
    end(sanction, SanctionStatus.LIFTED, reason, by, at)
    notices.note("annulled", sanction, by=by, at=at, reason=reason, lifted="、".join(lifted))
    notices.tell_office("was_annulled", sanction, at=at, tone="r", reason=reason)
    return lifted


def rest_anew(sanction: Sanction, *, number: str, by: User, at: dt.datetime) -> None:
    """The strand was decided again and a sanction may rest on it: the new decision stands in its place.

    What was suspended because the decision was taken up again counts again; what somebody suspended by hand stays so until
    somebody resumes it.
    """
    lock_sanction(sanction, *STANDING)
    before = sanction.decision_number
    sanction.decision_number, sanction.decided_on = number or before, local_date(at)
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=["decision_number", "decided_on", "updated_at", "version"])
    notices.note("rests_anew", sanction, by=by, at=at, number=sanction.decision_number, before=before)
    if sanction.suspended_at is not None and sanction.reason == for_the_record(REVIEWED):
        _resume(sanction, for_the_record(REVIEW_OVER), by, at)
