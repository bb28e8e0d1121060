"""Who may do what between receipt and decision; like `rules`, each asks for the right person and the state."""

from departments.enums import LEADERS, Role
from departments.models import User
from referrals.enums import ReferralStatus
from referrals.models import Referral
from referrals.receiving_enums import CompletionStatus
from referrals.rules import WORKERS, can_accept, of, open_completion, ordinary


def works_on(user: User, referral: Referral) -> bool:
    """The person it was assigned to, or a leader of the receiver."""
    return of(user, referral.receiver_id) and (referral.handler_id == user.pk or user.has_role(*LEADERS))


def _waits(referral: Referral, *states: str) -> bool:
    """Whether completion stands in one of `states` while the receiver has not decided."""
    return referral.status == ReferralStatus.RECEIVED and open_completion(referral, *states) is not None


can_accept_in_part = can_accept


@ordinary
def can_ask_completion(user: User, referral: Referral) -> bool:
    """One request at a time, before the receiver decides."""
    return (
        referral.status == ReferralStatus.RECEIVED
        and works_on(user, referral)
        and open_completion(referral) is None
    )


def can_supply(user: User, referral: Referral) -> bool:
    """Whoever works at the sender."""
    return (
        of(user, referral.sender_id) and user.has_role(*WORKERS) and _waits(referral, CompletionStatus.ASKED)
    )


def can_take_completion(user: User, referral: Referral) -> bool:
    """The receiver's registrar, or the person it was assigned to."""
    return (
        of(user, referral.receiver_id)
        and (user.has_role(Role.REGISTRAR) or referral.handler_id == user.pk)
        and open_completion(referral, CompletionStatus.SUPPLIED) is not None
    )


def can_drop_completion(user: User, referral: Referral) -> bool:
    return works_on(user, referral) and _waits(referral, CompletionStatus.ASKED)
