"""Drafts on which the matter has moved on are given up, however far they had come; their drafters are told. So are
requests nobody can agree to any more: for a longer limit, for a withdrawal.

Each belongs to an action that moved a letter or a task on and holds its case. The letters of a suspected crime follow
the states of its file (`crime_common.drop_overtaken`).
"""

import datetime as dt

from django.utils.translation import gettext_noop

from core.states import move
from core.wording import for_the_record
from departments.models import User
from referrals.actions.papers import overtake_paper
from referrals.duties import overdue_duty
from referrals.enums import ExtensionStatus, LetterKind, ReferralStatus
from referrals.enums_above import TaskStatus
from referrals.models import Dispatch, FollowUp, Referral, Reply, Task, TaskLetter
from referrals.receiving_enums import CompletionStatus, WithdrawalStatus

ORDINARY = (LetterKind.COMPLETION, LetterKind.SUPPLY, LetterKind.SUPERVISION)


def drop_stale(referral: Referral, *, by: User, at: dt.datetime) -> None:
    """A letter has moved on: what is being drafted about it and could no longer be sent is given up, and what was asked
    for in a state that is past waits for no answer."""
    now = Referral.objects.select_related("dispatch__criminal_transfer").get(pk=referral.pk)
    reason = for_the_record(gettext_noop("Overtaken: %(state)s."), state=ReferralStatus(now.status).label)
    for letter in (
        FollowUp.objects.open().filter(referral=now, kind__in=ORDINARY).select_related("completion")
    ):
        if not _stands(letter, now, at):
            overtake_paper(letter, reason=reason, by=by, at=at)
    if now.status != ReferralStatus.ACCEPTED:
        for reply in Reply.objects.filter(referral=now).open():
            overtake_paper(reply, reason=reason, by=by, at=at)
        for extension in now.extensions.filter(status=ExtensionStatus.ASKED):
            move(extension, ExtensionStatus.LAPSED, at=at)
    if now.status not in (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED):
        for withdrawal in now.withdrawals.filter(status=WithdrawalStatus.ASKED):
            move(withdrawal, WithdrawalStatus.LAPSED, at=at)
    if now.status != ReferralStatus.RECEIVED:
        for dispatch in Dispatch.objects.filter(forwards=now).open():
            overtake_paper(dispatch, reason=reason, by=by, at=at)


def _stands(letter: FollowUp, referral: Referral, at: dt.datetime) -> bool:
    if letter.kind == LetterKind.SUPERVISION:
        return overdue_duty(referral, at) is not None
    if referral.status != ReferralStatus.RECEIVED:
        return False
    return letter.completion is None or letter.completion.status == CompletionStatus.ASKED


def drop_stale_of_task(task: Task, *, by: User, at: dt.datetime) -> None:
    """A task was reported back or withdrawn: nothing more is written to its body. An answer it asks anew is drafted anew."""
    reason = for_the_record(gettext_noop("Overtaken: %(state)s."), state=TaskStatus(task.status).label)
    for letter in TaskLetter.objects.filter(task=task).open():
        overtake_paper(letter, reason=reason, by=by, at=at)
    for extension in task.extensions.filter(status=ExtensionStatus.ASKED):
        move(extension, ExtensionStatus.LAPSED, at=at)
