"""What points or a score ask for, as they change: proposed as a task with a clock, dropped when nothing asks for it any
more; what was done already is to be looked at, and lifted by people."""

import datetime as dt

from django.utils.translation import gettext_noop

from cases.models import Subject
from core.dates import local_date
from core.states import move
from core.wording import for_the_record
from departments.enums import LEADERS, Role
from departments.models import Department, User
from sanctions.actions.credit_common import begin, note, stopped, tell
from sanctions.enums_credit import (
    CONSEQUENCE_CLOCK,
    Confirmation,
    ConsequenceKind,
    ConsequenceStatus,
    EntryKind,
)
from sanctions.models import Consequence, PointEntry
from sanctions.points_rules import Points, add_up, consequences, end_years

K, S = ConsequenceKind, ConsequenceStatus
NO_MORE = gettext_noop("The points or the score it rested on do not stand any more.")
AGAIN = gettext_noop("The points or the score ask for it again.")
REACHED = gettext_noop("%(total)d points in %(year)d")
ENDS = gettext_noop("%(total)d points in %(year)d; proposed for %(years)d years")
BY_POINTS = {K.TALK.value, K.SUSPEND.value, K.END.value}


def points_of(subject: Subject, year: int) -> Points:
    """What stands against a person in a year: confirmed entries only."""
    rows = PointEntry.objects.filter(subject=subject, year=year, status=Confirmation.CONFIRMED)
    return add_up((points, kind == EntryKind.REPAIR) for points, kind in rows.values_list("points", "kind"))


def end_months(subject: Subject, year: int) -> int:
    """For how many months the eligibility ends: 12, or 36 where one act brought all twelve points."""
    return 12 * end_years(points_of(subject, year))


def propose(
    *, subject: Subject, department: Department, year: int, kind: str, cause: str, at: dt.datetime
) -> Consequence:
    """Propose it once for this subject, year and kind; one dropped or lifted because its ground fell is proposed again.

    Runs inside the transaction of what led to it, the subject locked.
    """
    row = Consequence.objects.filter(subject=subject, year=year, kind=kind).order_by("pk").last()
    if row is None or (row.status == S.LIFTED and row.fell_on is not None):
        row = Consequence.objects.create(
            region_id=department.region_id, department=department, subject=subject, year=year, kind=kind, cause=cause,
            created_at=at, updated_at=at,
        )  # fmt: skip
    elif row.status == S.FALLEN:
        move(row, S.PROPOSED, at=at, cause=cause, reason="")
    else:
        return row
    begin(CONSEQUENCE_CLOCK, row, since=local_date(at), by=None, at=at)
    note(
        "consequence_proposed",
        row,
        by=None,
        at=at,
        subject=subject.pk,
        consequence=kind,
        year=year,
        reason=cause,
    )
    tell(row, "consequence_to_settle", Role.HANDLER, *LEADERS, at=at, tone="r", consequence=kind, year=year)
    return row


def drop_what_fell(*, subject: Subject, year: int, kinds: set[str], by: User, at: dt.datetime) -> None:
    """What is proposed and nothing asks for any more; what was done is for people to lift."""
    for row in Consequence.objects.open().filter(subject=subject, year=year, kind__in=kinds).order_by("pk"):
        move(row, S.FALLEN, at=at, reason=for_the_record(NO_MORE))
        over(row, by=by, at=at)
    done = Consequence.objects.filter(
        subject=subject, year=year, kind__in=kinds - {K.TALK.value}, status=S.DONE
    )
    for row in done.filter(fell_on=None).order_by("pk"):
        _ground_fell(row, at=at)


def _ground_fell(row: Consequence, *, at: dt.datetime) -> None:
    """A task to lift what was done, with its clock."""
    row.fell_on, row.updated_at, row.version = local_date(at), at, row.version + 1
    row.save(update_fields=["fell_on", "updated_at", "version"])
    begin(CONSEQUENCE_CLOCK, row, since=row.fell_on, by=None, at=at)
    note(
        "consequence_ground_fell",
        row,
        by=None,
        at=at,
        subject=row.subject_id,
        consequence=row.kind,
        year=row.year,
    )
    tell(
        row,
        "consequence_to_lift",
        Role.HANDLER,
        *LEADERS,
        at=at,
        tone="r",
        consequence=row.kind,
        year=row.year,
    )


def stands_again(*, subject: Subject, year: int, kinds: set[str], by: User, at: dt.datetime) -> None:
    """What was done, had lost its ground and was not lifted yet is asked for again: nothing is to be lifted."""
    done = Consequence.objects.filter(subject=subject, year=year, kind__in=kinds, status=S.DONE)
    for row in done.exclude(fell_on=None).order_by("pk"):
        row.fell_on, row.updated_at, row.version = None, at, row.version + 1
        row.save(update_fields=["fell_on", "updated_at", "version"])
        stopped(CONSEQUENCE_CLOCK, row, reason=for_the_record(AGAIN), by=by, at=at)


def over(row: Consequence, *, by: User, at: dt.datetime) -> None:
    stopped(CONSEQUENCE_CLOCK, row, reason=row.reason, by=by, at=at)
    note(
        "consequence_dismissed",
        row,
        by=by,
        at=at,
        subject=row.subject_id,
        consequence=row.kind,
        reason=row.reason,
    )


def follow(subject: Subject, department: Department, year: int, *, by: User, at: dt.datetime) -> Points:
    """Propose what the total of the year asks for; drop what it asks for no more, and ask to lift what was done of it."""
    total = points_of(subject, year)
    wanted = set(consequences(total))
    for kind in consequences(total):
        said = for_the_record(REACHED, total=total.total, year=year)
        if kind == "end":
            said = for_the_record(ENDS, total=total.total, year=year, years=end_years(total))
        propose(subject=subject, department=department, year=year, kind=kind, cause=said, at=at)
    fallen = BY_POINTS - wanted
    longer = Consequence.objects.filter(subject=subject, year=year, kind=K.END, status=S.DONE)
    if longer.filter(
        months__gt=12 * end_years(total)
    ).exists():  # three years, and no act of twelve points any more
        fallen.add(K.END.value)
    drop_what_fell(subject=subject, year=year, kinds=fallen, by=by, at=at)
    stands_again(subject=subject, year=year, kinds=wanted - fallen, by=by, at=at)
    return total
