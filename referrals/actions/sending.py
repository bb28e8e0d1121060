"""编号、用印、发出: the registrar's step, with everything that follows from a letter leaving the house."""

import datetime as dt

from django.db import transaction

from cases.actions.access import grant_department
from cases.actions.evidence import record_custody
from cases.actions.locking import lock_case
from cases.enums import CustodyKind, GrantCause, Permission
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.enums import ReferralKind
from departments.models import Department, User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts, notices
from referrals.actions.circulation import send_copies
from referrals.actions.drafting import check_case_open, check_limit, check_manifest
from referrals.actions.forwarding import leave_behind
from referrals.actions.informing import tell_by
from referrals.actions.leaving_out import check_left_out
from referrals.actions.papers import not_of_a_crime
from referrals.actions.receivers import check_receivers, sealed_beside
from referrals.actions.teams import invite
from referrals.enums import PaperStatus, ReferralStatus
from referrals.models import Dispatch, Referral
from referrals.sealed import clock_place


@transaction.atomic
def send_dispatch(*, dispatch: Dispatch, late_reason: str = "", by: User, at: dt.datetime) -> list[Referral]:
    """Send a signed paper: one numbered letter, one referral, one grant and one clock for each receiver.

    The notice of technical support meets the requester's clock; when it is late it needs `late_reason` and
    stays late on the record for ever. Letters are issued last, under the lock of the number series.

    :raises WrongState, MovedOn: the paper is not signed, or the case is closed
    :raises BadInput: the limit in the letter has passed, or a late notice without a reason
    """
    case = lock_case(dispatch.case)
    not_of_a_crime(dispatch)
    check_case_open(case)
    check_limit(dispatch.limit_on, at=at)
    receivers = list(dispatch.receivers.order_by("pk"))
    check_receivers(dispatch, receivers, by=by)
    check_left_out(dispatch, receivers)
    check_manifest(dispatch)
    _meet_notice_clock(dispatch, late_reason.strip(), by=by, at=at)
    move(
        dispatch, PaperStatus.SENT, at=at, sent_by=by, sent_at=at,
        late_reason=late_reason.strip() if dispatch.kind == ReferralKind.SUPPORT else "",
    )  # fmt: skip
    if dispatch.kind == ReferralKind.EARLY:
        invite(dispatch, by=by, at=at)
    referrals = [send_to(dispatch, receiver, by=by, at=at) for receiver in receivers]
    if dispatch.forwards is not None:
        leave_behind(dispatch.forwards, referrals[0], by=by, at=at)
    tell_by(dispatch, referrals, by=by, at=at, late_reason=late_reason.strip())
    for referral in referrals:
        _issue(referral, by=by, at=at)
        record(
            f"{dispatch.kind}.sent", target=referral, by=by, at=at, case=case,
            receiver=referral.receiver.short_name, number=referral.number,
            limit_on=referral.limit_on, items=dispatch.manifest.count(),
            **({"reason": dispatch.late_reason} if dispatch.late_reason else {}),
        )  # fmt: skip
        notices.referral_sent(referral, at=at)
    send_copies(dispatch, referrals[0].number, by=by, at=at)
    return referrals


def _meet_notice_clock(dispatch: Dispatch, late_reason: str, *, by: User, at: dt.datetime) -> None:
    if dispatch.kind != ReferralKind.SUPPORT:
        return
    deadline = open_clock(dispatch, "support_notice")
    if deadline is None:
        return
    meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason)


def send_to(dispatch: Dispatch, receiver: Department, *, by: User, at: dt.datetime) -> Referral:
    """The letter at one receiver: access, custody and the clocks of signing and answering."""
    earlier = dispatch.forwards
    sender = earlier.sender if earlier is not None else dispatch.department
    beside = sealed_beside(dispatch, receiver)
    referral = Referral.objects.create(
        dispatch=dispatch,
        beside_sealed=bool(beside),
        kind=dispatch.kind,
        case=dispatch.case,
        sender=sender,
        author=earlier.author if earlier is not None else dispatch.drafted_by,
        receiver=receiver,
        status=ReferralStatus.SENT,
        limit_on=dispatch.limit_on,
        sent_by=by,
        sent_at=at,
        created_at=at,
        updated_at=at,
    )
    for first in beside:
        notices.sealed_beside(first, at=at)
    if receiver.has_account:
        grant_department(
            case=dispatch.case, department=receiver, permission=Permission.VIEW,
            cause=GrantCause.REFERRAL, cause_target=referral, by=by, at=at,
        )  # fmt: skip
    sealed = receiver.named_only  # what the whole case reads says neither to whom nor that something went
    for item in dispatch.manifest.select_related("evidence"):
        record_custody(
            evidence=item.evidence, kind=CustodyKind.HANDED_OVER, department=dispatch.department,
            to_department=None if sealed else receiver, by=by, at=at, cause=referral,
        )  # fmt: skip
    place = clock_place(referral)
    start_clock(
        code="transfer_sign", target=referral, department=receiver, to_department=sender,
        by=by, at=at, **place,
    )  # fmt: skip
    if dispatch.limit_on is not None and dispatch.kind != ReferralKind.SUPPORT:
        early = dispatch.kind == ReferralKind.EARLY
        start_clock(
            code="early_involvement" if early else "transfer_reply", target=referral, department=receiver,
            to_department=sender, due_on=dispatch.limit_on, by=by, at=at, **place,
        )  # fmt: skip
    return referral


def _issue(referral: Referral, *, by: User, at: dt.datetime) -> None:
    document = issue_document(
        kind=contexts.letter_kind(referral.dispatch),
        department=referral.dispatch.department,
        target=referral,
        case=referral.case,
        context=contexts.dispatch_context(referral, at=at),
        by=by,
        at=at,
    )
    referral.document, referral.number = document, document.number
    referral.save(update_fields=["document", "number"])
