"""Comparisons that end without a result: taken back, returned, or expired; their lists never outlive them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import MovedOn, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, open_clock
from departments.models import User
from journal.actions import record
from referrals import notices_comparison
from referrals.actions.comparisons import destroy_list
from referrals.actions.list_supervision import lapse_list_supervision
from referrals.actions.papers import needed
from referrals.actions.proof import TheirReply, keep_reply
from referrals.enums import COMPARISON_WAITING, ComparisonStatus
from referrals.models import Comparison

CLOCKS = ("transfer_sign", "comparison")


@transaction.atomic
def withdraw_comparison(*, comparison: Comparison, reason: str, by: User, at: dt.datetime) -> Comparison:
    """撤回: the sender takes the letter back before a result; the list is destroyed and the receiver told.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was not sent, or there is a result
    """
    _end(comparison, ComparisonStatus.WITHDRAWN, needed(reason), by=by, at=at)
    notices_comparison.withdrawn(comparison, at=at)
    return comparison


@transaction.atomic
def return_comparison(
    *, comparison: Comparison, reason: str, paper: TheirReply | None = None, by: User, at: dt.datetime
) -> Comparison:
    """退回: the receiver does not compare the list and says why, a body without an account by its paper; the list is
    destroyed and the sender told.

    :raises BadInput: no reason, or a paper `keep_reply` does not take
    :raises WrongState, MovedOn: it is not being compared
    """
    reason = needed(reason)
    ended_at, kept = keep_reply(comparison.receiver, paper, since=comparison.received_at or at, at=at)
    scan = {"scan": "paper_file", "scan_name": "paper_name", "scan_sha256": "paper_sha256", "paper_number": "paper_number"}
    said = {field: kept[name] for field, name in scan.items()} if kept else {}
    _end(comparison, ComparisonStatus.RETURNED, reason, by=by, at=at, ended_at=ended_at, **said)
    notices_comparison.returned(comparison, at=at)
    return comparison


@transaction.atomic
def expire_comparison(*, comparison: Comparison, at: dt.datetime) -> Comparison:
    """The last day of a list without a result has come: the clerk ends the letter and tells both sides.

    :raises WrongState, MovedOn: a result came first, or it is over
    """
    _end(comparison, ComparisonStatus.EXPIRED, _("no result came within the longest life of a list"), by=None, at=at)
    notices_comparison.expired(comparison, at=at)
    return comparison


def _end(
    comparison: Comparison,
    status: str,
    reason: str,
    *,
    by: User | None,
    at: dt.datetime,
    ended_at: dt.datetime | None = None,
    **said: Any,
) -> None:
    if comparison.status not in COMPARISON_WAITING:
        raise WrongState
    move(
        comparison, status, at=at, ended_by=by, ended_at=ended_at or at, end_reason=reason, destroy_on=local_date(at), **said
    )
    for code in CLOCKS:
        clock = open_clock(comparison, code)
        if clock is not None:
            cancel_clock(deadline=clock, at=at, by=by, reason=reason)
    lapse_list_supervision(comparison, by=by, at=at, reason=reason)
    record(f"comparison.{status}", target=comparison, by=by, at=at, number=comparison.number,
           sender=comparison.sender.short_name, receiver=comparison.receiver.short_name, reason=reason)  # fmt: skip
    destroy_list(comparison=comparison, by=by, at=at)


def destroy_due_lists(*, at: dt.datetime) -> int:
    """The clerk's part: lists whose day has come are destroyed, each in a transaction of its own; how many people."""
    due = Comparison.objects.filter(destroyed_at=None, destroy_on__lte=local_date(at))  # door: the house itself
    return sum(_destroy(comparison, at) for comparison in due.select_related("sender", "receiver").order_by("pk"))


def _destroy(comparison: Comparison, at: dt.datetime) -> int:
    if comparison.status not in COMPARISON_WAITING:
        return destroy_list(comparison=comparison, by=None, at=at)
    gone = comparison.total
    try:
        expire_comparison(comparison=comparison, at=at)
    except (MovedOn, WrongState):  # a result came this very moment: the list has its new day
        return 0
    return gone
