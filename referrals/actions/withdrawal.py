"""撤回 after receipt: the sender asks, a leader of the receiver agrees or says why not."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.access import revoke
from cases.actions.locking import lock_case
from cases.actions.strands import withdraw as withdraw_strand
from cases.enums import GrantCause, StrandStatus
from cases.models import Strand
from core.refusals import WrongState
from core.states import move
from departments.enums import ReferralKind
from departments.models import User
from documents.actions import void_document
from journal.actions import record
from referrals import receiving_notices
from referrals.actions.completion import end_completion
from referrals.actions.endings import end_clocks
from referrals.actions.informing import reopen_bulletin
from referrals.actions.papers import needed
from referrals.actions.teams import leave_with_letter
from referrals.enums import ReferralStatus
from referrals.models import Referral, Reply, Withdrawal
from referrals.receiving_enums import WithdrawalStatus

WORKED = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)


@transaction.atomic
def ask_withdrawal(*, referral: Referral, reason: str, by: User, at: dt.datetime) -> Withdrawal:
    """Ask the receiver to agree that a letter it signed for is withdrawn.

    :raises BadInput: no reason
    :raises WrongState: it is not signed for, answered or over, or was asked for already
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status not in WORKED:
        raise WrongState
    if locked.withdrawals.filter(status=WithdrawalStatus.ASKED).exists():
        raise WrongState(_("The receiver was asked already."))
    withdrawal = Withdrawal.objects.create(
        referral=locked, reason=needed(reason), asked_by=by, asked_at=at, created_at=at, updated_at=at
    )
    record("withdrawal.asked", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, reason=withdrawal.reason)  # fmt: skip
    receiving_notices.withdrawal_asked(withdrawal, at=at)
    return withdrawal


@transaction.atomic
def decide_withdrawal(
    *, withdrawal: Withdrawal, agreed: bool, remark: str = "", by: User, at: dt.datetime
) -> Withdrawal:
    """The receiver agrees: access, clocks and its own handling of the matter end. Or not, with a reason.

    :raises BadInput: refused without a reason
    :raises WrongState, MovedOn: it was decided, lapsed when the letter was answered or ended, a reply is under way, or the
        receiver has filed the matter by its own powers
    """
    referral = withdrawal.referral
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if not agreed:
        remark = needed(remark, "remark")
    status = WithdrawalStatus.AGREED if agreed else WithdrawalStatus.REFUSED
    move(withdrawal, status, at=at, decided_by=by, decided_at=at, decision=remark.strip())
    record(f"withdrawal.{status}", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, reason=withdrawal.decision)  # fmt: skip
    if agreed:
        _take_back(locked, withdrawal.reason, by=by, at=at)
    receiving_notices.withdrawal_decided(withdrawal, at=at)
    return withdrawal


def _take_back(referral: Referral, reason: str, *, by: User, at: dt.datetime) -> None:
    if Reply.objects.filter(referral=referral).open().exists():
        raise WrongState(_("A reply is under way: give it up first."))
    _end_strand(referral, reason, by=by, at=at)
    took_part = referral.kind == ReferralKind.EARLY and referral.status == ReferralStatus.ACCEPTED
    move(referral, ReferralStatus.WITHDRAWN, at=at, withdrawn_by=by, withdrawn_at=at, withdraw_reason=reason)
    end_completion(referral, by=by, at=at, reason=reason)
    end_clocks(referral, by=by, at=at, reason=reason)
    revoke(case=referral.case, department=referral.receiver, cause=GrantCause.REFERRAL,
           cause_target=referral, by=by, at=at)  # fmt: skip
    if referral.document is not None and not referral.document.is_void:
        void_document(document=referral.document, reason=reason, by=by, at=at)
    record("referral.withdrawn", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, reason=reason)  # fmt: skip
    reopen_bulletin(referral, by=by, at=at)
    if took_part:
        leave_with_letter(referral, by=by, at=at)


def _end_strand(referral: Referral, reason: str, *, by: User, at: dt.datetime) -> None:
    """The receiver's own line ends with the only letter that brought it the matter, while it only verifies."""
    others = Referral.objects.filter(case=referral.case, receiver=referral.receiver, status__in=WORKED)
    strand = Strand.objects.filter(case=referral.case, department=referral.receiver, ended_at=None).first()
    if strand is None or referral.status != ReferralStatus.ACCEPTED or others.exclude(pk=referral.pk).exists():
        return
    if strand.status != StrandStatus.VERIFYING:
        raise WrongState(_("Your department has filed this matter: it is ended by its own procedure first."))
    withdraw_strand(strand=strand, reason=reason, by=by, at=at)
    revoke(case=referral.case, department=referral.receiver, cause=GrantCause.STRAND,
           cause_target=strand, by=by, at=at)  # fmt: skip
