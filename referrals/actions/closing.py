"""结清、退回重办、撤回: what only the sender does."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.access import revoke
from cases.actions.locking import lock_case
from cases.enums import GrantCause
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import start_clock
from departments.enums import ReferralKind
from departments.models import User
from documents.actions import void_document
from journal.actions import record
from referrals import notices
from referrals.actions.completion import end_completion
from referrals.actions.drafting import check_limit
from referrals.actions.endings import end_clocks
from referrals.actions.informing import reopen_bulletin
from referrals.actions.papers import needed
from referrals.actions.verdicts import points_of
from referrals.enums import ReferralStatus
from referrals.models import RedoPoint, Referral
from referrals.sealed import clock_place


@transaction.atomic
def close_referral(*, referral: Referral, remark: str = "", by: User, at: dt.datetime) -> Referral:
    """The sender is content with the answer, takes note of a return, or ends a bulletin that was signed for.

    :raises WrongState, MovedOn: there is no answer yet
    """
    lock_case(referral.case)
    if referral.status == ReferralStatus.RECEIVED and referral.limit_on is not None:
        raise WrongState(_("An answer was asked for: it is not closed before it came."))
    old = move(referral, ReferralStatus.CLOSED, at=at, closed_by=by, closed_at=at)
    reason = for_the_record(gettext_noop("closed by the sender"))
    end_completion(referral, by=by, at=at, reason=reason)
    end_clocks(referral, by=by, at=at, reason=reason)
    record("referral.closed", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, old=old, remark=remark.strip())  # fmt: skip
    notices.referral_closed(referral, at=at)
    return referral


@transaction.atomic
def redo_referral(
    *,
    referral: Referral,
    reason: str,
    limit_on: dt.date,
    points: Sequence[str] = (),
    by: User,
    at: dt.datetime,
) -> Referral:
    """退回重办: the answer does not do; the same person works it again, until a new date.

    points: keys of the questions, matters or manifest lines that are to be done again (`verdicts.points_of`);
    none means the whole letter.

    :raises BadInput: no reason, a point the letter does not have, or a limit that is not later than today
    :raises WrongState, MovedOn: it is not answered
    """
    lock_case(referral.case)
    reason = needed(reason)
    if limit_on is None:
        raise BadInput(_("State by which date an answer is expected."), field="limit_on")
    check_limit(limit_on, at=at)
    if referral.status != ReferralStatus.ANSWERED:
        raise WrongState
    move(
        referral, ReferralStatus.ACCEPTED, at=at, redo_count=referral.redo_count + 1, redo_reason=reason,
        answered_by=None, answered_at=None, limit_on=limit_on,
    )  # fmt: skip
    named = _name_points(referral, points)
    support = referral.kind == ReferralKind.SUPPORT
    start_clock(
        code="written_opinion" if support else "transfer_reply", target=referral, department=referral.receiver,
        to_department=referral.sender, due_on=limit_on, by=by, at=at,
        **{"person": referral.handler, **clock_place(referral)},
    )  # fmt: skip
    record("referral.redone", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, reason="：".join(filter(None, ("、".join(named), reason))),
           limit_on=limit_on)  # fmt: skip
    notices.referral_redone(referral, at=at)
    return referral


def _name_points(referral: Referral, keys: Sequence[str]) -> list[str]:
    """Write down which points of the letter this round is about; their names."""
    known = {point.key: point for point in points_of(referral)}
    if not set(keys) <= set(known):
        raise BadInput(_("This letter has no such item."), field="points")
    points = [point for key, point in known.items() if key in set(keys)]
    RedoPoint.objects.bulk_create(
        RedoPoint(
            referral=referral, round=referral.redo_count, kind=point.kind, position=point.position, name=point.name
        )
        for point in points
    )
    return [point.name for point in points]


@transaction.atomic
def withdraw_referral(*, referral: Referral, reason: str, by: User, at: dt.datetime) -> Referral:
    """撤回 before receipt: access ends, clocks stop, the number stays used and its letter is void.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was signed for: from then on the receiver has to agree (`withdrawal`)
    """
    lock_case(referral.case)
    reason = needed(reason)
    if referral.status != ReferralStatus.SENT:
        raise WrongState
    move(
        referral, ReferralStatus.WITHDRAWN, at=at, withdrawn_by=by, withdrawn_at=at, withdraw_reason=reason
    )
    end_clocks(referral, by=by, at=at, reason=reason)
    if referral.receiver.has_account:
        revoke(case=referral.case, department=referral.receiver, cause=GrantCause.REFERRAL,
               cause_target=referral, by=by, at=at)  # fmt: skip
    assert referral.document is not None  # issued when it was sent
    void_document(document=referral.document, reason=reason, by=by, at=at)
    record("referral.withdrawn", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, reason=reason)  # fmt: skip
    reopen_bulletin(referral, by=by, at=at)
    notices.referral_withdrawn(referral, at=at)
    return referral
