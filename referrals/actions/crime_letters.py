"""What letters about a suspected crime bring about when they go out (art. 7–9; 公安部程序规定 180–181).

`check_crime_letter` is asked at every desk on the way, `send_crime_letter` by `follow_ups.send_follow_up`.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from cases.models import Evidence
from core.refusals import WrongState
from departments.models import User
from documents.models import IssuedDocument
from referrals.actions.crime_common import drop_overtaken, lock, still_in
from referrals.actions.crime_forwarding import check_forward, settle_forward
from referrals.actions.crime_intake import (
    check_correction,
    check_incomplete,
    settle_correction,
    settle_incomplete,
)
from referrals.actions.crime_police import check_filing, check_revoke, settle_filing, settle_revoke
from referrals.actions.crime_remedies import (
    check_reconsider,
    check_supervise,
    settle_reconsider,
    settle_reconsidered,
    settle_supervise,
)
from referrals.crime_rules import written_here
from referrals.enums import LetterKind
from referrals.models import CrimeStep, CriminalTransfer, FollowUp


def check_here(transfer: CriminalTransfer, kind: str) -> None:
    """:raises WrongState: the body that decides does not write here: its papers are entered"""
    if not written_here(kind, transfer):
        raise WrongState(_("The body does not work here: enter number, date and scan of its paper."))


def _check_held(transfer: CriminalTransfer, letter: FollowUp) -> None:
    """:raises WrongState: the file was forwarded since the letter was drafted, or the body does not write here"""
    if letter.referral_id != transfer.referral_id:
        raise WrongState(_("The file was forwarded to %s: that body holds it now.") % transfer.police)
    check_here(transfer, letter.kind)


def check_crime_letter(letter: FollowUp, files: Sequence[Evidence], *, at: dt.datetime) -> None:
    """Whether the letter may still go on: what it is about may have moved meanwhile.

    :raises WrongState, BadInput, Refused: as the check of its step says
    """
    transfer = letter.referral.crime
    _check_held(transfer, letter)
    match LetterKind(letter.kind):
        case LetterKind.FILING:
            check_filing(transfer, bool(letter.filed), at=at)
        case LetterKind.INCOMPLETE:
            check_incomplete(transfer)
        case LetterKind.CORRECTION:
            check_correction(transfer, files)
        case LetterKind.FORWARDING:
            check_forward(transfer, letter.to)
        case LetterKind.RECONSIDER:
            check_reconsider(transfer, at=at)
        case LetterKind.OVERSIGHT:
            check_supervise(transfer)
        case LetterKind.REVOCATION:
            check_revoke(transfer)
        case _:
            still_in(transfer, letter.kind)


def send_crime_letter(
    letter: FollowUp, files: Sequence[Evidence], *, late_reason: str, by: User, at: dt.datetime
) -> IssuedDocument:
    """The step is taken at the instant the letter goes out, and letters it overtakes are given up.

    :raises WrongState, BadInput, Refused: see `check_crime_letter`; late without a reason where one is needed
    """
    transfer = lock(letter.referral.crime)
    _check_held(transfer, letter)
    step = _SETTLE[LetterKind(letter.kind)](transfer, letter, files, late_reason, by, at)
    drop_overtaken(transfer, but=letter, by=by, at=at)
    assert step.document is not None  # written here
    return step.document


_Settle = Callable[[CriminalTransfer, FollowUp, Sequence[Evidence], str, User, dt.datetime], CrimeStep]
_SETTLE: dict[LetterKind, _Settle] = {
    LetterKind.FILING: lambda transfer, letter, files, late_reason, by, at: settle_filing(
        transfer,
        bool(letter.filed),
        reason=letter.text,
        happened_at=at,
        late_reason=late_reason,
        paper=None,
        by=by,
        at=at,
    ),
    LetterKind.INCOMPLETE: lambda transfer, letter, files, late_reason, by, at: settle_incomplete(
        transfer, letter.text, happened_at=at, paper=None, by=by, at=at
    ),
    LetterKind.CORRECTION: lambda transfer, letter, files, late_reason, by, at: settle_correction(
        transfer, files, remark=letter.text, late_reason=late_reason, by=by, at=at
    ),
    LetterKind.FORWARDING: lambda transfer, letter, files, late_reason, by, at: settle_forward(
        transfer, letter.to, reason=letter.text, happened_at=at, paper=None, by=by, at=at
    ),
    LetterKind.RECONSIDER: lambda transfer, letter, files, late_reason, by, at: settle_reconsider(
        transfer, letter.text, by=by, at=at
    ),
    LetterKind.RECONSIDERED: lambda transfer, letter, files, late_reason, by, at: settle_reconsidered(
        transfer,
        bool(letter.filed),
        reason=letter.text,
        happened_at=at,
        late_reason=late_reason,
        paper=None,
        by=by,
        at=at,
    ),
    LetterKind.REVOCATION: lambda transfer, letter, files, late_reason, by, at: settle_revoke(
        transfer, letter.text, happened_at=at, paper=None, by=by, at=at
    ),
    LetterKind.OVERSIGHT: lambda transfer, letter, files, late_reason, by, at: settle_supervise(
        transfer, letter.text, late_reason=late_reason, by=by, at=at
    ),
}
