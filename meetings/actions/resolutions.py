"""What a meeting resolved: begun with a clock, worked, reported, confirmed or sent back, supervised, withdrawn."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.dates import local_date, too_far
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import (
    cancel_clock,
    extend_clock,
    meet_clock,
    open_clock,
    reassign_clock,
    start_clock,
)
from deadlines.calendar import Calendar
from departments.models import User
from documents import storage
from documents.actions import issue_document
from meetings import contexts_resolutions as contexts
from meetings import notices
from meetings.actions import supervising
from meetings.actions.common import named, needed, said_at
from meetings.enums import UNFINISHED, ResolutionStatus, StepKind
from meetings.models import AgendaItem, Resolution, ResolutionStep

# of what a meeting resolved, and of a task of a deployment
CLOCK, DEPLOYED = "resolution", "deployment"
SUPERVISION = "meeting_supervision"


def clock_code(task: Resolution) -> str:
    return CLOCK if task.deployment_id is None else DEPLOYED


def lock(task: Resolution) -> None:
    """The task's row for this transaction, and `task` as it is now."""
    Resolution.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.refresh_from_db()


def _step(
    task: Resolution,
    kind: str,
    text: str,
    by: User | None,
    at: dt.datetime,
    upload: Any = None,
    document: Any = None,
    **paper: Any,
) -> ResolutionStep:
    kept: dict[str, Any] = dict(paper)
    if upload is not None:
        checked = check_upload(upload, field="upload")
        name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
        kept |= {"name": checked.name, "file": name, "media_type": checked.media_type, "sha256": digest}
    return ResolutionStep.objects.create(
        resolution=task, kind=kind, text=text, document=document, by=by, at=at, **kept
    )


def begin(task: Resolution, *, by: User, at: dt.datetime) -> None:
    """A drafted task is owed from now on; part of closing a meeting and of a deployment."""
    move(task, ResolutionStatus.OPEN, at=at)
    start_clock(
        code=clock_code(task), target=task, department=task.department, to_department=task.office, person=task.person,
        region_id=task.region_id, due_on=max(task.due_on, local_date(at)), name=task.text[:60], by=by, at=at,
    )  # fmt: skip
    if task.person is not None:  # on paper it is told by the minutes, or by the notice of the deployment
        notices.tell(
            [task.person], task.meeting or task.deployment, "resolved", at=at, department=task.department,
            due_on=task.due_on,
        )  # fmt: skip


def change_by_meeting(item: AgendaItem, *, by: User, at: dt.datetime) -> None:
    """What a later meeting decided about a resolution: withdrawn, or another last day. Part of closing that meeting."""
    assert item.target_id is not None
    task = Resolution.objects.select_related("department", "person", "meeting", "deployment").get(
        pk=item.target_id
    )
    lock(task)
    if task.status not in UNFINISHED:  # done since it was decided: the decision has nothing left to change
        return
    clock = open_clock(task, clock_code(task))
    supervising.lapse(task, item.outcome_text[:300], by=by, at=at)
    if item.withdraws:
        move(task, ResolutionStatus.WITHDRAWN, at=at, withdrawn_by=by, withdrawn_at=at, withdrawn_in=item)
        if clock is not None:
            cancel_clock(deadline=clock, at=at, reason=item.outcome_text[:300], by=by)
        _step(task, StepKind.WITHDRAWN, item.outcome_text[:1000], by, at)
        notices.of_task("task_withdrawn", task, by=by, at=at, reason=item.outcome_text[:300])
        return
    assert item.new_due_on is not None
    Resolution.objects.filter(pk=task.pk).update(
        due_on=item.new_due_on, updated_at=at, version=F("version") + 1
    )
    task.refresh_from_db()
    if clock is not None:
        extend_clock(deadline=clock, new_due_on=item.new_due_on, at=at, reason=item.outcome_text[:300], by=by)
    _step(task, StepKind.MOVED, item.outcome_text[:1000], by, at)
    notices.of_task("task_moved", task, by=by, at=at, due_on=item.new_due_on, reason=item.outcome_text[:300])


