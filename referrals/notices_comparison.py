"""Whom to tell of a data comparison. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable

from core.dates import local_date
from departments.enums import LEADERS, Role
from departments.models import Department, User
from journal.actions import notify
from referrals.models import Comparison, ListSupervision


def _tell(
    people: Iterable[User], verb: str, comparison: Comparison, department: Department, at: dt.datetime, tone: str
) -> None:
    notify(
        people, verb, target=comparison, at=at, department=department, tone=tone, number=comparison.number,
        sender=comparison.sender.short_name, receiver=comparison.receiver.short_name,
        total=comparison.total, hits=comparison.hits,
        **({"reason": comparison.end_reason} if comparison.end_reason else {}),
    )  # fmt: skip


def _at(department: Department, *roles: str, at: dt.datetime) -> list[User]:
    return list(User.objects.acting_for(department, *roles, on=local_date(at)))


def to_sign(comparison: Comparison, *, at: dt.datetime) -> None:
    people = [user for user in _at(comparison.sender, *LEADERS, at=at) if user.pk != comparison.drafted_by_id]
    _tell(people, "comparison.waits", comparison, comparison.sender, at, "y")


def to_send(comparison: Comparison, *, at: dt.datetime) -> None:
    _tell(
        _at(comparison.sender, Role.REGISTRAR, at=at), "comparison.was_signed", comparison, comparison.sender, at, "y"
    )


def sent_back(comparison: Comparison, *, at: dt.datetime) -> None:
    _tell([comparison.drafted_by], "comparison.was_sent_back", comparison, comparison.sender, at, "r")


def sent(comparison: Comparison, *, at: dt.datetime) -> None:
    people = _at(comparison.receiver, Role.REGISTRAR, Role.SECTION_HEAD, at=at)
    _tell(people, "comparison.to_sign_for", comparison, comparison.receiver, at, "y")


def received(comparison: Comparison, *, at: dt.datetime) -> None:
    if comparison.receiver.has_account:
        people = _at(comparison.receiver, Role.HANDLER, Role.SECTION_HEAD, at=at)
        verb = "comparison.hits_came" if comparison.unasked else "comparison.to_compare"
        _tell(people, verb, comparison, comparison.receiver, at, "y")
    _tell([comparison.drafted_by], "comparison.was_received", comparison, comparison.sender, at, "g")


def result_to_sign(comparison: Comparison, *, at: dt.datetime) -> None:
    people = [user for user in _at(comparison.receiver, *LEADERS, at=at) if user.pk != comparison.prepared_by_id]
    _tell(people, "comparison.result_waits", comparison, comparison.receiver, at, "y")


def withdrawn(comparison: Comparison, *, at: dt.datetime) -> None:
    """Who has the letter; for a body without an account, our own registrar tells it on paper."""
    people, department = _theirs(comparison, at)
    _tell(people, "comparison.was_withdrawn", comparison, department, at, "r")


def returned(comparison: Comparison, *, at: dt.datetime) -> None:
    people, department = _ours(comparison, at)
    _tell(people, "comparison.was_returned", comparison, department, at, "r")


def expired(comparison: Comparison, *, at: dt.datetime) -> None:
    """Both sides."""
    for people, department in (_ours(comparison, at), _theirs(comparison, at)):
        _tell(people, "comparison.has_expired", comparison, department, at, "r")


def _ours(comparison: Comparison, at: dt.datetime) -> tuple[list[User], Department]:
    people = {user.pk: user for user in _at(comparison.sender, Role.SECTION_HEAD, at=at)}
    people[comparison.drafted_by_id] = comparison.drafted_by
    return list(people.values()), comparison.sender


def _theirs(comparison: Comparison, at: dt.datetime) -> tuple[list[User], Department]:
    if not comparison.receiver.has_account:
        return _at(comparison.sender, Role.REGISTRAR, at=at), comparison.sender
    roles = (Role.REGISTRAR, Role.SECTION_HEAD) + ((Role.HANDLER,) if comparison.received_at else ())
    return _at(comparison.receiver, *roles, at=at), comparison.receiver


def answered(comparison: Comparison, *, at: dt.datetime) -> None:
    people = {user.pk: user for user in _at(comparison.sender, Role.SECTION_HEAD, at=at)}
    people[comparison.drafted_by_id] = comparison.drafted_by
    _tell(people.values(), "comparison.was_answered", comparison, comparison.sender, at, "g")


# --- 督办 ------------------------------------------------------------------------------------------------------
def _of_supervision(
    people: Iterable[User], verb: str, supervision: ListSupervision, department: Department, at: dt.datetime, tone: str,
    **more: object,
) -> None:  # fmt: skip
    comparison = supervision.comparison
    notify(
        people, f"list_supervision.{verb}", target=supervision, at=at, department=department, tone=tone,
        number=comparison.number, receiver=comparison.receiver.short_name, times=supervision.number, **more,
    )  # fmt: skip


def supervision_to_sign(supervision: ListSupervision, *, at: dt.datetime) -> None:
    """The leaders of the office, its drafter and who reviewed it excepted."""
    done = (supervision.drafted_by_id, supervision.reviewed_by_id)
    people = [user for user in _at(supervision.office, *LEADERS, at=at) if user.pk not in done]
    _of_supervision(people, "to_sign", supervision, supervision.office, at, "y")


def supervised(supervision: ListSupervision, *, at: dt.datetime) -> None:
    """Who is late, leaders too; for a body without an account the sender's registrar, who delivers the paper."""
    comparison = supervision.comparison
    here = comparison.receiver.has_account
    department = comparison.receiver if here else comparison.sender
    people = _at(department, *((Role.HANDLER, *LEADERS) if here else (Role.REGISTRAR,)), at=at)
    more = {"due_on": supervision.reply_on, "reason": supervision.demand[:300]}
    _of_supervision(people, "to_reply", supervision, department, at, "r", **more)


def supervision_replied(supervision: ListSupervision, *, at: dt.datetime) -> None:
    people = {supervision.drafted_by, supervision.issued_by} - {None}
    _of_supervision(people, "was_replied", supervision, supervision.office, at, "g", reason=supervision.reply[:300])
