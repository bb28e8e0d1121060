"""Starting and ending clocks. What happens to a clock in between is in `changes`."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.dates import local_date, too_far
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines import notices
from deadlines.actions.changes import extend_clock, pause_clock, recalculate_open, resume_clock
from deadlines.actions.guard import carry, check_clock, lock, target_pair, tell_lamps
from deadlines.calendar import Calendar
from deadlines.counting import replay
from deadlines.enums import ChangeKind, DeadlineStatus, Stage, Unit
from deadlines.models import ClockRule, Deadline
from deadlines.refusals import ClockRuns, NoRule
from departments.models import Department, User

__all__ = [
    "cancel_clock",
    "explain_lateness",
    "extend_clock",
    "meet_clock",
    "open_clock",
    "pause_clock",
    "reassign_clock",
    "recalculate_open",
    "resume_clock",
    "start_clock",
]


def rule_in_force(code: str, day: dt.date) -> ClockRule:
    """The version of a rule that holds on `day`.

    :raises NoRule: when there is none
    """
    rule = ClockRule.objects.filter(code=code, effective_from__lte=day).order_by("-effective_from").first()
    if rule is None:
        raise NoRule(code=code)
    return rule


def open_clock(target: Any, code: str) -> Deadline | None:
    """The running or paused clock of this code on `target` (an instance with `kind_code`, or a pair)."""
    kind, pk = target_pair(target)
    return Deadline.objects.open().of(kind, pk).filter(rule_code=code).order_by("-id").first()


@transaction.atomic
def start_clock(
    *,
    code: str,
    target: Any,
    department: Department,
    at: dt.datetime,
    case: Any = None,
    region_id: int | None = None,
    person: User | None = None,
    to_department: Department | None = None,
    started_at: dt.datetime | None = None,
    due_on: dt.date | None = None,
    name: str | None = None,
    by: User | None = None,
) -> Deadline:
    """Start the clock of rule `code` on what `department` owes for `target`.

    started_at: when it began to run (a date of discovery may lie back); `at` when left out. due_on: the
    last day, for a rule without an amount (unit date) or a limit stated in a letter, which then counts as a
    fixed date. Writes the event `deadline.started`; the caller has locked the case.

    :raises NoRule: no version of the rule is in force when the clock starts
    :raises ClockJumped: it would start in the future
    :raises BadInput: no last day where the rule needs one, or one before the start or years ahead (field `due_on`)
    :raises ClockRuns: this department already has such a clock on `target`
    """
    started_at = started_at or at
    check_clock(at, started_at)
    started_on = local_date(started_at)
    rule = rule_in_force(code, started_on)
    if rule.unit == Unit.DATE and due_on is None:
        raise BadInput(_("State the last day."), field="due_on")
    if due_on is not None and due_on < started_on:
        raise BadInput(_("The last day lies before the start."), field="due_on")
    if due_on is not None and too_far(due_on, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field="due_on")
    kind, pk = target_pair(target)
    deadline = Deadline(
        rule=rule,
        rule_code=code,
        name=name or rule.name,
        amount=None if due_on else rule.amount,
        unit=Unit.DATE if due_on else rule.unit,
        department=department,
        person=person,
        to_department=to_department,
        region_id=region_id or (case.region_id if case is not None else department.region_id),
        case_id=case.pk if case is not None else None,
        target_kind=kind,
        target_id=pk,
        started_at=started_at,
        started_on=started_on,
        first_due_on=due_on or started_on,
        created_at=at,
        updated_at=at,
    )
    due = replay(deadline, (), Calendar.fresh())
    for field, value in due.fields().items():
        setattr(deadline, field, value)
    deadline.first_due_on, deadline.next_at = due.due_on, due.warn_at
    if due.due_at <= at:  # entered after its last day: it is late at once, and nobody is warned of what has passed
        deadline.stage, deadline.next_at = Stage.WARNED, due.due_at
    try:
        with transaction.atomic():
            deadline.save(force_insert=True)
    except IntegrityError as clash:
        if "deadline_one_open_per_duty" not in str(clash):
            raise
        raise ClockRuns from clash
    notices.note("deadline.started", deadline=deadline, by=by, at=at, due_on=due.due_on, code=code)
    tell_lamps([deadline.case_id], at)
    return deadline


@transaction.atomic
def meet_clock(
    *,
    deadline: Deadline,
    at: dt.datetime,
    done_at: dt.datetime | None = None,
    by: User | None = None,
    late_reason: str | None = None,
) -> Deadline:
    """What was owed is done. Done late, it stays late for ever, and says why.

    done_at: when it was done, where that is written down afterwards (what came or went on paper); it alone says
    whether it was late, whatever lamp was shown meanwhile. `at` when left out. The reason is asked of a person where
    the rule asks for one; the system (by=None) is not asked, nor is a step without a field for it (late_reason=None):
    the reason is then given on the page of the clock (`explain_lateness`).

    :raises ClockJumped: done before the clock began (counted in days: before its first day), or after now
    :raises BadInput: late, and no reason given (field `late_reason`)
    :raises WrongState: the clock is over
    """
    now = lock(deadline)
    done = _in_days(now, done_at or at)
    check_clock(at, done)
    check_clock(done, now.started_at)
    ends = min(now.paused_at, done) if now.paused_at is not None else done
    late = ends >= now.due_at or (now.late and (done == at or _missed_before(now, done)))
    reason = (late_reason or "").strip()
    if late and now.rule.asks_reason and by is not None and late_reason is not None and not reason:
        raise BadInput(_("This is late. Say why."), field="late_reason")
    move(
        now,
        DeadlineStatus.MET,
        at=at,
        ended_at=done,
        next_at=None,
        paused_at=None,
        late=late,
        late_reason=reason if late else "",
    )
    if late:
        notices.note("deadline.met_late", deadline=now, by=by, at=at, due_on=now.due_on, reason=reason)
    else:
        notices.note("deadline.met", deadline=now, by=by, at=at, due_on=now.due_on)
    tell_lamps([now.case_id], at)
    carry(deadline, now)
    return deadline


def _in_days(now: Deadline, done: dt.datetime) -> dt.datetime:
    """A clock counted in days knows no hours: what was done earlier on the day it began was done when it began.

    Service is proved by the day and stands for noon of it; an answer may have come that morning.
    """
    if now.unit != Unit.HOUR and local_date(done) == now.started_on:
        return max(done, now.started_at)
    return done


def _missed_before(now: Deadline, done: dt.datetime) -> bool:
    """Whether an earlier last day (before an extension or a pause) had passed when it was done."""
    missed = set(now.firings.filter(stage=Stage.OVERDUE).values_list("due_on", flat=True))
    for change in now.changes.all():
        if change.kind == ChangeKind.RECALCULATE:
            missed.discard(change.old_due_on)  # that day was counted wrongly
        elif local_date(change.at) > change.old_due_on:
            missed.add(change.old_due_on)
    return any(local_date(done) > day for day in missed)


@transaction.atomic
def explain_lateness(*, deadline: Deadline, reason: str, by: User, at: dt.datetime) -> Deadline:
    """Say afterwards why something was late. It stays late.

    :raises WrongState: it was not late, or a reason is already on the record
    :raises BadInput: no reason given (field `reason`)
    """
    now = lock(deadline)
    if not now.late or now.late_reason:
        raise WrongState
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    now.late_reason, now.updated_at, now.version = reason.strip(), at, now.version + 1
    now.save(update_fields=["late_reason", "updated_at", "version"])
    notices.note("deadline.reason_given", deadline=now, by=by, at=at, reason=now.late_reason)
    carry(deadline, now)
    return deadline


@transaction.atomic
def cancel_clock(*, deadline: Deadline, at: dt.datetime, reason: str, by: User | None = None) -> Deadline:
    """The duty is gone (withdrawn, replaced). What was late stays late.

    :raises ClockJumped: cancelled before the clock began
    :raises BadInput: no reason given (field `reason`)
    :raises WrongState: the clock is over
    """
    now = lock(deadline)
    check_clock(at, now.started_at)
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    move(now, DeadlineStatus.CANCELLED, at=at, ended_at=at, next_at=None, paused_at=None)
    notices.note("deadline.cancelled", deadline=now, by=by, at=at, reason=reason)
    tell_lamps([now.case_id], at)
    carry(deadline, now)
    return deadline


@transaction.atomic
def reassign_clock(
    *, deadline: Deadline, person: User | None, at: dt.datetime, by: User | None = None
) -> Deadline:
    """Another person of the department owes it now; None gives it back to the department. Whoever owes it already
    is not told again.

    :raises WrongState: the clock is over
    :raises BadInput: the person holds no post in the department that owes it (field `person`)
    """
    now = lock(deadline)
    if now.ended_at is not None:
        raise WrongState(state=now.status)
    posts = User.objects.acting_for(now.department, on=local_date(at))
    if person is not None and not posts.filter(pk=person.pk).exists():
        raise BadInput(_("Choose somebody of the department that owes this."), field="person")
    if now.person == person:
        return deadline
    old, now.person = now.person_id, person
    now.updated_at = at
    Deadline.objects.filter(pk=now.pk).update(person=person, updated_at=at, version=F("version") + 1)
    now.refresh_from_db(fields=["version"])
    notices.note(
        "deadline.reassigned", deadline=now, by=by, at=at, old=old, new=now.person_id, due_on=now.due_on
    )
    if person is not None:
        notices.tell("deadline.reassigned", deadline=now, at=at, but=by, due_on=now.due_on)
    carry(deadline, now)
    return deadline


@transaction.atomic
def redirect_clock(*, deadline: Deadline, to_department: Department | None, by: User, at: dt.datetime) -> Deadline:
    """What is owed goes to another department now; None where it is not to be named. The dates stay.

    :raises WrongState: the clock is over
    """
    now = lock(deadline)
    if now.ended_at is not None:
        raise WrongState(state=now.status)
    if now.to_department == to_department:
        return deadline
    Deadline.objects.filter(pk=now.pk).update(to_department=to_department, updated_at=at, version=F("version") + 1)
    now.refresh_from_db(fields=["to_department", "updated_at", "version"])
    notices.note("deadline.redirected", deadline=now, by=by, at=at, due_on=now.due_on)
    carry(deadline, now)
    return deadline
