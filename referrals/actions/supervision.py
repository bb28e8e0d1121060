"""督办: the office asks who is late to account for it, by a letter with a date and a clock of its own."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.dates import local_date
from core.refusals import WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from deadlines.calendar import Calendar
from departments.models import User
from journal.actions import record
from referrals import receiving_notices
from referrals.actions.drafting import check_limit
from referrals.actions.papers import needed
from referrals.actions.proof import TheirReply, keep_reply, on_record
from referrals.duties import owed_duty
from referrals.models import FollowUp, Referral, Supervision
from referrals.receiving_enums import SupervisionStatus
from referrals.sealed import clock_place


def check_supervising(referral: Referral, reply_on: dt.date | None, *, at: dt.datetime) -> Referral:
    """Whether the office may press for this letter; its locked row.

    :raises BadInput: a date that is not later than today
    :raises WrongState: nobody is late, or the last 督办 waits for its reply
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    owed_duty(locked, at)
    if locked.supervisions.open().exists():
        raise WrongState(_("The last supervision still waits for its reply."))
    check_limit(reply_on, at=at, field="reply_on")
    return locked


def open_supervision(letter: FollowUp, *, by: User, at: dt.datetime) -> Supervision:
    """The 督办函 goes out: what is late on this day is on the record, and the clock of the reply begins.

    :raises BadInput, WrongState: see `check_supervising`
    """
    locked = check_supervising(letter.referral, letter.due_on, at=at)
    duty = owed_duty(locked, at)
    assert letter.due_on is not None  # by constraint
    supervision = Supervision.objects.create(
        referral=locked, office=letter.department, number=locked.supervisions.count() + 1, demand=letter.text,
        reply_on=letter.due_on, duty=duty.name, due_on=duty.due_on,
        days_late=Calendar.current().working_days_between(duty.due_on, local_date(at)),
        issued_by=letter.drafted_by, issued_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    start_clock(
        code="supervision", target=locked, department=locked.receiver, to_department=letter.department,
        due_on=letter.due_on, by=by, at=at, **{"person": locked.handler, **clock_place(locked)},
    )  # fmt: skip
    record("supervision.issued", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, times=supervision.number, due_on=letter.due_on,
           reason=letter.text)  # fmt: skip
    receiving_notices.supervised(supervision, at=at)
    return supervision


@transaction.atomic
def reply_to_supervision(
    *,
    supervision: Supervision,
    text: str,
    late_reason: str = "",
    paper: TheirReply | None = None,
    by: User,
    at: dt.datetime,
) -> Supervision:
    """Who was late accounts for it; a body without an account by its paper, whose day counts.

    :raises BadInput: nothing said, or a paper `keep_reply` does not take
    :raises WrongState, MovedOn: it was replied to, or the letter has come to its end
    """
    referral = supervision.referral
    lock_case(referral.case)
    text = needed(text, "text")
    said_at, kept = keep_reply(referral.receiver, paper, since=supervision.issued_at, at=at)
    move(supervision, SupervisionStatus.REPLIED, at=at, reply=text, replied_by=by, replied_at=said_at, **kept)
    deadline = open_clock(referral, "supervision")
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, done_at=said_at, by=by, late_reason=late_reason)
    record("supervision.replied", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, times=supervision.number, reason=text,
           **on_record(supervision))  # fmt: skip
    receiving_notices.supervision_replied(supervision, at=at)
    return supervision


def lapse_supervision(referral: Referral, *, by: User, at: dt.datetime, reason: str) -> None:
    """The letter has come to its end: nobody has to account for it any more."""
    supervision = referral.supervisions.open().first()
    if supervision is None:
        return
    move(supervision, SupervisionStatus.LAPSED, at=at, lapse_reason=reason[:300])
    deadline = open_clock(referral, "supervision")
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
