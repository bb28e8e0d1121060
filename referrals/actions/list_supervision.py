"""督办 of a data comparison: drafted by the coordinator, signed by a leader of the office, accounted for by who is late."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import AlreadyDone, FourEyes, WrongState
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
from referrals.actions.proof import TheirReply, keep_reply, on_record, store_proof
from referrals.actions.receipt import served_at
from referrals.duties import overdue_list
from referrals.enums import LetterKind
from referrals.models import Comparison, ListSupervision, SigningRule
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
def review_list_supervision(*, supervision: ListSupervision, by: User, at: dt.datetime) -> ListSupervision:
    """审核: pass a draft on to who signs it, where the signing rule knows a reviewer.

    :raises FourEyes: by its drafter
    :raises WrongState, MovedOn: it is no draft any more, or this kind is not reviewed
    """
    if not _rule().reviewer:
        raise WrongState(_("This kind of paper goes straight to the person who signs."))
    if supervision.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this letter: somebody else has to sign it."))
    move(supervision, ListSupervisionStatus.REVIEWED, at=at, reviewed_by=by, reviewed_at=at)
    record("list_supervision.reviewed", target=supervision, by=by, at=at, number=supervision.comparison.number)
    notices_comparison.supervision_to_sign(supervision, at=at)
    return supervision


def _rule() -> SigningRule:
    return SigningRule.objects.get(kind=LetterKind.SUPERVISION)


@transaction.atomic
def issue_list_supervision(*, supervision: ListSupervision, by: User, at: dt.datetime) -> ListSupervision:
    """签发: the 督办函 goes out with its number, and the clock of the reply begins.

    :raises FourEyes: by its drafter, or by who reviewed it
    :raises BadInput: the day of the reply has passed meanwhile
    :raises WrongState, MovedOn: it was not reviewed though the rule asks for it, is no draft any more, or nobody is late
        any more
    """
    comparison = supervision.comparison
    if supervision.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this letter: somebody else has to sign it."))
    if supervision.reviewed_by_id == by.pk:
        raise FourEyes(_("You reviewed this paper: somebody else has to sign it."))
    if supervision.status == ListSupervisionStatus.DRAFT and _rule().reviewer:
        raise WrongState(_("This paper has to be reviewed before it is signed."))
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
    *,
    supervision: ListSupervision,
    text: str,
    late_reason: str = "",
    paper: TheirReply | None = None,
    by: User,
    at: dt.datetime,
) -> ListSupervision:
    """Who was late accounts for it; a body without an account by its paper, whose day counts. The office is told.

    :raises BadInput: nothing said, or a paper `keep_reply` does not take
    :raises WrongState, MovedOn: it was replied to, or the comparison has come to its end
    """
    comparison = supervision.comparison
    text = needed(text, "text")
    said_at, kept = keep_reply(comparison.receiver, paper, since=supervision.issued_at or at, at=at)
    move(supervision, ListSupervisionStatus.REPLIED, at=at, reply=text, replied_by=by, replied_at=said_at, **kept)
    deadline = open_clock(comparison, CLOCK)
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, done_at=said_at, by=by, late_reason=late_reason)
    record(
        "list_supervision.replied", target=comparison, by=by, at=at, number=comparison.number,
        receiver=comparison.receiver.short_name, times=supervision.number, reason=text[:300], **on_record(supervision),
    )  # fmt: skip
    notices_comparison.supervision_replied(supervision, at=at)
    return supervision


@transaction.atomic
def prove_list_supervision(
    *,
    supervision: ListSupervision,
    delivered_on: dt.date,
    received_by_name: str,
    method: str,
    upload: UploadedFile,
    by: User,
    at: dt.datetime,
) -> ListSupervision:
    """送达回证 of the 督办函, where the receiver of the comparison does not work here.

    :raises BadInput: a date before sending or in the future, nobody who took it, not said how, a file that is no proof
    :raises WrongState: it was not issued, or the receiver works here
    :raises AlreadyDone: its service was proved before
    """
    locked = ListSupervision.objects.select_for_update(of=("self",)).select_related("comparison__receiver").get(
        pk=supervision.pk
    )
    if locked.issued_at is None or locked.document is None or locked.comparison.receiver.has_account:
        raise WrongState
    if locked.delivered_at is not None:
        raise AlreadyDone(_("The service of this letter was proved already."))
    served_at(locked.issued_at, delivered_on, received_by_name=received_by_name, method=method, at=at)
    file, sha256 = store_proof(upload)
    locked.delivered_on, locked.delivered_by, locked.delivered_at = delivered_on, by, at
    locked.received_by_name, locked.delivery_method = received_by_name.strip(), method.strip()
    locked.proof_file, locked.proof_name, locked.proof_sha256 = file, (upload.name or "")[:150], sha256
    locked.updated_at, locked.version = at, locked.version + 1
    locked.save()
    record(
        "list_supervision.delivered", target=locked, by=by, at=at, number=locked.document.number,
        delivered_on=delivered_on, sha256=sha256,
    )  # fmt: skip
    return locked


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
