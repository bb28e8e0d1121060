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
from documents.actions import issue_document
from journal.actions import record
from referrals import receiving_contexts, receiving_notices
from referrals.actions.drafting import check_limit
from referrals.actions.papers import needed
from referrals.duties import overdue_duty
from referrals.models import Referral, Supervision
from referrals.receiving_enums import SupervisionStatus
from referrals.sealed import clock_place


@transaction.atomic
def supervise(
    *, referral: Referral, demand: str, reply_on: dt.date, by: User, at: dt.datetime
) -> Supervision:
    """The office's coordinator issues a 督办函 on a letter whose receiver is late.

    :raises BadInput: nothing demanded, or a date that is not later than today
    :raises WrongState: nobody is late, or the last 督办 waits for its reply
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    duty = overdue_duty(locked, at)
    if duty is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    if locked.supervisions.open().exists():
        raise WrongState(_("The last supervision still waits for its reply."))
    demand = needed(demand, "demand")
    check_limit(reply_on, at=at, field="reply_on")
    supervision = Supervision.objects.create(
        referral=locked, office=by.department, number=locked.supervisions.count() + 1, demand=demand,
        reply_on=reply_on, duty=duty.name, due_on=duty.due_on,
        days_late=Calendar.current().working_days_between(duty.due_on, local_date(at)),
        issued_by=by, issued_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    start_clock(
        code="supervision", target=locked, department=locked.receiver, to_department=by.department,
        due_on=reply_on, by=by, at=at, **{"person": locked.handler, **clock_place(locked)},
    )  # fmt: skip
    record("supervision.issued", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, times=supervision.number, due_on=reply_on,
           reason=demand)  # fmt: skip
    receiving_notices.supervised(supervision, at=at)
    # no case: the office that issues it does not read the case, and the letter names only what the office knows
    supervision.document = issue_document(
        kind="supervision_letter", department=by.department, target=supervision, case=None,
        context=receiving_contexts.supervision_context(supervision, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    supervision.save(update_fields=["document"])
    return supervision


@transaction.atomic
def reply_to_supervision(
    *, supervision: Supervision, text: str, late_reason: str = "", by: User, at: dt.datetime
) -> Supervision:
    """Who was late accounts for it.

    :raises BadInput: nothing said
    :raises WrongState, MovedOn: it was replied to, or the letter has come to its end
    """
    referral = supervision.referral
    lock_case(referral.case)
    text = needed(text, "text")
    move(supervision, SupervisionStatus.REPLIED, at=at, reply=text, replied_by=by, replied_at=at)
    deadline = open_clock(referral, "supervision")
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason)
    record("supervision.replied", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, times=supervision.number, reason=text)  # fmt: skip
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
