"""提级: what a case taken up by the higher level leaves behind — our handling, its clocks, evidence and access."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_noop

from cases.actions.access import grant_department, revoke, unname_person
from cases.actions.evidence import record_custody
from cases.actions.strands import PROCEDURE, VERIFICATION, resume, suspend, terminate, withdraw
from cases.enums import CustodyKind, GrantCause, StrandStatus
from cases.models import Strand
from core.refusals import WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import open_clock, pause_clock, resume_clock
from departments.models import User
from journal.actions import record
from referrals import notices_above as notices
from referrals.actions.above_intake import lock_with_cases
from referrals.actions.papers import needed
from referrals.enums_above import Handling, Outcome
from referrals.models import Task, TaskCase, TaskLetter

_BEFORE_INVESTIGATION = (StrandStatus.VERIFYING, StrandStatus.FILED)


def hand_over(*, letter: TaskLetter, by: User, at: dt.datetime) -> None:
    """Everything that follows when the hand-over left the house; `send_task_letter` calls it, cases and task locked.

    Our department's part of every case of the task is suspended (clocks stand still) or ended (clocks end, its
    handler no longer writes). The higher level stands in the custody record of every listed file and, where it
    works in this system, may read the cases. Parts of other departments are theirs and go on; they are told.
    """
    task = letter.task
    ended = letter.effect == Handling.ENDED
    words = gettext_noop("taken up by %(body)s, %(number)s")
    reason = for_the_record(words, body=task.body_name, number=task.number)
    for link in task.links.select_related("case").order_by("case"):
        case = link.case
        for strand in Strand.objects.filter(case=case, department=task.department, ended_at=None):
            if ended:
                _end(strand, reason, by=by, at=at)
            else:
                _suspend(strand, reason, by=by, at=at)
        if task.body is not None and task.body.has_account:
            grant_department(case=case, department=task.body, cause=GrantCause.REFERRAL, cause_target=task, by=by, at=at)
        TaskCase.objects.filter(pk=link.pk).update(
            outcome=Outcome.HANDED, remark=reason[:300], stated_by=by, stated_at=at
        )
        notices.case_taken_up(task, case, at=at)
    for item in letter.manifest.select_related("evidence"):
        record_custody(
            evidence=item.evidence, kind=CustodyKind.HANDED_OVER, department=letter.department,
            to_department=task.body, by=by, at=at, cause=letter,
        )  # fmt: skip
    _note(task, letter.effect, str(reason))


@transaction.atomic
def conclude_raised(*, task: Task, given_back: bool, reason: str, by: User, at: dt.datetime) -> Task:
    """Say what became of a suspended handling: the case came back and goes on, or it stays above and ours ends.

    `reason` names the letter of the higher level (发回 or 办结 notice).

    :raises BadInput: no reason
    :raises WrongState: our handling is not suspended
    """
    reason = needed(reason)
    locked = lock_with_cases(task)
    if locked.handling != Handling.SUSPENDED:
        raise WrongState
    for link in locked.links.select_related("case").order_by("case"):
        case = link.case
        for strand in Strand.objects.filter(case=case, department=locked.department, ended_at=None):
            if given_back:
                _resume(strand, reason, by=by, at=at)
            else:
                _end(strand, reason, by=by, at=at)
        if given_back and locked.body is not None and locked.body.has_account:
            revoke(case=case, department=locked.body, cause=GrantCause.REFERRAL, cause_target=locked, by=by, at=at)
        verb = "task.case_given_back" if given_back else "task.case_stays_above"
        record(verb, target=locked, by=by, at=at, case=case, number=locked.number, body=locked.body_name,
               case_number=case.number, reason=reason)  # fmt: skip
    _note(locked, Handling.RESUMED if given_back else Handling.ENDED, reason)
    locked.updated_at, locked.version = at, locked.version + 1
    locked.save(update_fields=["updated_at", "version"])
    task.refresh_from_db()
    return task


def _note(task: Task, handling: str, note: str) -> None:
    task.handling, task.handling_note = handling, note[:300]
    task.save(update_fields=["handling", "handling_note"])


def _clocks(strand: Strand) -> list:
    return [clock for code in (VERIFICATION, PROCEDURE) if (clock := open_clock(strand, code)) is not None]


def _suspend(strand: Strand, reason: str, *, by: User, at: dt.datetime) -> None:
    """An investigation is suspended; before one, only its clock stands still. What is decided stays ours to perform."""
    if strand.status == StrandStatus.INVESTIGATING:
        suspend(strand=strand, reason=reason, by=by, at=at)
    elif strand.status in _BEFORE_INVESTIGATION:
        for clock in _clocks(strand):
            if clock.paused_at is None:
                pause_clock(deadline=clock, by=by, at=at, reason=reason)


def _resume(strand: Strand, reason: str, *, by: User, at: dt.datetime) -> None:
    if strand.status == StrandStatus.SUSPENDED:
        resume(strand=strand, reason=reason, by=by, at=at)
    elif strand.status in _BEFORE_INVESTIGATION:
        for clock in _clocks(strand):
            if clock.paused_at is not None:
                resume_clock(deadline=clock, by=by, at=at, reason=reason)


def _end(strand: Strand, reason: str, *, by: User, at: dt.datetime) -> None:
    if strand.status == StrandStatus.DECIDED:
        return
    if strand.status == StrandStatus.SUSPENDED:
        terminate(strand=strand, reason=reason, by=by, at=at)
    else:
        withdraw(strand=strand, reason=reason, by=by, at=at)
    if strand.handler is not None:
        unname_person(case=strand.case, user=strand.handler, cause=GrantCause.ASSIGNED, cause_target=strand, by=by, at=at)
