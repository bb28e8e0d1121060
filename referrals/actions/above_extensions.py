"""延期: the body's answer to the request for a later date, recorded with its letter."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines.actions.clocks import extend_clock, open_clock
from departments.models import User
from journal.actions import record
from referrals import notices_above as notices
from referrals.actions.above_intake import add_task_file, clock_code, lock_task
from referrals.enums import ExtensionStatus
from referrals.enums_above import TaskFileKind, TaskStatus
from referrals.models import TaskExtension


@transaction.atomic
def answer_extension(
    *,
    extension: TaskExtension,
    agreed: bool,
    answer_number: str,
    answer_on: dt.date,
    scan: UploadedFile | None = None,
    remark: str = "",
    by: User,
    at: dt.datetime,
) -> TaskExtension:
    """Record what the body answered; agreed, the clock runs to the new date and the old one stays on the record.

    :raises BadInput: no number of the answer, agreed without its scan, or a date in the future or before asking
    :raises WrongState, MovedOn: it was answered, or the task is no longer being worked
    """
    task = lock_task(extension.task)
    if not answer_number.strip():
        raise BadInput(_("Enter the number of the body's answer."), field="answer_number")
    if answer_on > local_date(at) or answer_on < local_date(extension.asked_at):
        raise BadInput(_("The answer lies between the day it was asked and today."), field="answer_on")
    if agreed and scan is None:
        raise BadInput(_("A later date rests on the body's letter: add its scan."), field="scan")
    if task.status != TaskStatus.ACCEPTED:
        raise WrongState
    move(
        extension, ExtensionStatus.AGREED if agreed else ExtensionStatus.REFUSED, at=at, decided_by=by, decided_at=at,
        answer_number=answer_number.strip(), answer_on=answer_on, remark=remark.strip(),
    )  # fmt: skip
    if scan is not None:
        add_task_file(task=task, kind=TaskFileKind.ANSWER, upload=scan, by=by, at=at, field="scan")
    if agreed:
        deadline = open_clock(task, clock_code(task))
        assert deadline is not None  # runs while the report is owed
        extend_clock(deadline=deadline, at=at, by=by, reason=extension.answer_number, new_due_on=extension.new_on)
        task.due_on, task.updated_at, task.version = extension.new_on, at, task.version + 1
        task.save(update_fields=["due_on", "updated_at", "version"])
    record(f"task.delay_{extension.status}", target=task, by=by, at=at, number=task.number, old=extension.old_on,
           new=extension.new_on, document=extension.answer_number, reason=extension.remark)  # fmt: skip
    notices.extension_answered(extension, at=at)
    return extension
