"""Whom to tell between receipt and decision, with which words."""

import datetime as dt

from departments.enums import Role
from departments.models import User
from referrals.models import Completion, Referral
from referrals.notices import _at as at_desk
from referrals.notices import _of_referral as of_referral


def _senders(referral: Referral, at: dt.datetime) -> set[User]:
    return {referral.dispatch.drafted_by, *at_desk(referral.sender, Role.SECTION_HEAD, at=at)}


def _receivers(referral: Referral, at: dt.datetime) -> set[User]:
    people = set(at_desk(referral.receiver, Role.REGISTRAR, at=at))
    return people | {referral.handler} if referral.handler else people


def partly_accepted(referral: Referral, names: str, *, at: dt.datetime) -> None:
    of_referral(
        _senders(referral, at),
        "referral.was_partly_accepted",
        referral,
        referral.sender,
        at,
        tone="r",
        names=names,
    )


def completion_asked(completion: Completion, *, at: dt.datetime) -> None:
    referral = completion.referral
    of_referral(
        _senders(referral, at), "completion.to_supply", referral, referral.sender, at, tone="r",
        due_on=completion.due_on, reason=completion.missing,
    )  # fmt: skip


def completion_supplied(completion: Completion, *, at: dt.datetime) -> None:
    referral = completion.referral
    of_referral(_receivers(referral, at), "completion.to_take", referral, referral.receiver, at, tone="y")


def completion_taken(completion: Completion, *, at: dt.datetime) -> None:
    referral = completion.referral
    assert completion.supplied_by is not None  # taken in after it was supplied, by constraint
    of_referral([completion.supplied_by], "completion.was_taken", referral, referral.sender, at, tone="g")


def completion_dropped(completion: Completion, *, at: dt.datetime) -> None:
    referral = completion.referral
    of_referral(
        _senders(referral, at), "completion.was_dropped", referral, referral.sender, at,
        reason=completion.drop_reason,
    )  # fmt: skip
