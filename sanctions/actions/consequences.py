"""What points or a score asked for is done by a decision, dismissed for a reason, or lifted when its ground has fallen."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from departments.models import User
from sanctions.actions.credit_common import lock, lock_subject, met, needed, note, past_day
from sanctions.actions.following import BY_POINTS, end_months, follow, over
from sanctions.enums_credit import CONSEQUENCE_CLOCK, Confirmation, ConsequenceKind, ConsequenceStatus
from sanctions.models import AnnualScore, Consequence, PointEntry
from sanctions.points_rules import END_YEARS, END_YEARS_IN_ONE_ACT, SUSPEND_MONTHS

K, S = ConsequenceKind, ConsequenceStatus
END_MONTHS = (12 * END_YEARS, 12 * END_YEARS_IN_ONE_ACT)


def _fault_of_end(row: Consequence, months: int | None) -> str:
    """What is wrong with the months of an end: a sentence, or nothing."""
    due = end_months(row.subject, row.year)
    if months not in END_MONTHS:
        return _("The eligibility ends for 12 months, or for 36 where one act brought all twelve points.")
    if months == due:
        return ""
    if due == END_MONTHS[0]:
        return _("No single act brought twelve points: the eligibility ends for 12 months, not for 36.")
    return _("One act brought all twelve points: the eligibility ends for 36 months.")


def _had_a_hand(user: User, row: Consequence) -> bool:
    """Whether the person entered or confirmed what it rests on."""
    model: type[AnnualScore] | type[PointEntry] = AnnualScore if row.kind == K.TERMINATE else PointEntry
    stands = model.objects.filter(subject=row.subject_id, year=row.year, status=Confirmation.CONFIRMED)
    return stands.filter(Q(entered_by=user) | Q(confirmed_by=user)).exists()


@transaction.atomic
def settle_consequence(
    *, row: Consequence, number: str, done_on: dt.date, months: int | None = None, by: User, at: dt.datetime
) -> Consequence:
    """It was done: the talk was held, the eligibility suspended or ended, the agreement terminated.

    number: of the decision, the record of the talk or the notice. months: 1–6 of a suspension; of an end 36 where one act
    brought all twelve points, else 12 (FACTS §2.7), compared with the points that stand now.

    :raises BadInput: no number, a day in the future, or months that cannot be (by field)
    :raises FourEyes: by who entered or confirmed the points or the score it rests on
    :raises WrongState, MovedOn: it is settled already
    """
    lock_subject(row.subject)
    lock(row)
    if row.status == S.PROPOSED and _had_a_hand(by, row):
        raise FourEyes(_("You entered or confirmed what it rests on: another person has to do it."))
    faults = {}
    if not number.strip():
        faults["number"] = _("Enter the number of the decision or of the record.")
    if wrong := past_day(done_on, at):
        faults["done_on"] = wrong
    if row.kind == K.SUSPEND and not (months and SUSPEND_MONTHS[0] <= months <= SUSPEND_MONTHS[1]):
        faults["months"] = _("A suspension lasts from 1 to 6 months.")
    if row.kind == K.END and (wrong := _fault_of_end(row, months)):
        faults["months"] = wrong
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
    over(row, by=by, at=at)
    return row


@transaction.atomic
def lift_consequence(
    *, row: Consequence, number: str, lifted_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Consequence:
    """What was done is lifted by a decision of a second person: it held through the day before.

    number: of the decision that lifts it. Where its ground fell and the points still ask for it in another measure (no
    longer three years), it is proposed anew.

    :raises BadInput: no number, no reason, a day in the future or before it was done (by field)
    :raises FourEyes: by who entered that it was done
    :raises WrongState, MovedOn: it was not done, or is a talk, which is over
    """
    subject = lock_subject(row.subject)
    lock(row)
    if row.status == S.DONE and row.done_by_id == by.pk:
        raise FourEyes(_("You entered that it was done: another person has to lift it."))
    if row.kind == K.TALK:
        raise WrongState(_("A talk that was held is not lifted."))
    faults = {}
    if not number.strip():
        faults["number"] = _("Enter the number of the decision or of the record.")
    if not reason.strip():
        faults["reason"] = _("Give a reason.")
    if wrong := past_day(lifted_on, at):
        faults["lifted_on"] = wrong
    elif row.done_on is not None and lifted_on < row.done_on:
        faults["lifted_on"] = _("The day lies before the one it was done on.")
    if faults:
        raise BadInput.several(faults)
    move(
        row, S.LIFTED, at=at, lift_number=number.strip(), lifted_on=lifted_on, lifted_by=by, lifted_at=at,
        reason=reason.strip()[:300],
    )  # fmt: skip
    met(CONSEQUENCE_CLOCK, row, done_on=lifted_on, by=by, at=at)
    note(
        "consequence_lifted", row, by=by, at=at, subject=row.subject_id, consequence=row.kind, number=row.lift_number,
        on=lifted_on, reason=row.reason,
    )  # fmt: skip
    if row.fell_on is not None and row.kind in BY_POINTS:
        follow(subject, row.department, row.year, by=by, at=at)
    return row
