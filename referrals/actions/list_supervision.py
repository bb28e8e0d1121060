"""督办 of a data comparison: drafted by the coordinator, signed by a leader of the office, accounted for by who is late."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from departments.models import User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts_comparison, notices_comparison
from referrals.actions.drafting import check_limit
from referrals.actions.papers import needed
from referrals.duties import overdue_list
from referrals.models import Comparison, ListSupervision
from referrals.receiving_enums import ListSupervisionStatus

CLOCK = "supervision"


def _late(comparison: Comparison, at: dt.datetime) -> Deadline:
    """:raises WrongState: the receiver is not late"""
    Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)
    duty = overdue_list(comparison, at)
    if duty is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    return duty


@transaction.atomic
def draft_list_supervision(
    *, comparison: Comparison, demand: str, reply_on: dt.date, by: User, at: dt.datetime
) -> ListSupervision:
    """Draft a 督办函 to the receiver of a data comparison, with a date for the reply.

    :raises BadInput: nothing demanded, or a date that is not later than today
    :raises WrongState: nobody is late, the last one waits for its reply, or one is being drafted
    """
    duty = _late(comparison, at)
    if comparison.supervisions.open().exists():
        raise WrongState(_("The last supervision still waits for its reply."))
    check_limit(reply_on, at=at, field="reply_on")
    supervision = ListSupervision.objects.create(
        comparison=comparison, office=by.department, number=comparison.supervisions.count() + 1,
        demand=needed(demand, "demand"), reply_on=reply_on, drafted_by=by, drafted_at=at, created_at=at, updated_at=at,
        **_how_late(duty, at),
    )  # fmt: skip
    record("list_supervision.drafted", target=supervision, by=by, at=at, number=comparison.number)
    notices_comparison.supervision_to_sign(supervision, at=at)
    return supervision


def _how_late(duty: Deadline, at: dt.datetime) -> dict[str, object]:
    days = Calendar.current().working_days_between(duty.due_on, local_date(at))
    return {"duty": duty.name, "due_on": duty.due_on, "days_late": days}


@transaction.atomic
def issue_list_supervision(*, supervision: ListSupervision, by: User, at: dt.datetime) -> ListSupervision:
    """签发: the 督办函 goes out with its number, and the clock of the reply begins.

    :raises FourEyes: by its drafter
    :raises BadInput: the day of the reply has passed meanwhile
    :raises WrongState, MovedOn: it is no draft any more, or nobody is late any more
    """
    comparison = supervision.comparison
    if supervision.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this letter: somebody else has to sign it."))
    duty = _late(comparison, at)
    check_limit(supervision.reply_on, at=at, field="reply_on")
    move(supervision, ListSupervisionStatus.ISSUED, at=at, issued_by=by, issued_at=at, **_how_late(duty, at))
    start_clock(
        code=CLOCK, target=comparison, department=comparison.receiver, to_department=supervision.office,
        due_on=supervision.reply_on, by=by, at=at,
    )  # fmt: skip
    record(
        "list_supervision.issued", target=comparison, by=by, at=at, number=comparison.number,
        receiver=comparison.receiver.short_name, times=supervision.number, due_on=supervision.reply_on,
        reason=supervision.demand[:300],
    )  # fmt: skip
    notices_comparison.supervised(supervision, at=at)
    supervision.document = issue_document(
        kind="supervision_letter", department=supervision.office, target=supervision, case=None,
        context=contexts_comparison.supervision(supervision, at=at), by=by, at=at,
    )  # fmt: skip
    supervision.save(update_fields=["document"])
    return supervision


@transaction.atomic
def discard_list_supervision(
    *, supervision: ListSupervision, reason: str, by: User, at: dt.datetime
) -> ListSupervision:
    """Give a draft up.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was signed meanwhile
    """
    move(supervision, ListSupervisionStatus.DISCARDED, at=at, end_reason=needed(reason))
    record("list_supervision.discarded", target=supervision, by=by, at=at, reason=supervision.end_reason)
    return supervision


@transaction.atomic
def reply_to_list_supervision(
    *, supervision: ListSupervision, text: str, late_reason: str = "", by: User, at: dt.datetime
) -> ListSupervision:
    """Who was late accounts for it; the office is told.

    :raises BadInput: nothing said
    :raises WrongState, MovedOn: it was replied to, or the comparison has come to its end
    """
    comparison = supervision.comparison
    text = needed(text, "text")
    move(supervision, ListSupervisionStatus.REPLIED, at=at, reply=text, replied_by=by, replied_at=at)
    deadline = open_clock(comparison, CLOCK)
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason)
    record(
        "list_supervision.replied", target=comparison, by=by, at=at, number=comparison.number,
        receiver=comparison.receiver.short_name, times=supervision.number, reason=text[:300],
    )  # fmt: skip
    notices_comparison.supervision_replied(supervision, at=at)
    return supervision


def lapse_list_supervision(comparison: Comparison, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """The result has come, or the letter has ended: nobody has to account for it any more.

    Belongs to the action that ends the waiting.
    """
    supervision = comparison.supervisions.open().first()
    if supervision is None:
        return
    move(supervision, ListSupervisionStatus.LAPSED, at=at, end_reason=reason[:300])
    deadline = open_clock(comparison, CLOCK)
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
