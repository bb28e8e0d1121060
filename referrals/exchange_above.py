"""The spans of tasks from above and of the letters written back in the exchange picture."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.dates import start_of
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from referrals.enums_above import Purpose
from referrals.exchange_spans import Span, Step, noon, spans
from referrals.models import Task, TaskLetter


def redone(tasks: Iterable[Task]) -> dict[int, list[dt.datetime]]:
    """When each task was sent back to be reported again, oldest first: every round has a clock of its own."""
    counts = {task.pk: task.redo_count for task in tasks if task.redo_count}
    started: dict[int, list[dt.datetime]] = defaultdict(list)
    clocks = Deadline.objects.filter(target_kind=Task.kind_code, target_id__in=counts).order_by(
        "started_at", "pk"
    )
    for target, at in clocks.values_list("target_id", "started_at"):
        started[target].append(at)
    return {pk: started[pk][-count:] for pk, count in counts.items()}


def of_task(task: Task, back: list[dt.datetime], now: dt.datetime, calendar: Calendar) -> list[Span]:
    """What a body outside asked, from the day its letter came in: waiting to be given to somebody, being worked, with the
    body again.

    back: when it was sent back to be reported again; each round is worked and reported anew.
    """
    over = task.closed_at or task.withdrawn_at
    steps: list[Step] = [
        (
            "deciding",
            _("waiting for acceptance"),
            task.registered_in,
            start_of(task.received_on),
            task.assigned_at or over,
        ),
    ]
    if task.assigned_at is not None and task.department is not None:
        taken = task.accepted_at or over
        steps.append(("deciding", _("waiting for acceptance"), task.department, task.assigned_at, taken))
    start = task.accepted_at
    if start is not None and task.department is not None:
        answers = sorted(
            letter.sent_at
            for letter in task.letters.all()
            if letter.purpose == task.answer_purpose and letter.sent_at is not None
        )
        for again in back:
            reported = max((each for each in answers if each <= again), default=again)
            steps += [
                ("working", _("being worked"), task.department, start, reported),
                ("closing", _("with the sender"), task.body_name, reported, again),
            ]
            start = again
        steps.append(("working", _("being worked"), task.department, start, task.reported_at or over))
    steps.append(("closing", _("with the sender"), task.body_name, task.reported_at, over))
    return spans(steps, now, calendar)


def of_task_letter(letter: TaskLetter, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """A letter to the body of a task: drafted; a request for a later date lies with the body until the day it answered."""
    steps: list[Step] = [("drafting", _("drafting"), letter.department, letter.drafted_at, letter.sent_at)]
    asked = getattr(letter, "extension", None)
    if letter.purpose == Purpose.DELAY and asked is not None and letter.sent_at is not None:
        over = letter.task.closed_at or letter.task.withdrawn_at or letter.task.reported_at
        answered = noon(asked.answer_on, letter.sent_at, asked.decided_at or now) if asked.answer_on else over
        steps.append(
            ("deciding", _("waiting for acceptance"), letter.task.body_name, letter.sent_at, answered)
        )
    return spans(steps, now, calendar)
