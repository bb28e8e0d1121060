"""Letters to a body whose letters only named persons see: what everybody else's record leaves out."""

from django.db.models import Q

from departments.models import Department, User
from documents.models import IssuedDocument
from referrals.models import Dispatch, Referral


def hidden_events(user: User) -> Q:
    """Events on papers and letters this person is not named on."""
    letters = Referral.objects.filter(receiver__named_only=True).exclude(
        pk__in=Referral.objects.readable_by(user).values("pk")
    )
    closed = Department.objects.filter(named_only=True).values("pk")
    papers = Dispatch.objects.filter(receivers__in=closed).exclude(
        pk__in=Dispatch.objects.visible_to(user).values("pk")
    )
    documents = IssuedDocument.objects.filter(target_kind="referral", target_id__in=letters.values("pk"))
    return (
        Q(target_kind="referral", target_id__in=letters.values("pk"))
        | Q(target_kind="dispatch", target_id__in=papers.values("pk"))
        | Q(target_kind="document", target_id__in=documents.values("pk"))
    )
