"""登记、分办、受理: a task from above or beside enters the county and finds the person who works it."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from core.dates import EARLIEST, local_date
from core.refusals import BadInput, MovedOn, Refused, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, open_clock, reassign_clock, start_clock
from deadlines.models import Deadline
from departments.models import Department, User
from journal.actions import record
from referrals import notices_above as notices
from referrals.actions.overtaken import drop_stale_of_task
from referrals.actions.papers import needed
from referrals.actions.proof import store_proof
from referrals.actions.support import start_of_discovery
from referrals.enums_above import TaskFileKind, TaskKind, TaskStatus
from referrals.models import Task, TaskFile
from referrals.rules import WORKERS


def clock_code(task: Task) -> str:
    """The rule a task's clock follows: 协查函 has its own 15 days (令4号 art. 34), the others their letter's date."""
    return "assist_letter" if task.kind == TaskKind.ASSIST else "task_report"


@transaction.atomic
def register_task(
    *,
    kind: str,
    body_name: str,
    number: str,
    subject: str,
    request: str,
    received_on: dt.date,
    due_on: dt.date | None = None,
    body: Department | None = None,
    scan: UploadedFile | None = None,
    by: User,
    at: dt.datetime,
) -> Task:
    """Enter a letter from a body outside; its clock runs from receipt to the date it states.

    `due_on` may be left out for help asked by another place: then the rule `assist_letter` gives the date. A
    designation of jurisdiction needs the scan of its letter: it is what our competence rests on.

    :raises BadInput: a text is missing, received in the future, a date to report back that has passed or is
        missing, a body of one's own county, the same letter a second time, or no scan of a designation
    """
    today = local_date(at)
    if body is not None:
        if body.region_id == by.region.pk:
            raise BadInput(_("A department of one's own county writes by the ordinary letters."), field="body")
        body_name = body.name
    texts = {"body_name": body_name.strip(), "number": number.strip(), "subject": subject.strip(),
             "request": request.strip()}  # fmt: skip
    for name, text in texts.items():
        if not text:
            raise BadInput(_("This may not be empty."), field=name)
    if received_on > today:
        raise BadInput(_("The date lies in the future."), field="received_on")
    if received_on < EARLIEST:
        raise BadInput(_("The date lies before the year 2000."), field="received_on")
    if due_on is None and kind != TaskKind.ASSIST:
        raise BadInput(_("State by which date the body expects the report."), field="due_on")
    if due_on is not None and due_on < max(received_on, today):
        raise BadInput(_("The date to report back has passed."), field="due_on")
    if kind == TaskKind.DESIGNATED and scan is None:
        raise BadInput(_("The letter that designates is what competence rests on: add its scan."), field="scan")
    same = Task.objects.filter(region=by.region, body_name=texts["body_name"], number=texts["number"])
    if same.exists():
        raise BadInput(_("This letter was registered already."), field="number")
    task = Task.objects.create(
        region=by.region, kind=kind, body=body, received_on=received_on, due_on=due_on or received_on,
        registered_in=by.department, registered_by=by, registered_at=at, created_at=at, updated_at=at, **texts,
    )  # fmt: skip
    deadline = start_clock(
        code=clock_code(task), target=task, department=by.department, region_id=task.region_id,
        started_at=start_of_discovery(received_on, at), due_on=due_on, by=by, at=at,
    )  # fmt: skip
    if due_on is None:
        if deadline.due_on < today:
            raise BadInput(_("The date to report back has passed."), field="received_on")
        task.due_on = deadline.due_on
        task.save(update_fields=["due_on"])
    if scan is not None:
        add_task_file(task=task, kind=TaskFileKind.INCOMING, upload=scan, by=by, at=at, field="scan")
    record("task.registered", target=task, by=by, at=at, number=task.number, body=task.body_name, kind=kind,
           received_on=received_on, due_on=task.due_on)  # fmt: skip
    notices.task_registered(task, by, at=at)
    return task


@transaction.atomic
def add_task_file(
    *, task: Task, kind: str, upload: UploadedFile, by: User, at: dt.datetime, field: str = "upload"
) -> TaskFile:
    """Keep a scan with the task, under its hash.

    :raises BadInput: it is no PDF, JPEG or PNG, or too large (under `field`)
    :raises WrongState: the task is over
    """
    if task.over:
        raise WrongState
    try:
        stored, sha256 = store_proof(upload)
    except BadInput as refusal:
        raise BadInput(str(refusal), field=field) from None
    file = TaskFile.objects.create(
        task=task, kind=kind, file=stored, name=(upload.name or "")[:150], sha256=sha256, by=by, at=at
    )
    record("task.file_added", target=task, by=by, at=at, name=file.name, sha256=sha256)
    return file


@transaction.atomic
def assign_task(*, task: Task, department: Department, person: User, by: User, at: dt.datetime) -> Task:
    """分办 to a department and a named person; also hands a running one to somebody else.

    Once it is accepted it stays in its department.

    :raises BadInput: the department is not of the county, or the person does not work there or has it already
    :raises WrongState: it was reported or is over
    :raises MovedOn: somebody else was assigned meanwhile
    """
    locked = lock_task(task)
    if locked.status not in (TaskStatus.REGISTERED, TaskStatus.ASSIGNED, TaskStatus.ACCEPTED):
        raise WrongState
    if locked.handler_id != task.handler_id:
        raise MovedOn
    if department.region_id != task.region_id or not department.active or not department.has_account:
        raise BadInput(_("This department is not part of the county's mechanism."), field="department")
    if locked.status == TaskStatus.ACCEPTED and department.pk != locked.department_id:
        raise BadInput(_("It was accepted: it stays in its department."), field="department")
    if not User.objects.acting_for(department, *WORKERS, on=local_date(at)).filter(pk=person.pk).exists():
        raise BadInput(_("Choose somebody who works in that department."), field="person")
    if person.pk == locked.handler_id and department.pk == locked.department_id:
        raise BadInput(_("This person has it already."), field="person")
    values = {"department": department, "handler": person, "assigned_by": by, "assigned_at": at}
    if locked.status == TaskStatus.REGISTERED:
        move(locked, TaskStatus.ASSIGNED, at=at, hand_back_reason="", **values)
    else:
        for name, value in values.items():
            setattr(locked, name, value)
        locked.updated_at, locked.version = at, locked.version + 1
        locked.save(update_fields=[*values, "updated_at", "version"])
    _hand_clock(locked, by=by, at=at)
    record("task.assigned", target=locked, by=by, at=at, number=locked.number, department=department.pk,
           handler=person.pk)  # fmt: skip
    notices.task_assigned(locked, at=at)
    task.refresh_from_db()
    return task


@transaction.atomic
def accept_task(*, task: Task, by: User, at: dt.datetime) -> Task:
    """受理: the assigned person takes it on.

    :raises Refused: by somebody else than the assigned person
    :raises WrongState, MovedOn: it is not waiting for that
    """
    if task.status != TaskStatus.ASSIGNED:  # a report sent back to be made again moves there too
        raise WrongState
    if task.handler_id != by.pk:
        raise Refused(_("Only the person it was assigned to accepts it."))
    move(task, TaskStatus.ACCEPTED, at=at, accepted_by=by, accepted_at=at)
    record("task.accepted", target=task, by=by, at=at, number=task.number)
    notices.task_accepted(task, at=at)
    return task


@transaction.atomic
def hand_back_task(*, task: Task, reason: str, by: User, at: dt.datetime) -> Task:
    """退回分办: not for this department or person; whoever registered it assigns it anew.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was not just assigned
    """
    reason = needed(reason)
    locked = lock_task(task)
    if locked.status != TaskStatus.ASSIGNED:
        raise WrongState
    old = locked.department_id
    move(
        locked, TaskStatus.REGISTERED, at=at, hand_back_reason=reason, department=None, handler=None,
        assigned_by=None, assigned_at=None,
    )  # fmt: skip
    _hand_clock(locked, by=by, at=at)
    record("task.handed_back", target=locked, by=by, at=at, number=locked.number, department=old, reason=reason)
    notices.task_handed_back(locked, at=at)
    task.refresh_from_db()
    return task


@transaction.atomic
def withdraw_task(*, task: Task, reason: str, by: User, at: dt.datetime) -> Task:
    """The body took the task back, or it was entered by mistake: its clock ends, on the record.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was reported or is over
    """
    reason = needed(reason)
    move(task, TaskStatus.WITHDRAWN, at=at, withdrawn_by=by, withdrawn_at=at, withdraw_reason=reason)
    deadline = open_clock(task, clock_code(task))
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
    drop_stale_of_task(task, by=by, at=at)
    record("task.withdrawn", target=task, by=by, at=at, number=task.number, reason=reason)
    notices.task_withdrawn(task, at=at)
    return task


def lock_task(task: Task) -> Task:
    """The task's row, locked, as it is now."""
    return Task.objects.select_for_update(of=("self",)).select_related("department", "handler", "region").get(pk=task.pk)


def lock_with_cases(task: Task) -> Task:
    """The same, its cases locked first (the order of the house: case, then what hangs on it)."""
    for case in task.cases_under_it:
        lock_case(case)
    return lock_task(task)


def _hand_clock(task: Task, *, by: User, at: dt.datetime) -> None:
    """Let the clock follow to the department and person that owe the report now; its dates stay."""
    owing = task.department or task.registered_in
    deadline = open_clock(task, clock_code(task))
    assert deadline is not None  # runs while the report is owed
    if deadline.department_id == owing.pk:
        reassign_clock(deadline=deadline, person=task.handler, at=at, by=by)
        return
    moved = for_the_record(gettext_noop("goes on at %(department)s"), department=owing)
    cancel_clock(deadline=deadline, at=at, by=by, reason=moved)
    start_clock(
        code=deadline.rule_code, target=task, department=owing, person=task.handler, region_id=task.region_id,
        started_at=deadline.started_at, due_on=_stated(deadline), by=by, at=at,
    )  # fmt: skip


def _stated(deadline: Deadline) -> dt.date | None:
    """The date to carry over; None where the rule itself gives it."""
    by_rule = deadline.amount is not None and deadline.due_on == deadline.first_due_on
    return None if by_rule else deadline.due_on
