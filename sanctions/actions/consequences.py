"""What points or a score ask for: proposed as a task with a clock, done by a decision, or dismissed for a reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.models import Subject
from core.dates import local_date
from core.refusals import BadInput
from core.states import move
from core.wording import for_the_record
from departments.enums import LEADERS, Role
from departments.models import Department, User
from sanctions.actions.credit_common import begin, lock, met, needed, note, past_day, stopped, tell
from sanctions.enums_credit import CONSEQUENCE_CLOCK, ConsequenceKind, ConsequenceStatus
from sanctions.models import Consequence
from sanctions.points_rules import END_YEARS, END_YEARS_IN_ONE_ACT, SUSPEND_MONTHS

K, S = ConsequenceKind, ConsequenceStatus
NO_MORE = gettext_noop("The points or the score it rested on do not stand any more.")
END_MONTHS = (12 * END_YEARS, 12 * END_YEARS_IN_ONE_ACT)


def propose(
    *, subject: Subject, department: Department, year: int, kind: str, cause: str, at: dt.datetime
) -> Consequence:
    """Propose it once for this subject, year and kind; one dropped because its ground fell is proposed again.

    Runs inside the transaction of what led to it, the subject locked.
    """
    row = Consequence.objects.filter(subject=subject, year=year, kind=kind).first()
    if row is None:
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
    """What is proposed and nothing asks for any more; what was done stays done and is looked at by people."""
    for row in Consequence.objects.open().filter(subject=subject, year=year, kind__in=kinds).order_by("pk"):
        move(row, S.FALLEN, at=at, reason=for_the_record(NO_MORE))
        _over(row, by=by, at=at)


def _over(row: Consequence, *, by: User, at: dt.datetime) -> None:
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


@transaction.atomic
def settle_consequence(
    *, row: Consequence, number: str, done_on: dt.date, months: int | None = None, by: User, at: dt.datetime
) -> Consequence:
    """It was done: the talk was held, the eligibility suspended or ended, the agreement terminated.

    number: of the decision, the record of the talk or the notice. months: 1–6 of a suspension, 12 or 36 of an end.

    :raises BadInput: no number, a day in the future, or months that cannot be (by field)
    :raises WrongState, MovedOn: it is settled already
    """
    lock(row)
    faults = {}
    if not number.strip():
        faults["number"] = _("Enter the number of the decision or of the record.")
    if wrong := past_day(done_on, at):
        faults["done_on"] = wrong
    if row.kind == K.SUSPEND and not (months and SUSPEND_MONTHS[0] <= months <= SUSPEND_MONTHS[1]):
        faults["months"] = _("A suspension lasts from 1 to 6 months.")
    if row.kind == K.END and months not in END_MONTHS:
        faults["months"] = _(
            "The eligibility ends for 12 months, or for 36 where one act brought all twelve points."
        )
    if faults:
        raise BadInput.several(faults)
    kept = months if row.kind in (K.SUSPEND, K.END) else None
    move(row, S.DONE, at=at, number=number.strip(), done_on=done_on, months=kept, done_by=by, done_at=at)
    met(CONSEQUENCE_CLOCK, row, done_on=done_on, by=by, at=at)
    note(
        "consequence_done", row, by=by, at=at, subject=row.subject_id, consequence=row.kind, number=row.number
    )
    return row


@transaction.atomic
def dismiss_consequence(*, row: Consequence, reason: str, by: User, at: dt.datetime) -> Consequence:
    """It is not done, for a reason that stays on the record; it is not proposed again for this year.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is settled already
    """
    reason = needed(reason)
    lock(row)
    move(row, S.DISMISSED, at=at, reason=reason, dismissed_by=by, dismissed_at=at)
    _over(row, by=by, at=at)
    return row
