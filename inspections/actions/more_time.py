"""延期 of a rectification: asked with a reason, agreed by another person; the old day stays on the record."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date, too_far
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import extend_clock, open_clock
from departments.models import User
from inspections import notices
from inspections.actions.closing import sign_anew
from inspections.actions.common import lock, needed
from inspections.enums import MoreTimeStatus, RectificationStatus
from inspections.models import MoreTime, Rectification

CLOCK = "rectification"


def lock_task(task: Rectification) -> None:
    """The task's row for this transaction, and `task` as it is now."""
    Rectification.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.refresh_from_db()


def open_request(task: Rectification) -> MoreTime | None:
    return task.more_time.filter(status=MoreTimeStatus.ASKED).first()


@transaction.atomic
def ask_more_time(
    *, task: Rectification, new_on: dt.date, reason: str, by: User, at: dt.datetime
) -> MoreTime:
    """Ask that the inspected have until a later day. Until somebody else agrees the old day stands.

    :raises BadInput: no reason; a day that is not later than the present one, has passed, or lies years ahead
    :raises WrongState: it is not to be rectified (any more), or it was asked already
    """
    reason = needed(reason)
    lock_task(task)
    if task.status != RectificationStatus.OPEN:
        raise WrongState(state=task.status)
    if open_request(task) is not None:
        raise WrongState(_("More time was asked for already: wait for the answer."))
    if new_on <= task.due_on:
        raise BadInput(_("The new day must be later than the old one."), field="new_on")
    _check(new_on, at, "new_on")
    asked = MoreTime.objects.create(
        task=task, old_on=task.due_on, new_on=new_on, reason=reason[:300], asked_by=by, asked_at=at, created_at=at,
        updated_at=at,
    )  # fmt: skip
    notices.of_rectification(
        "more_time_asked", task, by=by, at=at, old=asked.old_on, new=new_on, reason=asked.reason
    )
    notices.tell_leaders_of(task, "more_time_to_decide", at=at, but=by, new=new_on, reason=asked.reason)
    return asked


@transaction.atomic
def decide_more_time(
    *, task: Rectification, agreed: bool, remark: str = "", by: User, at: dt.datetime
) -> MoreTime:
    """Agree that the day is moved, and its clock with it; or not, with the reason.

    :raises BadInput: not agreed without a reason (field `remark`); agreed to a day that has passed by now
    :raises FourEyes: by who asked
    :raises WrongState: nothing is asked, or it is not to be rectified any more
    """
    lock(task.finding.inspection)
    lock_task(task)
    asked = open_request(task)
    if asked is None or task.status != RectificationStatus.OPEN:
        raise WrongState(_("No more time is asked for."))
    if asked.asked_by_id == by.pk:
        raise FourEyes(_("You asked for this: somebody else has to decide."))
    if agreed:
        _check(asked.new_on, at, "agreed")
    else:
        remark = needed(remark, "remark")
    status = MoreTimeStatus.AGREED if agreed else MoreTimeStatus.REFUSED
    move(asked, status, at=at, decided_by=by, decided_at=at, decision=remark.strip()[:300])
    if agreed:
        Rectification.objects.filter(pk=task.pk).update(
            due_on=asked.new_on, updated_at=at, version=F("version") + 1
        )
        task.refresh_from_db()
        clock = open_clock(task, CLOCK)
        if clock is not None:
            extend_clock(deadline=clock, at=at, by=by, reason=asked.reason, new_due_on=asked.new_on)
        sign_anew(task.finding.inspection, by=by, at=at)
    verb = "more_time_agreed" if agreed else "more_time_refused"
    notices.of_rectification(
        verb, task, by=by, at=at, old=asked.old_on, new=asked.new_on, reason=asked.decision or asked.reason
    )
    notices.tell_person(
        task, f"{verb}_to_you", at=at, tone="g" if agreed else "r", new=asked.new_on, reason=asked.decision
    )
    return asked


def overtake_request(task: Rectification, *, by: User, at: dt.datetime) -> None:
    """It was put right, or went elsewhere, before anybody decided: nothing is asked any more."""
    if (asked := open_request(task)) is not None:
        move(
            asked, MoreTimeStatus.OVERTAKEN, at=at, decided_by=by, decided_at=at,
            decision=for_the_record(gettext_noop("Overtaken by what was done.")),
        )  # fmt: skip


def _check(day: dt.date, at: dt.datetime, field: str) -> None:
    if day < local_date(at):
        raise BadInput(_("This day has passed."), field=field)
    if too_far(day, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field=field)
