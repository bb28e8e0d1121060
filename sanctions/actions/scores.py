"""年度考核得分: entered by one, confirmed by another; below 60 the agency is asked to terminate the agreement (E44)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.models import Subject
from core.dates import EARLIEST, local_date
from core.refusals import AlreadyDone, BadInput, FourEyes
from core.states import move
from core.wording import for_the_record
from departments.enums import LEADERS, Function
from departments.models import Department, User
from sanctions.actions.credit_common import lock, lock_subject, needed, note, tell
from sanctions.actions.following import drop_what_fell, propose, stands_again
from sanctions.enums_credit import Confirmation, ConsequenceKind
from sanctions.models import AnnualScore, PointImport
from sanctions.points_rules import BEST, fails

C = Confirmation
FAILED = gettext_noop("Score of %(score)s in %(year)d, below 60")


def agency_of(department: Department) -> Department:
    """Who manages agreements: the region's handling agency where it has one, else the department itself."""
    return (
        Department.objects.of(department.region, Function.AGENCY).active().order_by("pk").first()
        or department
    )


def faults_of(
    *, subject: Subject | None, year: int, score: Decimal, basis: str, at: dt.datetime
) -> dict[str, Any]:
    """What keeps a score from being entered, as field → sentence."""
    faults: dict[str, Any] = {}
    if subject is not None and not subject.is_body:
        faults["subject"] = _("A yearly score is an institution's: of persons points are counted.")
    if not EARLIEST.year <= year <= local_date(at).year:
        faults["year"] = _("Enter a year from 2000 to the present one.")
    if not Decimal(0) <= score <= BEST:
        faults["score"] = _("From %(least)d to %(most)d.") % {"least": 0, "most": 100}
    elif score != score.quantize(Decimal("0.01")):
        faults["score"] = _("A score has at most two places after the point.")
    if not basis.strip():
        faults["basis"] = _("Fill this in.")
    return faults


@transaction.atomic
def enter_score(
    *,
    department: Department,
    subject: Subject,
    year: int,
    score: Decimal,
    basis: str,
    source: PointImport | None = None,
    by: User,
    at: dt.datetime,
) -> AnnualScore:
    """Enter an institution's score of a year, 0 to 100; it counts once a second person has confirmed it.

    :raises BadInput: see `faults_of`; an institution of another region
    :raises AlreadyDone: it has one of that year
    """
    faults = faults_of(subject=subject, year=year, score=score, basis=basis, at=at)
    if subject.region_id != department.region_id:
        faults["subject"] = _("Choose a subject of this region.")
    if faults:
        raise BadInput.several(faults)
    lock_subject(subject)
    if AnnualScore.objects.filter(subject=subject, year=year, status__in=(C.ENTERED, C.CONFIRMED)).exists():
        raise AlreadyDone(_("It has a score of this year. Have that one revoked first."))
    row = AnnualScore.objects.create(
        region_id=department.region_id, department=department, subject=subject, year=year, score=score, basis=basis.strip(),
        source=source, entered_by=by, entered_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    note("score_entered", row, by=by, at=at, subject=subject.pk, year=year, score=score)
    if source is None:
        tell(row, "points_to_confirm", *LEADERS, at=at, but=by, count=1)
    return row


@transaction.atomic
def confirm_score(*, row: AnnualScore, by: User, at: dt.datetime) -> AnnualScore:
    """A second person confirms; below 60 the agency gets the task to terminate the agreement.

    :raises FourEyes: by who entered it
    :raises WrongState, MovedOn: it is not to be confirmed
    """
    subject = lock_subject(row.subject)
    lock(row)
    if row.status == C.ENTERED and row.entered_by_id == by.pk:
        raise FourEyes(_("You entered this: another person has to confirm it."))
    move(row, C.CONFIRMED, at=at, confirmed_by=by, confirmed_at=at)
    note("score_confirmed", row, by=by, at=at, subject=subject.pk, year=row.year, score=row.score)
    if fails(row.score):
        propose(
            subject=subject, department=agency_of(row.department), year=row.year, kind=ConsequenceKind.TERMINATE,
            cause=for_the_record(FAILED, score=row.score, year=row.year), at=at,
        )  # fmt: skip
        stands_again(subject=subject, year=row.year, kinds={ConsequenceKind.TERMINATE.value}, by=by, at=at)
    return row


@transaction.atomic
def reject_score(*, row: AnnualScore, reason: str, by: User, at: dt.datetime) -> AnnualScore:
    """A second person does not confirm it, with a reason.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not to be confirmed
    """
    reason = needed(reason)
    lock(row)
    move(row, C.REJECTED, at=at, ended_by=by, ended_at=at, reason=reason)
    note("score_rejected", row, by=by, at=at, subject=row.subject_id, year=row.year, reason=reason)
    return row


@transaction.atomic
def revoke_score(*, row: AnnualScore, reason: str, by: User, at: dt.datetime) -> AnnualScore:
    """On review it does not stand; the task it led to is dropped, or to be lifted where it was done.

    :raises BadInput: no reason
    :raises FourEyes: by who entered it
    :raises WrongState, MovedOn: it is not confirmed
    """
    reason = needed(reason)
    subject = lock_subject(row.subject)
    lock(row)
    if row.status == C.CONFIRMED and row.entered_by_id == by.pk:
        raise FourEyes
    move(row, C.REVOKED, at=at, ended_by=by, ended_at=at, reason=reason)
    note("score_revoked", row, by=by, at=at, subject=subject.pk, year=row.year, reason=reason)
    drop_what_fell(subject=subject, year=row.year, kinds={ConsequenceKind.TERMINATE.value}, by=by, at=at)
    return row
