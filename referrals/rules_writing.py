"""Who wrote a letter about a letter: who may draft it, and who changed it, and so neither reviews nor signs it."""

from typing import Any

from django.db.models import QuerySet

from core.memory import remembered
from departments.enums import LEADERS
from departments.models import User
from journal.models import Event
from referrals.enums import BY_POLICE, BY_SENDER, LetterKind
from referrals.models import CrimeOfficer, FollowUp, Paper


def may_draft(user: User, letter: FollowUp) -> bool:
    """A leader; the person on the letter or on the file, for a suspected crime the officers who verified it."""
    if user.has_role(*LEADERS):
        return True
    if letter.kind in BY_SENDER:
        return letter.referral.crime.pk in remembered(user, "crime.officer_of", lambda: _officer_of(user))
    return letter.kind not in (LetterKind.COMPLETION, *BY_POLICE) or letter.referral.handler_id == user.pk


def _officer_of(user: User) -> set[int]:
    """Transfers of suspected crime this person was named to verify."""
    named = CrimeOfficer.objects.filter(user=user)  # door: one's own
    return set(named.order_by().values_list("transfer_id", flat=True))


def changed_by(user: User) -> QuerySet[Event, Any]:
    """The ids of letters about a letter whose draft this person changed; the record forgets none."""
    changed = Event.objects.filter(  # door: one's own
        verb="follow_up.edited", target_kind=FollowUp.kind_code, actor_id=user.pk
    )
    return changed.order_by().values("target_id")


def wrote(user: User, paper: Paper) -> bool:
    """Whether the words are this person's: drafted, or changed in the draft of somebody else (拟稿人 ≠ 审核人、签发人)."""
    changed = isinstance(paper, FollowUp) and changed_by(user).filter(target_id=paper.pk).exists()
    return changed or paper.drafted_by_id == user.pk


def has_written(user: User, paper: Paper) -> bool:
    """The same, asked once a request: a list of papers asks it of each."""
    if paper.drafted_by_id == user.pk or not isinstance(paper, FollowUp):
        return paper.drafted_by_id == user.pk
    waiting = FollowUp.objects.open()  # door: ids only
    waiting = waiting.filter(department=paper.department_id, pk__in=changed_by(user))
    return paper.pk in remembered(
        user, f"referrals.changed.{paper.department_id}", lambda: set(waiting.values_list("pk", flat=True))
    )
