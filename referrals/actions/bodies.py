"""Bodies without an account: the sender's registrar writes down what came on paper; same states, same clocks."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.dates import local_date, start_of
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock
from departments.enums import ReferralKind
from departments.models import User
from journal.actions import record
from referrals import notices, receiving_notices
from referrals.actions.completion import (
    REPLY_CLOCKS,
    end_completion,
    open_completion,
    settle_before_acceptance,
)
from referrals.actions.drafting import check_limit
from referrals.actions.endings import end_clocks
from referrals.actions.extensions import ask_extension
from referrals.actions.handling import meet_invitation
from referrals.actions.overtaken import drop_stale
from referrals.actions.papers import needed
from referrals.actions.proof import store_proof
from referrals.actions.team_papers import take_part_on_paper
from referrals.actions.verdicts import Refusal, put_verdicts
from referrals.actions.withdrawal import decide_withdrawal
from referrals.enums import ReferralStatus, ReturnCategory
from referrals.models import Referral, Said
from referrals.receiving_enums import (
    SAID_OF_INVITATION,
    SAID_OF_WITHDRAWAL,
    SAID_WITH_DATE,
    SaidKind,
    SaidVia,
    WithdrawalStatus,
)

LONGEST_REASON = 200  # characters beside each item of the letter


@transaction.atomic
def record_said(
    *,
    referral: Referral,
    kind: str,
    person: str,
    dated_on: dt.date,
    upload: UploadedFile,
    number: str = "",
    text: str = "",
    category: str = "",
    refused: Sequence[str] = (),
    until: dt.date | None = None,
    late_reason: str = "",
    via: str = SaidVia.REGISTRAR,
    by: User,
    at: dt.datetime,
) -> Said:
    """Write down what a body without an account said of a letter, with the scan of its paper.

    It accepts, wholly or in part, returns or answers, asks for what is missing (补正) or for a longer limit (延期), and
    agrees or not to a withdrawal it was asked for. refused: the keys of what is not accepted (`verdicts.points_of`);
    `text` is then the reason.

    until: the day by which it asks for the missing, or the new limit it asks for. dated_on: the date on their
    paper. By it alone it is judged whether they were late: the time a paper is under way does not count (FACTS §2.8,
    民诉法 art. 85), and when our registrar enters it is not their doing. via link: `by` is the registrar who issued
    the link and stands for it in the letter's stamps.

    :raises BadInput: no person, no reason for a return or a request, no result of an answer, a date before receipt
        or in the future, a request without its date, a file that is no scan, or a late answer without the reason
        the rule asks for
    :raises WrongState, MovedOn: the receiver works here itself, or the letter is in another state
    """
    lock_case(referral.case)
    if referral.receiver.has_account:
        raise WrongState(_("%(department)s answers in this system itself.") % {"department": referral.receiver})
    if referral.kind == ReferralKind.EARLY and kind not in (*SAID_OF_INVITATION, *SAID_OF_WITHDRAWAL):
        raise WrongState(_("An invitation is taken up or declined."))
    person = needed(person, "person")
    received_at = referral.received_at or at
    if not local_date(received_at) <= dated_on <= local_date(at):
        raise BadInput(_("Their paper is dated between the receipt of the letter and today."), field="dated_on")
    _check_after_redo(referral, dated_on)
    if kind == SaidKind.RETURNED and category not in ReturnCategory.values:
        raise BadInput(_("Choose a category."), field="category")
    if kind in SAID_WITH_DATE:
        _check_until(referral, kind, until, at)
    if kind not in (SaidKind.ACCEPTED, SaidKind.AGREED):
        text = needed(text, "text")
    if kind == SaidKind.PARTLY and len(text) > LONGEST_REASON:
        too_long = _("The reason of what is not accepted: at most %(n)d characters.")
        raise BadInput(too_long % {"n": LONGEST_REASON}, field="text")
    file, sha256 = store_proof(upload)
    said = Said.objects.create(
        referral=referral, kind=kind, via=via, person=person, number=number.strip(), dated_on=dated_on,
        text=text.strip(), file=file, name=(upload.name or "")[:150], sha256=sha256,
        by=by if via == SaidVia.REGISTRAR else None, at=at,
    )  # fmt: skip
    if kind == SaidKind.ACCEPTED:
        _accepted(said, by=by, at=at)
    elif kind == SaidKind.RETURNED:
        _returned(said, category, by=by, at=at)
    elif kind == SaidKind.ANSWERED:
        _answered(said, late_reason, by=by, at=at)
    elif kind == SaidKind.PARTLY:
        _partly(said, refused, by=by, at=at)
    elif kind in (SaidKind.AGREED, SaidKind.REFUSED):
        _on_withdrawal(said, by=by, at=at)
    else:
        assert until is not None  # asked for above
        _asked(said, until, by=by, at=at)
    record(f"said.{kind}", target=referral, by=by if via == SaidVia.REGISTRAR else None, at=at, case=referral.case,
           number=referral.number, receiver=referral.receiver.short_name, said_via=via, their_number=said.number,
           dated_on=dated_on, until=until, sha256=sha256, reason=said.text[:300])  # fmt: skip
    return said


def _check_after_redo(referral: Referral, dated_on: dt.date) -> None:
    """:raises BadInput: a paper older than the day on which the letter was sent back to be done again"""
    for clock in filter(None, (open_clock(referral, code) for code in REPLY_CLOCKS)):
        if referral.redo_count and dated_on < local_date(clock.started_at):
            said = _("It was asked to do it again on %(day)s: what it says to that is not dated before.")
            raise BadInput(said % {"day": local_date(clock.started_at).isoformat()}, field="dated_on")


def _check_until(referral: Referral, kind: str, until: dt.date | None, at: dt.datetime) -> None:
    if until is None:
        raise BadInput(_("Give the date they ask for."), field="until")
    check_limit(until, at=at, field="until")
    if kind == SaidKind.LONGER and referral.limit_on is not None and until <= referral.limit_on:
        raise BadInput(_("The new limit must be later than the old one."), field="until")


def _on(day: dt.date, referral: Referral, at: dt.datetime) -> dt.datetime:
    """Noon of the day on their paper, not before receipt and not after now."""
    return max(referral.received_at or at, min(at, start_of(day) + dt.timedelta(hours=12)))


def _accepted(said: Said, *, by: User, at: dt.datetime, told: bool = True) -> None:
    referral = said.referral
    if referral.status != ReferralStatus.RECEIVED:
        raise WrongState
    settle_before_acceptance(referral, by=by, at=at)
    move(
        referral, ReferralStatus.ACCEPTED, at=at, accepted_by=by, accepted_at=_on(said.dated_on, referral, at),
        handled_there=said.person,
    )  # fmt: skip
    drop_stale(referral, by=by, at=at)
    if referral.kind == ReferralKind.EARLY:
        take_part_on_paper(referral, person=said.person, by=by, at=at)
        meet_invitation(referral, by=by, at=at, done_at=_on(said.dated_on, referral, at))
    if told:
        notices.referral_accepted(referral, at=at)


def _partly(said: Said, refused: Sequence[str], *, by: User, at: dt.datetime) -> None:
    """部分受理: what it does not take on stays with the sender, who is told."""
    referral = said.referral
    if referral.status != ReferralStatus.RECEIVED:
        raise WrongState
    if not refused:
        raise BadInput(_("Mark what is not accepted; a letter accepted whole is simply accepted."), field="refused")
    rest = put_verdicts(referral, [Refusal(key, said.text) for key in refused], by=by, at=at)
    _accepted(said, by=by, at=at, told=False)
    receiving_notices.partly_accepted(referral, "、".join(point.name for point in rest), at=at)


def _on_withdrawal(said: Said, *, by: User, at: dt.datetime) -> None:
    """撤回: what it says to the withdrawal it was asked to agree to."""
    withdrawal = said.referral.withdrawals.filter(status=WithdrawalStatus.ASKED).first()
    if withdrawal is None:
        raise WrongState(_("It was not asked to agree to a withdrawal."))
    agreed = said.kind == SaidKind.AGREED
    decide_withdrawal(withdrawal=withdrawal, agreed=agreed, remark=said.text[:300], by=by, at=at)


def _returned(said: Said, category: str, *, by: User, at: dt.datetime) -> None:
    referral = said.referral
    reason = said.text[:300]
    move(
        referral, ReferralStatus.RETURNED, at=at, returned_by=by, returned_at=_on(said.dated_on, referral, at),
        return_category=category, return_reason=reason,
    )  # fmt: skip
    end_completion(referral, by=by, at=at, reason=reason)
    said_at = _on(said.dated_on, referral, at)
    meet_invitation(referral, by=by, at=at, done_at=said_at)  # declining answers it too
    end_clocks(referral, by=by, at=at, reason=reason)
    notices.referral_returned(referral, at=at)


def _answered(said: Said, late_reason: str, *, by: User, at: dt.datetime) -> None:
    """An answer to a letter nobody accepted first is both: who answers has taken it on."""
    referral = said.referral
    if referral.status == ReferralStatus.RECEIVED:
        _accepted(said, by=by, at=at)
    answered_at = _on(said.dated_on, referral, at)
    move(referral, ReferralStatus.ANSWERED, at=at, answered_by=by, answered_at=answered_at)
    for code in REPLY_CLOCKS:
        deadline = open_clock(referral, code)
        if deadline is not None:
            meet_clock(deadline=deadline, at=at, done_at=answered_at, by=by, late_reason=late_reason)
    drop_stale(referral, by=by, at=at)
    receiving_notices.answered_on_paper(said, at=at)


def _asked(said: Said, until: dt.date, *, by: User, at: dt.datetime) -> None:
    """Before they decide something may be missing; who asks for a longer limit has taken the letter on."""
    referral = said.referral
    if said.kind == SaidKind.MISSING:
        said_at = _on(said.dated_on, referral, at)
        open_completion(referral, missing=said.text, due_on=until, by=by, at=at, since=said_at)
        return
    if referral.status == ReferralStatus.RECEIVED:
        _accepted(said, by=by, at=at)
    ask_extension(referral=referral, new_on=until, reason=said.text[:300], by=by, at=at)