@transaction.atomic
def add_progress(
    *, task: Resolution, text: str, upload: Any = None, by: User, at: dt.datetime
) -> ResolutionStep:
    """Say how far it has come, with evidence where there is some.

    :raises BadInput: nothing said, or see `check_upload` (field `upload`)
    :raises WrongState: it is not under way
    """
    lock(task)
    if task.status not in UNFINISHED:
        raise WrongState(state=task.status)
    step = _step(task, StepKind.PROGRESS, needed(text, "text", _("Say how far it has come.")), by, at, upload)
    notices.of_task("task_progress", task, by=by, at=at, reason=step.text[:300])
    return step


def _begun(task: Resolution) -> dt.datetime:
    clock = open_clock(task, clock_code(task))
    return clock.started_at if clock is not None else task.created_at


@transaction.atomic
def reply_to_supervision(
    *, task: Resolution, text: str, upload: Any = None, on: dt.date | None = None, number: str = "", by: User,
    at: dt.datetime,
) -> ResolutionStep:  # fmt: skip
    """督办回复: who is late accounts for it, within the clock of the letter; a department without an account by its paper.

    :raises BadInput: nothing said, see `supervising.written`, or see `check_upload`
    :raises WrongState: no letter of supervision waits for its answer
    """
    lock(task)
    if task.answer_by is None:
        raise WrongState(_("No letter of supervision waits for an answer."))
    text = needed(text, "text", _("Say how it stands and when it is done."))
    since = supervising.last_letter(task)
    paper = supervising.written(task, on=on, number=number, upload=upload, since=since, at=at)
    supervising.answered(task, done_at=said_at(on, at), by=by, at=at)
    step = _step(task, StepKind.REPLIED, text, by, at, upload, **paper)
    notices.of_task("task_answered", task, by=by, at=at, times=task.pressed, reason=text[:300])
    notices.tell_office_of(task, "supervision_answered", at=at, tone="b", reason=text[:300])
    return step


@transaction.atomic
def report_done(
    *, task: Resolution, text: str, upload: Any = None, on: dt.date | None = None, number: str = "", by: User,
    at: dt.datetime,
) -> Resolution:  # fmt: skip
    """申报办结: the office confirms it or sends it back; a letter of supervision is answered by it.

    What a department without an account reports on paper the office enters, with the scan of it, its day and number.

    :raises BadInput: nothing said, see `supervising.written`, or see `check_upload`
    :raises WrongState, MovedOn: it is not under way
    """
    lock(task)
    text = needed(text, "text", _("Say what was done."))
    if task.status != ResolutionStatus.OPEN:
        raise WrongState(state=task.status)
    paper = supervising.written(task, on=on, number=number, upload=upload, since=_begun(task), at=at)
    supervising.answered(task, done_at=said_at(on, at), by=by, at=at)
    move(task, ResolutionStatus.REPORTED, at=at, reported_by=by, reported_at=at)
    _step(task, StepKind.REPORTED, text, by, at, upload, **paper)
    notices.of_task("task_reported", task, by=by, at=at, reason=text[:300])
    notices.tell_office_of(task, "task_to_confirm", at=at)
    return task


@transaction.atomic
def confirm_done(*, task: Resolution, text: str = "", by: User, at: dt.datetime) -> Resolution:
    """确认办结, by the office: it was done when it was reported, and is late if that was late.

    A report on paper is the department's: who entered it may confirm it, and it was done on the day of the paper.

    :raises FourEyes: by who reported it
    :raises WrongState, MovedOn: its completion is not reported
    """
    lock(task)
    if task.status != ResolutionStatus.REPORTED or task.reported_at is None:
        raise WrongState(state=task.status)
    if task.department.has_account and task.reported_by_id == by.pk:
        raise FourEyes(_("You reported this as done: somebody else has to confirm it."))
    move(task, ResolutionStatus.DONE, at=at, confirmed_by=by, confirmed_at=at)
    clock = open_clock(task, clock_code(task))
    if clock is not None:
        reports = task.steps.filter(kind=StepKind.REPORTED).order_by("-pk")
        done_at = said_at(reports.values_list("paper_on", flat=True).first(), task.reported_at)
        meet_clock(deadline=clock, at=at, done_at=max(done_at, clock.started_at))
    _step(task, StepKind.CONFIRMED, text.strip(), by, at)
    notices.of_task("task_done", task, by=by, at=at)
    notices.tell_person(task, "task_was_confirmed", at=at, tone="g")
    return task


