"""What waits for somebody between receipt and decision."""

from django.db.models import Q

from departments.enums import Role
from departments.models import User
from referrals.models import Completion
from referrals.receiving_enums import CompletionStatus


def waits_for(user: User) -> Q:
    """Letters whose next step beside acceptance and answer is this person's."""
    asked = Completion.objects.filter(status=CompletionStatus.ASKED).values("referral")
    mine = Q(sender=user.department, dispatch__drafted_by=user, pk__in=asked)
    supplied = Completion.objects.filter(status=CompletionStatus.SUPPLIED).values("referral")
    taker = Q() if user.has_role(Role.REGISTRAR) else Q(handler=user)
    return mine | (taker & Q(receiver=user.department, pk__in=supplied))
