"""Letters to a body whose letters only named persons see: what everybody else's record leaves out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from departments.models import Department, User
from documents.models import IssuedDocument
from referrals.enums import PaperStatus
from referrals.models import Dispatch, FollowUp, Referral, Reply


def clock_place(referral: Referral) -> dict[str, Any]:
    """Where a clock on this letter stands: in its case, or in none where only named persons may know of it.

    For `start_clock`. A sealed letter's clock is the author's, so that lamps, lists and notices of the case say nothing.
    """
    if referral.receiver.named_only:
        return {"case": None, "region_id": referral.case.region_id, "person": referral.author}
    return {"case": referral.case}


def next_named(new: Referral) -> dict[str, Any]:
    """What may be said of the letter that follows another where that one is read: nothing of it where only named
    persons may know of it. In Chinese, as everything that is kept."""
    if not new.receiver.named_only:
        return {"next": new.receiver.short_name, "new_number": new.number, "reason": new.dispatch.request}
    with override("zh-hans"):
        return {"next": str(_("the body that has the power")), "new_number": "", "reason": ""}


def _unsent(user: User) -> Q:
    """What others draft, review and sign is theirs until it is sent: what the police are about to decide, too."""
    return ~Q(status=PaperStatus.SENT) & ~Q(department=user.department)


def hidden_letters(user: User) -> QuerySet[Referral, Any]:
    """The ids of letters this person is not named on."""
    letters = Referral.objects.filter(receiver__named_only=True)
    return letters.exclude(pk__in=Referral.objects.readable_by(user).values("pk")).values("pk")


def hidden_events(user: User) -> Q:
    """Events on papers and letters this person is not named on, and on another department's papers before they go out."""
    letters = hidden_letters(user)
    closed = Department.objects.filter(named_only=True).values("pk")
    papers = Dispatch.objects.filter(receivers__in=closed).exclude(
        pk__in=Dispatch.objects.visible_to(user).values("pk")
    )
    follow_ups = FollowUp.objects.filter(Q(referral__in=letters) | _unsent(user))
    replies = Reply.objects.filter(_unsent(user))
    documents = IssuedDocument.objects.filter(target_kind="referral", target_id__in=letters)
    return (
        Q(target_kind="referral", target_id__in=letters)
        | Q(target_kind="dispatch", target_id__in=papers.values("pk"))
        | Q(target_kind="follow_up", target_id__in=follow_ups.values("pk"))
        | Q(target_kind="reply", target_id__in=replies.values("pk"))
        | Q(target_kind="document", target_id__in=documents.values("pk"))
    )