@transaction.atomic
def send_back(*, task: Resolution, reason: str, by: User, at: dt.datetime) -> Resolution:
    """Not done yet: back to who does it, with the reason. The clock has run on.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: its completion is not reported
    """
    reason = needed(reason)
    lock(task)
    if task.status != ResolutionStatus.REPORTED:
        raise WrongState(state=task.status)
    move(task, ResolutionStatus.OPEN, at=at, reported_by=None, reported_at=None)
    _step(task, StepKind.RETURNED, reason, by, at)
    notices.of_task("task_sent_back", task, by=by, at=at, reason=reason)
    notices.tell_person(task, "task_was_sent_back", at=at, tone="r", reason=reason)
    return task


@transaction.atomic
def reassign(
    *, task: Resolution, person: User | None = None, name: str = "", reason: str, by: User, at: dt.datetime
) -> Resolution:
    """Another person of the department does it, such as when the first has left; the last day stays.

    name: who does it in a department without an account.

    :raises BadInput: no reason, the same person, or one who holds no post in the department (field `person`)
    :raises WrongState: it is not under way
    """
    reason = needed(reason)
    lock(task)
    if task.status not in UNFINISHED:
        raise WrongState(state=task.status)
    if person is not None and person.pk == task.person_id:
        raise BadInput(_("This person does it already."), field="person")
    person, name = named(task.department, person, name, at)
    Resolution.objects.filter(pk=task.pk).update(
        person=person, person_name=name, updated_at=at, version=F("version") + 1
    )
    task.refresh_from_db()
    for code in (clock_code(task), supervising.ANSWER):
        clock = open_clock(task, code)
        if clock is not None and person is not None:
            reassign_clock(deadline=clock, person=person, at=at, by=by)
    _step(task, StepKind.REASSIGNED, reason, by, at)
    if person is None:
        notices.of_task("task_renamed", task, by=by, at=at, name=name, reason=reason)
        return task
    notices.of_task("task_reassigned", task, by=by, at=at, new_user=person.pk, reason=reason)
    notices.tell_person(task, "resolved_anew", at=at, due_on=task.due_on)
    return task


@transaction.atomic
def press(*, task: Resolution, demand: str, reply_on: dt.date, by: User, at: dt.datetime) -> ResolutionStep:
    """督办: the office writes a numbered letter to who is late; how often is counted, and the answer has its clock.

    While an answer may still come there is no further letter.

    :raises BadInput: nothing demanded, or a day that is not later than today (field `reply_on`)
    :raises WrongState: it is not late or not under way, was supervised today, or the last letter's day has not passed
    """
    lock(task)
    today = local_date(at)
    if task.status != ResolutionStatus.OPEN or task.due_on >= today:
        raise WrongState(_("This is not late: there is nothing to supervise."))
    if task.answer_by is not None and task.answer_by >= today:
        raise WrongState(
            _("The last letter of supervision waits for its answer until %(day)s.")
            % {"day": task.answer_by.isoformat()}
        )
    last = task.steps.filter(kind=StepKind.PRESSED).order_by("-pk").first()
    if last is not None and Calendar.current().working_days_between(local_date(last.at), today) < 1:
        raise WrongState(_("It was supervised today. Once a working day is enough."))
    demand = needed(demand, "demand", _("Say what is demanded."))
    if reply_on <= today or too_far(reply_on, today):
        raise BadInput(_("Choose a later day."), field="reply_on")
    supervising.ask(task, reply_on, by=by, at=at)
    notices.of_task("task_pressed", task, by=by, at=at, times=task.pressed, reason=demand)
    notices.tell_person(task, "task_was_pressed", at=at, tone="r", until=reply_on)
    notices.tell_leaders_of(task, "task_was_pressed", at=at, until=reply_on)
    late = Calendar.current().working_days_between(task.due_on, today)
    document = issue_document(
        kind=SUPERVISION, department=task.office, target=task, case=None,
        context=contexts.of_supervision(task, demand=demand, reply_on=reply_on, late=late, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    return _step(task, StepKind.PRESSED, demand, by, at, document=document)
