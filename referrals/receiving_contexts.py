"""What goes into the papers between receipt and decision, as JSON-ready data, always Chinese."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import local_date
from deadlines.calendar import Calendar
from departments.models import Department, User
from referrals.contexts import addressed, word
from referrals.contexts import contact as contact_line
from referrals.duties import owed_duty
from referrals.enums import ReturnCategory
from referrals.models import Completion, FollowUp, Referral
from referrals.receiving_enums import SaidKind


def head(
    issuer: Department, to: Department, referral: Referral, *, by: User, at: dt.datetime
) -> dict[str, Any]:
    """What every such letter says of itself and of the letter it is about."""
    return {
        "issuer": issuer.name,
        "receiver": addressed(to),
        "receiver_word": word(to.name),
        "date": local_date(at).isoformat(),
        "asked_title": referral.dispatch.subject,
        "asked_number": referral.number,
        "contact": contact_line(by, issuer),
    }


def return_context(referral: Referral, *, by: User, at: dt.datetime) -> dict[str, Any]:
    """What a 退回函 says."""
    with override("zh-hans"):
        return {
            **head(referral.receiver, referral.sender, referral, by=by, at=at),
            "category": str(ReturnCategory(referral.return_category).label),
            "reason": referral.return_reason,
            "items": referral.dispatch.manifest.count(),
        }


def completion_context(letter: FollowUp, *, at: dt.datetime) -> dict[str, Any]:
    """What a 补正函 says."""
    referral = letter.referral
    with override("zh-hans"):
        return {
            **head(referral.receiver, referral.sender, referral, by=letter.drafted_by, at=at),
            "missing": letter.text,
            "due_on": _day(letter.due_on),
            "paused": referral.limit_on is not None,
        }


def _day(day: dt.date | None) -> str:
    assert day is not None  # by constraint, for every kind that asks for something
    return day.isoformat()


def _number(completion: Completion) -> str:
    """The number of the request: of our letter, or of the paper of a body without an account ("" where it has none)."""
    if completion.letter is not None:
        return completion.letter.number
    return completion.referral.sayings.filter(kind=SaidKind.MISSING).latest("pk").number


def supply_context(letter: FollowUp, *, at: dt.datetime) -> dict[str, Any]:
    """What the letter that answers a 补正函 says, with the added lines of the manifest."""
    referral = letter.referral
    assert letter.completion is not None  # by constraint
    with override("zh-hans"):
        return {
            **head(referral.sender, referral.receiver, referral, by=letter.drafted_by, at=at),
            "completion_number": _number(letter.completion),
            "note": letter.text,
            "manifest": [
                [item.name, item.quantity, item.pages, item.sha256, item.remark] for item in letter.manifest.all()
            ],
        }


def supervision_context(letter: FollowUp, *, at: dt.datetime) -> dict[str, Any]:
    """What a 督办函 says: only what the office knows of the letter, and by how much it is late on the day it goes out.

    :raises WrongState: nobody is late any more
    """
    referral = letter.referral
    duty = owed_duty(referral, at)
    with override("zh-hans"):
        return {
            **head(letter.department, referral.receiver, referral, by=letter.drafted_by, at=at),
            "asked_title": "",
            "case_number": referral.case.number,
            "kind": str(referral.get_kind_display()),
            "sender": addressed(referral.sender),
            "duty": duty.name,
            "due_on": duty.due_on.isoformat(),
            "days_late": Calendar.current().working_days_between(duty.due_on, local_date(at)),
            "demand": letter.text,
            "reply_on": _day(letter.due_on),
            "times": referral.supervisions.count() + 1,
        }
