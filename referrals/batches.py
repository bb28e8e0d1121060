"""Many letters at once: each is loaded, asked for and done by itself, and answers with a line of its own."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.refusals import Refused
from departments.models import User
from referrals import rules
from referrals.actions.receipt import report_mismatch, sign_for
from referrals.actions.reminders import chase_referral
from referrals.models import Referral
from referrals.refusals import HashMismatch

MOST = 100


@dataclass(frozen=True)
class Line:
    """What became of one letter: done, or the sentence of the refusal. `referral` is None for a stranger's id."""

    pk: int
    referral: Referral | None
    done: bool
    sentence: str


def sign_many(ids: Iterable[int], *, by: User, at: dt.datetime) -> list[Line]:
    """签收 many letters; a file that does not match its manifest is reported like in the single step."""

    def act(referral: Referral) -> str:
        try:
            sign_for(referral=referral, by=by, at=at)
        except HashMismatch as refusal:
            report_mismatch(referral=referral, evidence=refusal.evidence, by=by, at=at)
            raise
        return _("Signed for.")

    return _each(ids, by, rules.can_sign_for, act)


def chase_many(ids: Iterable[int], *, by: User, at: dt.datetime) -> list[Line]:
    """催办 many letters, each at most once a working day."""

    def act(referral: Referral) -> str:
        chase = chase_referral(referral=referral, by=by, at=at)
        return _("Chased, reminder no. %(n)d.") % {"n": chase.number}

    return _each(ids, by, rules.may_chase, act)


def _each(
    ids: Iterable[int], by: User, rule: Callable[[User, Referral], bool], act: Callable[[Referral], Any]
) -> list[Line]:
    wanted = list(dict.fromkeys(ids))[:MOST]
    found = Referral.objects.readable_by(by).filter(pk__in=wanted).for_list().in_bulk()
    lines = []
    for pk in wanted:
        referral = found.get(pk)
        if referral is None:
            lines.append(Line(pk, None, False, _("There is no such letter.")))
        elif not rule(by, referral):
            lines.append(Line(pk, referral, False, _("This is not possible in the current state.")))
        else:
            try:
                lines.append(Line(pk, referral, True, act(referral)))
            except Refused as refusal:
                lines.append(Line(pk, referral, False, str(refusal)))
    return lines
