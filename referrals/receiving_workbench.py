"""What waits for somebody between receipt and decision."""

from django.db.models import Q

from departments.enums import LEADERS, Role
from departments.models import User
from referrals.enums import LetterKind
from referrals.models import Completion, FollowUp, Supervision, Withdrawal
from referrals.receiving_enums import CompletionStatus, WithdrawalStatus


def waits_for(user: User) -> Q:
    """Letters whose next step beside acceptance and answer is this person's."""
    drafted = FollowUp.objects.open().filter(kind=LetterKind.SUPPLY).values("completion")
    asked = Completion.objects.filter(status=CompletionStatus.ASKED).exclude(pk__in=drafted).values("referral")
    mine = Q(sender=user.department, author=user, pk__in=asked)
    supplied = Completion.objects.filter(status=CompletionStatus.SUPPLIED).values("referral")
    taker = Q() if user.has_role(Role.REGISTRAR) else Q(handler=user)
    mine |= taker & Q(receiver=user.department, pk__in=supplied)
    demanded = Supervision.objects.open().values("referral")
    mine |= Q(handler=user, receiver=user.department, pk__in=demanded)
    if user.has_role(*LEADERS):
        asked_back = Withdrawal.objects.filter(status=WithdrawalStatus.ASKED).values("referral")
        mine |= Q(receiver=user.department) & (Q(pk__in=asked_back) | Q(pk__in=demanded))
    if user.has_role(Role.REGISTRAR):
        served = Completion.objects.filter(status=CompletionStatus.SUPPLIED, supplements__delivery__isnull=False)
        mine |= Q(sender=user.department, receiver__has_account=False, pk__in=served.values("referral"))
        # what the department issued itself, also for somebody else (转送), it serves itself
        issued = Q(dispatch__department=user.department, receiver__has_account=False)
        asked_back = Withdrawal.objects.filter(status=WithdrawalStatus.ASKED).values("referral")
        mine |= issued & (Q(status="sent") | Q(pk__in=demanded) | Q(pk__in=asked_back))
    return mine
