"""转送有权机关: a receiver without power passes a letter on; the sender waits for the answer as before."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from cases.actions.access import revoke
from cases.actions.locking import lock_case
from cases.enums import GrantCause
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.enums import ReferralKind
from departments.models import Department, User
from journal.actions import record
from referrals import receiving_notices
from referrals.actions.completion import end_completion
from referrals.actions.drafting import Line, check_case_open, check_taken_in, fill
from referrals.actions.endings import end_clocks
from referrals.actions.papers import needed
from referrals.enums import ReferralStatus
from referrals.models import Dispatch, Referral, SuppliedItem
from referrals.receiving_enums import CompletionStatus
from referrals.sealed import next_named


@transaction.atomic
def draft_forward(
    *,
    referral: Referral,
    receiver: Department,
    reason: str,
    limit_on: dt.date | None,
    by: User,
    at: dt.datetime,
) -> Dispatch:
    """A draft of the 转送函, with the evidence that was handed over. It is reviewed, signed and sent like any paper.

    :raises WrongState: the letter is not waiting for a decision, is no transfer, or is being forwarded
    :raises BadInput: no reason, no limit, no route, back to where it came from, a limit that has passed, or what was
        supplied was not taken in
    """
    lock_case(referral.case)
    check_case_open(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status != ReferralStatus.RECEIVED or locked.kind != ReferralKind.TRANSFER:
        raise WrongState(_("Only a transfer that was signed for and not decided on is forwarded."))
    if locked.forwardings.open().exists():
        raise WrongState(_("A letter that forwards it is already being drafted."))
    check_taken_in(locked)
    reason = needed(reason)
    if limit_on is None:
        raise BadInput(_("State by which date an answer is expected."), field="limit_on")
    first = locked.dispatch
    dispatch = Dispatch(
        kind=locked.kind, case=locked.case, department=by.department, forwards=locked,
        drafted_by=by, drafted_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    fill(
        dispatch=dispatch, receivers=[receiver], subject=_subject(first.subject), facts=first.facts,
        manifest=_handed_over(locked), limit_on=limit_on, amount=first.amount, request=reason, by=by, at=at,
    )  # fmt: skip
    record("dispatch.drafted", target=dispatch, by=by, at=at, case=locked.case, kind=locked.kind)
    return dispatch


def _subject(asked: str) -> str:
    """关于移交…的函 → 关于转送…的函."""
    with override("zh-hans"):
        matter = asked.removeprefix("关于").removeprefix("移交").removeprefix("转送")
        return f"关于转送{matter}"[:100]


def _handed_over(referral: Referral) -> list[Line]:
    lines = [
        Line(evidence=item.evidence, quantity=item.quantity, remark=item.remark)
        for item in referral.dispatch.manifest.select_related("evidence")
    ]
    supplied = SuppliedItem.objects.filter(
        completion__referral=referral, completion__status=CompletionStatus.TAKEN
    ).select_related("evidence")
    return lines + [
        Line(evidence=item.evidence, quantity=item.quantity, remark=item.remark) for item in supplied
    ]


def leave_behind(referral: Referral, new: Referral, *, by: User, at: dt.datetime) -> None:
    """The forwarded letter is over at who had it: clocks and access end there, and the sender is told.

    :raises WrongState, MovedOn: it was decided on meanwhile
    """
    if referral.status != ReferralStatus.RECEIVED:
        raise WrongState(_("The letter was decided on meanwhile: it is no longer forwarded."))
    move(referral, ReferralStatus.FORWARDED, at=at, forwarded_by=by, forwarded_at=at)
    told = next_named(new)
    reason = for_the_record(gettext_noop("forwarded to %(department)s"), department=told["next"])
    end_completion(referral, by=by, at=at, reason=reason)
    end_clocks(referral, by=by, at=at, reason=reason)
    revoke(case=referral.case, department=referral.receiver, cause=GrantCause.REFERRAL,
           cause_target=referral, by=by, at=at)  # fmt: skip
    record("referral.forwarded", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, next=told["next"], new=new.pk if told["new_number"] else None,
           reason=told["reason"])  # fmt: skip
    receiving_notices.forwarded(referral, new, at=at)
