"""Whom to tell between receipt and decision, with which words."""

import datetime as dt

from departments.enums import LEADERS, Role
from departments.models import Department, User
from referrals.models import Completion, Referral, Said, Supervision, Withdrawal
from referrals.notices import _at as at_desk
from referrals.notices import _of_referral as of_referral
from referrals.sealed import next_named


def _senders(referral: Referral, at: dt.datetime) -> set[User]:
    return {referral.author, *at_desk(referral.sender, Role.SECTION_HEAD, at=at)}


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
    if not referral.receiver.has_account:  # our own registrar serves it and takes down that they have it
        people = set(at_desk(referral.sender, Role.REGISTRAR, at=at))
        of_referral(people, "completion.to_serve", referral, referral.sender, at, tone="y")
        return
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


def _leaders(department: Department, at: dt.datetime) -> set[User]:
    return set(at_desk(department, *LEADERS, at=at))


def forwarded(referral: Referral, new: Referral, *, at: dt.datetime) -> None:
    """The sender reads who has its letter now; the new receiver is told by the sending itself."""
    of_referral(
        _senders(referral, at), "referral.was_forwarded", referral, referral.sender, at, tone="y",
        **next_named(new),
    )  # fmt: skip


def withdrawal_asked(withdrawal: Withdrawal, *, at: dt.datetime) -> None:
    """Who decides on it; for a body without an account, the registrar who serves it takes the question there."""
    referral = withdrawal.referral
    department = referral.receiver
    people = _leaders(department, at) | ({referral.handler} if referral.handler else set())
    if not department.has_account:
        department = referral.issuer
        people = set(at_desk(department, Role.REGISTRAR, at=at))
    of_referral(people, "withdrawal.to_decide", referral, department, at, tone="y", reason=withdrawal.reason)


def withdrawal_decided(withdrawal: Withdrawal, *, at: dt.datetime) -> None:
    referral = withdrawal.referral
    of_referral(
        [withdrawal.asked_by], f"withdrawal.was_{withdrawal.status}", referral, referral.sender, at,
        reason=withdrawal.decision,
    )  # fmt: skip


def supervised(supervision: Supervision, *, at: dt.datetime) -> None:
    """Who is late and the leaders above; for a body without an account, the sender's registrar delivers the paper."""
    referral = supervision.referral
    if referral.receiver.has_account:
        department = referral.receiver
        people = _leaders(department, at) | ({referral.handler} if referral.handler else set())
    else:
        department = referral.issuer
        people = set(at_desk(department, Role.REGISTRAR, at=at))
    of_referral(
        people, "supervision.to_reply", referral, department, at, tone="r",
        times=supervision.number, due_on=supervision.reply_on, reason=supervision.demand,
    )  # fmt: skip


def supervision_replied(supervision: Supervision, *, at: dt.datetime) -> None:
    of_referral(
        [supervision.issued_by], "supervision.was_replied", supervision.referral, supervision.office, at, tone="g",
        reason=supervision.reply,
    )  # fmt: skip


def answered_on_paper(said: Said, *, at: dt.datetime) -> None:
    """Whoever waits for the answer; the registrar, too, where it came by link."""
    referral = said.referral
    people = {referral.author, *at_desk(referral.sender, Role.REGISTRAR, at=at)}
    of_referral(
        people, "referral.was_answered", referral, referral.sender, at, tone="g",
        document=said.number or said.get_via_display(),
    )  # fmt: skip
