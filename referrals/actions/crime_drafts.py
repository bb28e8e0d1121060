"""The letters about a suspected crime, drafted: signed by a second person and sent, each takes its step (art. 7–9).

The police write where they work here; else the sender's registrar enters their paper (`crime_intake`, `crime_police`,
`crime_remedies`). One letter of a side at a time: two would contradict each other.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import WrongState
from departments.models import Department, User
from referrals.actions.crime_common import begin
from referrals.actions.crime_forwarding import check_forward
from referrals.actions.crime_intake import check_correction, check_incomplete
from referrals.actions.crime_letters import check_here
from referrals.actions.crime_police import check_filing, check_revoke
from referrals.actions.crime_remedies import check_reconsider, check_supervise
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import draft_letter
from referrals.enums import BY_POLICE, CRIME_LETTERS, LetterKind
from referrals.models import CriminalTransfer, FollowUp


@transaction.atomic
def draft_filing(
    *, transfer: CriminalTransfer, filed: bool, reason: str, by: User, at: dt.datetime
) -> FollowUp:
    """立案通知书 or 不予立案通知书 of police who work here; their three days are met on the day it goes out.

    :raises BadInput: no reason
    :raises Refused: not filed while material is being completed in time
    :raises WrongState, WrongSide: not under examination, on paper, or being drafted; by somebody else than the police
    """
    writer = _begin(transfer, LetterKind.FILING, by)
    check_filing(transfer, filed, at=at)
    return _draft(transfer, LetterKind.FILING, writer, text=reason, filed=filed, by=by, at=at)


@transaction.atomic
def draft_revoke(*, transfer: CriminalTransfer, reason: str, by: User, at: dt.datetime) -> FollowUp:
    """撤销案件告知书 of police who work here; the handling here may be resumed from the day it goes out.

    :raises BadInput: no reason
    :raises WrongState, WrongSide: it was not filed, on paper, or being drafted; by somebody else than the police
    """
    writer = _begin(transfer, LetterKind.REVOCATION, by)
    check_revoke(transfer)
    return _draft(transfer, LetterKind.REVOCATION, writer, text=reason, by=by, at=at)


@transaction.atomic
def draft_incomplete(*, transfer: CriminalTransfer, missing: str, by: User, at: dt.datetime) -> FollowUp:
    """补正材料通知书 of police who work here, due within 24 hours of receipt.

    :raises BadInput: nothing named as missing, or asked twice
    :raises WrongState, WrongSide: see `draft_filing`
    """
    writer = _begin(transfer, LetterKind.INCOMPLETE, by)
    check_incomplete(transfer)
    return _draft(transfer, LetterKind.INCOMPLETE, writer, text=missing, by=by, at=at)


@transaction.atomic
def draft_forward(*, transfer: CriminalTransfer, to: str, reason: str, by: User, at: dt.datetime) -> FollowUp:
    """案件转送告知书 of police who work here, due within 24 hours of receipt.

    :raises BadInput: no body of the directory that may hold it (see `check_forward`), or no reason
    :raises WrongState, WrongSide: see `draft_filing`
    """
    writer = _begin(transfer, LetterKind.FORWARDING, by)
    body = check_forward(transfer, to)
    return _draft(transfer, LetterKind.FORWARDING, writer, text=reason, to=body.name, by=by, at=at)


@transaction.atomic
def draft_reconsidered(
    *, transfer: CriminalTransfer, filed: bool, reason: str, by: User, at: dt.datetime
) -> FollowUp:
    """复议决定书 of police who work here; their three days are met on the day it goes out.

    :raises BadInput: no reason
    :raises WrongState, WrongSide: no reconsideration is under way, on paper, or being drafted; by somebody else
    """
    writer = _begin(transfer, LetterKind.RECONSIDERED, by)
    return _draft(transfer, LetterKind.RECONSIDERED, writer, text=reason, filed=filed, by=by, at=at)


@transaction.atomic
def draft_correction(
    *, transfer: CriminalTransfer, lines: Sequence[Line], remark: str = "", by: User, at: dt.datetime
) -> FollowUp:
    """补正材料函: the files go to the police, and the three days are met, on the day it goes out.

    :raises BadInput: no file, one of another case, or one they have
    :raises WrongState, WrongSide: nothing was asked for, or being drafted; by somebody else than officers or leaders
    """
    writer = _begin(transfer, LetterKind.CORRECTION, by)
    check_correction(transfer, [line.evidence for line in lines])
    return _draft(transfer, LetterKind.CORRECTION, writer, text=remark, lines=lines, by=by, at=at)


@transaction.atomic
def draft_reconsider(*, transfer: CriminalTransfer, reason: str, by: User, at: dt.datetime) -> FollowUp:
    """提请复议书: it has to go out within 3 days of receipt of the refusal.

    :raises BadInput: no reason, or the limit has passed
    :raises WrongState, WrongSide: it was not refused, or being drafted; by somebody else than officers or leaders
    """
    writer = _begin(transfer, LetterKind.RECONSIDER, by)
    check_reconsider(transfer, at=at)
    return _draft(transfer, LetterKind.RECONSIDER, writer, text=reason, by=by, at=at)


@transaction.atomic
def draft_supervise(*, transfer: CriminalTransfer, reason: str, by: User, at: dt.datetime) -> FollowUp:
    """立案监督建议书 to the procuratorate; sent late, it says why.

    :raises BadInput: no reason, or no procuratorate in the directory
    :raises WrongState, WrongSide: it was not refused, the procuratorate was asked already, or being drafted; by somebody
        else than officers or leaders
    """
    writer = _begin(transfer, LetterKind.OVERSIGHT, by)
    if transfer.procuratorate is None:  # entered in the directory since the transfer was proposed
        transfer.procuratorate = check_supervise(transfer)
        transfer.save(update_fields=["procuratorate"])
    check_supervise(transfer)
    return _draft(transfer, LetterKind.OVERSIGHT, writer, text=reason, by=by, at=at)


def _begin(transfer: CriminalTransfer, kind: LetterKind, by: User) -> Department:
    """Case and file locked, step and person right; the department that writes."""
    begin(transfer, kind, by)
    check_here(transfer, kind)
    writer = transfer.police if kind in BY_POLICE else transfer.department
    other = (
        FollowUp.objects.open()
        .filter(referral=transfer.referral, department=writer, kind__in=CRIME_LETTERS)
        .first()
    )
    if other is not None:
        raise WrongState(
            _("A letter on this file is being drafted: %s. Have it sent, or give it up first.")
            % other.get_kind_display()
        )
    return writer


def _draft(
    transfer: CriminalTransfer,
    kind: LetterKind,
    writer: Department,
    *,
    text: str,
    by: User,
    at: dt.datetime,
    **more: Any,
) -> FollowUp:
    assert transfer.referral is not None  # handed over
    return draft_letter(transfer.referral, kind, writer, text=text, by=by, at=at, **more)
