"""督办: the clock of the answer a letter of supervision asks for, and the paper by which it or a report is given."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date
from core.refusals import BadInput
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.models import User
from meetings.enums import StepKind
from meetings.models import Resolution

ANSWER = "supervision"


def ask(task: Resolution, reply_on: dt.date, *, by: User, at: dt.datetime) -> None:
    """The letter goes out: it is counted, and its answer is owed until `reply_on`; an earlier letter's no more."""
    clock = open_clock(task, ANSWER)
    if clock is not None:  # nobody answered it: what was late stays late
        said = for_the_record(gettext_noop("Supervised again: another letter takes its place."))
        cancel_clock(deadline=clock, at=at, reason=said, by=by)
    Resolution.objects.filter(pk=task.pk).update(
        pressed=F("pressed") + 1, answer_by=reply_on, updated_at=at, version=F("version") + 1
    )
    task.refresh_from_db()
    start_clock(
        code=ANSWER, target=task, department=task.department, to_department=task.office, person=task.person,
        region_id=task.region_id, due_on=reply_on, by=by, at=at,
    )  # fmt: skip


def answered(task: Resolution, *, done_at: dt.datetime, by: User, at: dt.datetime) -> None:
    """Who was pressed has accounted for it; nothing where nothing is asked."""
    if task.answer_by is None:
        return
    _no_more(task, at)
    clock = open_clock(task, ANSWER)
    if clock is not None:
        meet_clock(deadline=clock, at=at, done_at=max(done_at, clock.started_at), by=by)


def lapse(task: Resolution, reason: str, *, by: User, at: dt.datetime) -> None:
    """A meeting has dealt with the task: nobody has to account for it any more."""
    if task.answer_by is None:
        return
    _no_more(task, at)
    clock = open_clock(task, ANSWER)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, reason=reason, by=by)


def _no_more(task: Resolution, at: dt.datetime) -> None:
    Resolution.objects.filter(pk=task.pk).update(answer_by=None, updated_at=at, version=F("version") + 1)
    task.refresh_from_db()


def written(
    task: Resolution, *, on: dt.date | None, number: str, upload: Any, since: dt.datetime, at: dt.datetime
) -> dict[str, Any]:
    """What a step keeps of the paper of a department without an account, besides its scan; nothing of the others.

    :raises BadInput: a day of a paper where people answer here themselves, no day, one before `since` or to come (field
        `on`), or no scan (field `upload`)
    """
    if task.department.has_account:
        if on is not None:
            raise BadInput(
                _(
                    "Only papers of a department without an account are entered; the others answer here themselves."
                ),
                field="on",
            )
        return {}
    if on is None or not local_date(since) <= on <= local_date(at):
        raise BadInput(
            _("The paper is of a day from %(first)s to today.") % {"first": local_date(since).isoformat()},
            field="on",
        )
    if upload is None:
        raise BadInput(_("Add the scan of the paper."), field="upload")
    return {"paper_on": on, "paper_number": number.strip()}


def last_letter(task: Resolution) -> dt.datetime:
    """When the letter that waits for its answer went out; the caller knows there is one."""
    return task.steps.filter(kind=StepKind.PRESSED).latest("pk").at
