"""Who may do what between receipt and decision; like `rules`, each asks for the right person and the state."""

from django.utils import timezone

from departments.enums import LEADERS, Function, ReferralKind, Role
from departments.models import User
from referrals.duties import overdue_duty
from referrals.enums import LetterKind, ReferralStatus
from referrals.models import Completion, Referral
from referrals.receiving_enums import CompletionStatus, SupervisionStatus, WithdrawalStatus
from referrals.rules import WORKERS, can_accept, is_drafted, of, open_completion, ordinary


def works_on(user: User, referral: Referral) -> bool:
    """The person it was assigned to, or a leader of the receiver."""
    return of(user, referral.receiver_id) and (referral.handler_id == user.pk or user.has_role(*LEADERS))


def _waits(referral: Referral, *states: str) -> bool:
    """Whether completion stands in one of `states` while the receiver has not decided."""
    return referral.status == ReferralStatus.RECEIVED and open_completion(referral, *states) is not None


can_accept_in_part = can_accept


@ordinary
def can_ask_completion(user: User, referral: Referral) -> bool:
    """One request at a time, before the receiver decides; an invitation is joined or declined as it stands."""
    return (
        referral.status == ReferralStatus.RECEIVED
        and referral.kind != ReferralKind.EARLY
        and works_on(user, referral)
        and open_completion(referral) is None
        and not is_drafted(referral, LetterKind.COMPLETION)
    )


def can_supply(user: User, referral: Referral) -> bool:
    """Whoever works at the sender; one letter at a time."""
    return (
        of(user, referral.sender_id)
        and user.has_role(*WORKERS)
        and _waits(referral, CompletionStatus.ASKED)
        and not is_drafted(referral, LetterKind.SUPPLY)
    )


def can_take_completion(user: User, referral: Referral) -> bool:
    """The receiver's registrar, or the person it was assigned to; on paper, the sender's registrar who served it."""
    takes = of(user, referral.receiver_id) and (
        user.has_role(Role.REGISTRAR) or referral.handler_id == user.pk
    )
    # what is supplied goes by a letter of the sender's own, also where somebody else forwarded the first
    ours = not referral.receiver.has_account and of(user, referral.sender_id) and user.has_role(Role.REGISTRAR)
    supplied = open_completion(referral, CompletionStatus.SUPPLIED)
    return supplied is not None and (takes or (ours and _served(referral, supplied)))


def _served(referral: Referral, completion: Completion) -> bool:
    """Whether the letter that brings what was missing is proved to have reached a body without an account."""
    letters = (each for each in referral.follow_ups.all() if each.completion_id == completion.pk)
    return any(hasattr(each, "delivery") for each in letters)


def can_drop_completion(user: User, referral: Referral) -> bool:
    return works_on(user, referral) and _waits(referral, CompletionStatus.ASKED)


# --- forwarded, withdrawn by consent ---------------------------------------------------------------------------
@ordinary
def can_forward(user: User, referral: Referral) -> bool:
    """The person it was assigned to, or a leader of the receiver; while nothing was decided and no draft lies."""
    return (
        referral.status == ReferralStatus.RECEIVED
        and referral.kind == ReferralKind.TRANSFER
        and works_on(user, referral)
        and user.has_role(*WORKERS)
        and not any(paper.open for paper in referral.forwardings.all())
    )


def _asked_back(referral: Referral) -> bool:
    return any(each.status == WithdrawalStatus.ASKED for each in referral.withdrawals.all())


def _supervised(referral: Referral) -> bool:
    return any(each.status == SupervisionStatus.ISSUED for each in referral.supervisions.all())


@ordinary
def can_ask_withdrawal(user: User, referral: Referral) -> bool:
    """The person who waits for the answer, or a leader of the sender."""
    return (
        referral.status in (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
        and of(user, referral.sender_id)
        and (user.has_role(*LEADERS) or referral.author_id == user.pk)
        and not _asked_back(referral)
    )


@ordinary
def can_decide_withdrawal(user: User, referral: Referral) -> bool:
    """A leader of the receiver."""
    return (
        of(user, referral.receiver_id)
        and user.has_role(*LEADERS)
        and _asked_back(referral)
    )


# --- 督办 ------------------------------------------------------------------------------------------------------
def is_coordinator(user: User, referral: Referral) -> bool:
    """The coordinator of the office of the letter's own region."""
    return (
        user.has_role(Role.COORDINATOR)
        and user.department.function == Function.OFFICE
        and user.region.pk == referral.case.region_id
    )


def can_supervise(user: User, referral: Referral) -> bool:
    """The coordinator, when the receiver is late, with a suspected crime too, and owes the office no reply already."""
    return (
        not referral.over
        and is_coordinator(user, referral)
        and overdue_duty(referral, timezone.now()) is not None
        and not _supervised(referral)
        and not is_drafted(referral, LetterKind.SUPERVISION)
    )


def can_reply_to_supervision(user: User, referral: Referral) -> bool:
    """Who works on it at the receiver; for a body without an account the sender's registrar writes down its reply."""
    if not _supervised(referral):
        return False
    if referral.receiver.has_account:
        return works_on(user, referral)
    return _serves(user, referral)


# --- bodies without an account ---------------------------------------------------------------------------------
def _serves(user: User, referral: Referral) -> bool:
    """The registrar of the department that issued the paper, where the receiver does not work in this system.

    For a forwarded letter that is who forwarded it: the body there knows no other.
    """
    return (
        not referral.receiver.has_account
        and of(user, referral.dispatch.department_id)
        and user.has_role(Role.REGISTRAR)
    )


@ordinary
def can_record_said(user: User, referral: Referral) -> bool:
    """While the body has the letter and something is still to come from it."""
    return (
        referral.status in (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
        and _serves(user, referral)
        and not _has_joined(referral)
    )


def _has_joined(referral: Referral) -> bool:
    """A body that takes part in a team owes no answer of its own, only its word on a withdrawal it was asked for."""
    joined = referral.kind == ReferralKind.EARLY and referral.status == ReferralStatus.ACCEPTED
    return joined and not _asked_back(referral)


@ordinary
def can_issue_link(user: User, referral: Referral) -> bool:
    """Where the office allows it; a new link takes the place of a standing one."""
    return (
        referral.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
        and _serves(user, referral)
        and referral.receiver.answer_links
        and not _has_joined(referral)
    )


def can_end_link(user: User, referral: Referral) -> bool:
    return _serves(user, referral) and any(not link.used_at and not link.ended_at for link in referral.links.all())
