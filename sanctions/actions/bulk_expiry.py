"""The job by which terms end by themselves: measures, bars and list entries whose last day has passed.

One transaction a sanction, so that the departments are told once what was lifted; entries that rest on none follow. What
cannot be done stands in the log and is tried again, and nothing waits for it. The last day counts in full: what runs
through D ends on D + 1. It may run twice, late, or from two processes.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from cases.models import Case
from core.dates import local_date
from core.states import move
from core.wording import for_the_record
from sanctions import notices
from sanctions.actions.aftermath import repairs_fall
from sanctions.actions.proposing import end
from sanctions.actions.row_by_row import each_due
from sanctions.actions.weights import BAR_WORDS, follow_up, list_words, settle
from sanctions.enums import (
    APPLIED_LIVE,
    TASK_OVER,
    AppliedStatus,
    BarStatus,
    EntryStatus,
    SanctionStatus,
)
from sanctions.models import AppliedMeasure, Bar, ListEntry, MeasureTask, Sanction

APPLIED = (*APPLIED_LIVE, AppliedStatus.SUSPENDED)
BARS = (BarStatus.IN_FORCE, BarStatus.SUSPENDED)
OVER = gettext_noop("Its term is over.")
UNEXECUTED = gettext_noop("Its last day passed before it was executed.")
ENTRIES = (EntryStatus.LISTED, EntryStatus.SUSPENDED)


def expire_due(at: dt.datetime) -> int:
    """End everything that is over; how many terms ended, and sanctions of which nothing is left."""
    today = local_date(at)
    ended = each_due(_due(today), ("case_id",), lambda pk, case: _sanction(pk, case, today, at), "sanction to expire")
    return ended + each_due(_alone(today), (), lambda pk: _entry(pk, today, at), "list entry to expire")


def _over(found: QuerySet, today: dt.date, states: Iterable[str]) -> QuerySet:
    return found.filter(status__in=states, until__lt=today)


def _due(today: dt.date) -> QuerySet:
    """Sanctions with a term that is over, or with nothing left that could end."""
    of = {"sanction": OuterRef("pk")}
    passed = (
        Exists(_over(AppliedMeasure.objects.filter(**of), today, APPLIED))
        | Exists(_over(Bar.objects.filter(**of), today, BARS))
        | Exists(_over(ListEntry.objects.filter(**of), today, ENTRIES))
    )
    finished = Q(status=SanctionStatus.IN_FORCE, suspended_at=None) & ~_left()
    return Sanction.objects.filter(passed | finished)


def _left() -> Q:
    """Something of a sanction is still to come: a task, a running term, an entry."""
    of = {"sanction": OuterRef("pk")}
    waiting = (EntryStatus.PROPOSED, *ENTRIES)
    return Q(
        Exists(MeasureTask.objects.filter(**of).exclude(status__in=TASK_OVER))
        | Exists(AppliedMeasure.objects.filter(status__in=APPLIED, until__isnull=False, **of))
        | Exists(Bar.objects.filter(status__in=BARS, **of))
        | Exists(ListEntry.objects.filter(status__in=waiting, **of))
    )


def _alone(today: dt.date) -> QuerySet:
    """Entries that rest on no sanction."""
    return _over(ListEntry.objects.filter(sanction=None), today, ENTRIES)


@transaction.atomic
def _sanction(pk: int, case_id: int, today: dt.date, at: dt.datetime) -> int:
    lock_case(Case.objects.get(pk=case_id))
    sanction = Sanction.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    gone = {"ended_by": None, "ended_at": at}
    lifted: list[str] = []
    tasks: dict[int, MeasureTask] = {}
    found = _over(sanction.applied.all(), today, APPLIED).select_related(
        "measure", "task__department", "task__person"
    )
    for applied in found.order_by("pk"):
        if applied.executed_at is None:
            move(applied, AppliedStatus.LAPSED, at=at, end_reason=for_the_record(UNEXECUTED), **gone)
            notices.of_department("measure_lapsed", applied.task, by=None, at=at, measure=applied.measure.name)
        else:
            move(applied, AppliedStatus.EXPIRED, at=at, **gone)
        repairs_fall(applied, for_the_record(OVER), None, at)
        lifted.append(applied.measure.name)
        tasks[applied.task_id] = applied.task
    for bar in (
        _over(sanction.bars.all(), today, BARS).select_related("applied__task__department").order_by("pk")
    ):
        move(bar, BarStatus.EXPIRED, at=at, **gone)
        lifted.append(for_the_record(BAR_WORDS))
        tasks[bar.applied.task_id] = bar.applied.task
    for entry in _over(sanction.entries.all(), today, ENTRIES).select_related("department", "subject").order_by("pk"):
        move(entry, EntryStatus.EXPIRED, at=at, **gone)
        lifted.append(list_words(entry.kind))
        notices.of_department("entry_expired", entry, by=None, at=at)
        repairs_fall(entry, for_the_record(OVER), None, at)
        follow_up(entry, at)
    if lifted:
        _tell(sanction, tasks.values(), lifted, at)
    left = Sanction.objects.filter(_left(), pk=pk).exists()
    if sanction.status == SanctionStatus.IN_FORCE and sanction.suspended_at is None and not left:
        end(sanction, SanctionStatus.EXPIRED, "", None, at)
        notices.note("expired", sanction, by=None, at=at)
        return len(lifted) + 1
    return len(lifted)


def _tell(sanction: Sanction, tasks: Iterable[MeasureTask], lifted: list[str], at: dt.datetime) -> None:
    names = "、".join(lifted)
    notices.note("terms_over", sanction, by=None, at=at, lifted=names)
    for task in tasks:
        task.sanction = sanction
        settle(task, None, at)
        notices.of_department("task_terms_over", task, by=None, at=at, lifted=names)
        notices.tell_task("terms_were_over", task, at=at, tone="b", lifted=names)
    notices.tell_authority("terms_were_over", sanction, at=at, tone="b", lifted=names)


@transaction.atomic
def _entry(pk: int, today: dt.date, at: dt.datetime) -> int:
    entry = _alone(today).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if entry is None:
        return 0
    move(entry, EntryStatus.EXPIRED, at=at, ended_by=None, ended_at=at)
    notices.of_department("entry_expired", entry, by=None, at=at)
    told = notices.people(entry.department, *notices.WORKING, at=at)
    notices.tell(told, "entry_was_expired", entry, at=at, department=entry.department, tone="b")
    return 1
