"""Who may do what. Each predicate asks for the right person *and* the state, so that no page offers in vain.

Whether somebody may see a thing at all is `visible_to`; the actions check states once more, under lock.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from cases import rules as case_rules
from cases.models import Case
from core.memory import remembered
from departments.enums import LEADERS, ReferralKind, Role
from departments.models import User
from referrals.duties import police_owe
from referrals.enums import PAPER_OPEN, ExtensionStatus, LetterKind, PaperStatus, ReferralStatus
from referrals.models import (
    Completion,
    Dispatch,
    Extension,
    FollowUp,
    Referral,
    Reply,
    SigningRule,
    TaskLetter,
)
from referrals.receiving_enums import COMPLETION_OPEN, CompletionStatus
from referrals.rules_writing import has_written, may_draft

RANK = (Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD)
WORKERS = (Role.HANDLER, *sorted(LEADERS))


def at_least(user: User, role: str) -> bool:
    """Whether the post the user acts in is `role` or ranks above it."""
    if role in RANK:
        return user.has_role(*RANK[RANK.index(role) :])
    return user.has_role(role)


def of(user: User, department_id: int) -> bool:
    """Whether the user acts for that department."""
    return user.is_active and user.department is not None and user.department.pk == department_id


def signing_rule(paper: Dispatch | Reply | TaskLetter | FollowUp) -> SigningRule:
    """The rule in force for the kind of this paper.

    :raises SigningRule.DoesNotExist: the dictionary was emptied; set-up loads it again
    """
    return SigningRule.objects.get(kind=LetterKind(paper.kind))


def signing_rules(user: User) -> dict[str, SigningRule]:
    """All of them by kind, asked once in a request of this person."""
    return remembered(
        user, "referrals.signing_rules", lambda: {rule.kind: rule for rule in SigningRule.objects.all()}
    )


def ordinary(rule: Callable[[User, Any], bool]) -> Callable[[User, Any], bool]:
    """A rule that holds for every kind but suspected crime, whose steps `crime_rules` knows."""

    @wraps(rule)
    def asked(user: User, thing: Any) -> bool:
        return getattr(thing, "kind", "") != ReferralKind.CRIMINAL and rule(user, thing)

    return asked


# --- papers ------------------------------------------------------------------------------------------------
def can_draft(user: User, case: Case) -> bool:
    """Somebody who works the case may draft what leaves their department."""
    return user.has_role(*WORKERS) and case_rules.can_work(user, case)


def can_send_elsewhere(user: User, referral: Referral) -> bool:
    """What came back may go to another department; an invitation or a bulletin that was declined is not repeated."""
    return (
        referral.kind in (ReferralKind.TRANSFER, ReferralKind.SUPPORT)
        and of(user, referral.sender_id)
        and can_draft(user, referral.case)
    )


def _writes(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    """Who works in the writing department, at the office its coordinator; of a letter about a letter, who may draft it."""
    if not of(user, paper.department_id) or not user.has_role(*WORKERS, *_office(paper)):
        return False
    return not isinstance(paper, FollowUp) or may_draft(user, paper)


def _office(paper: Dispatch | Reply | FollowUp) -> tuple[Role, ...]:
    """The coordinator keeps the office's own letters: drafts, numbers and sends them."""
    return (Role.COORDINATOR,) if paper.kind == LetterKind.SUPERVISION else ()


def can_edit(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    return paper.status == PaperStatus.DRAFT and _writes(user, paper)


can_submit = can_edit
can_discard = can_edit


def can_review(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    """审核: the reviewer of the signing rule or a leader above, never the drafter, nor who changed the draft."""
    if paper.status != PaperStatus.SUBMITTED or not of(user, paper.department_id):
        return False
    rule = signing_rules(user)[LetterKind(paper.kind)]
    return bool(rule.reviewer) and at_least(user, rule.reviewer) and not has_written(user, paper)


def can_approve(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    """签发: the signer of the signing rule or a leader above, never the drafter, who changed the draft or reviewed it."""
    if paper.status not in (PaperStatus.SUBMITTED, PaperStatus.REVIEWED):
        return False
    if not of(user, paper.department_id):
        return False
    rule = signing_rules(user)[LetterKind(paper.kind)]
    if rule.reviewer and paper.status == PaperStatus.SUBMITTED:
        return False
    return at_least(user, rule.signer) and user.pk != paper.reviewed_by_id and not has_written(user, paper)


@ordinary
def can_send_back(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    """Whoever may take the next step may send the paper back to its drafter instead."""
    return can_review(user, paper) or can_approve(user, paper) or can_send(user, paper)


@ordinary
def can_send(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    """编号、用印、发出: the registrar of the writing department."""
    return (
        paper.status == PaperStatus.APPROVED
        and of(user, paper.department_id)
        and user.has_role(Role.REGISTRAR, *_office(paper))
    )


def can_read_paper(user: User, paper: Dispatch | Reply | FollowUp) -> bool:
    return type(paper).objects.visible_to(user).filter(pk=paper.pk).exists()


# --- referrals ---------------------------------------------------------------------------------------------
def can_view(user: User, referral: Referral) -> bool:
    return Referral.objects.visible_to(user).filter(pk=referral.pk).exists()


def can_read(user: User, referral: Referral) -> bool:
    """The whole letter, not only that it exists."""
    return Referral.objects.readable_by(user).filter(pk=referral.pk).exists()


def _sends(user: User, referral: Referral) -> bool:
    return of(user, referral.sender_id) and user.has_role(*WORKERS)


@ordinary
def can_sign_for(user: User, referral: Referral) -> bool:
    return (
        referral.status == ReferralStatus.SENT
        and of(user, referral.receiver_id)
        and user.has_role(Role.REGISTRAR)
    )


@ordinary
def can_prove_delivery(user: User, referral: Referral) -> bool:
    """The registrar of the department that issued the paper, where nobody signs for it here."""
    return (
        referral.status == ReferralStatus.SENT
        and of(user, referral.dispatch.department_id)
        and user.has_role(Role.REGISTRAR)
    )


def can_prove_service(user: User, letter: FollowUp) -> bool:
    """送达回证 of a letter about a letter, once: who sent it, where whom it is for does not work here."""
    return (
        letter.status == PaperStatus.SENT
        and of(user, letter.department_id)
        and user.has_role(Role.REGISTRAR, *_office(letter))
        and letter.served_on_paper
        and not hasattr(letter, "delivery")
    )


def can_assign(user: User, referral: Referral) -> bool:
    """分办: a leader of the receiver, also to hand a running one to somebody else."""
    return (
        referral.status in (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
        and of(user, referral.receiver_id)
        and user.has_role(*LEADERS)
    )


@ordinary
def can_accept(user: User, referral: Referral) -> bool:
    """Only the person it was assigned to; an invitation is joined instead (rules_informing)."""
    return (
        referral.status == ReferralStatus.RECEIVED
        and referral.kind != ReferralKind.EARLY
        and of(user, referral.receiver_id)
        and referral.handler_id == user.pk
    )


@ordinary
def can_return(user: User, referral: Referral) -> bool:
    """The assigned person, or a leader of the receiver."""
    return (
        referral.status == ReferralStatus.RECEIVED
        and referral.kind != ReferralKind.EARLY
        and of(user, referral.receiver_id)
        and (referral.handler_id == user.pk or user.has_role(*LEADERS))
    )


@ordinary
def can_reply(user: User, referral: Referral) -> bool:
    """The person who works it drafts the answer; one reply at a time. A joint team answers with its opinion."""
    return (
        referral.status == ReferralStatus.ACCEPTED
        and referral.kind != ReferralKind.EARLY
        and of(user, referral.receiver_id)
        and referral.handler_id == user.pk
        and not _has_open_reply(referral)
    )


def _has_open_reply(referral: Referral) -> bool:
    """A letter loaded with its open replies (`Correspondence`) brings the answer along."""
    known = getattr(referral, "waiting_replies", None)
    return bool(known) if known is not None else Reply.objects.filter(referral=referral).open().exists()


@ordinary
def can_close(user: User, referral: Referral) -> bool:
    """Only the sender closes: an answer, a return it takes note of, a bulletin that was read."""
    if not _sends(user, referral):
        return False
    if referral.status == ReferralStatus.RECEIVED:
        return referral.limit_on is None
    return referral.status in (ReferralStatus.ANSWERED, ReferralStatus.RETURNED)


@ordinary
def can_redo(user: User, referral: Referral) -> bool:
    return referral.status == ReferralStatus.ANSWERED and _sends(user, referral)


@ordinary
def can_withdraw(user: User, referral: Referral) -> bool:
    """Before receipt: the drafter or a leader of the sender."""
    return (
        referral.status == ReferralStatus.SENT
        and of(user, referral.sender_id)
        and (user.has_role(*LEADERS) or referral.author_id == user.pk)
    )


def open_completion(referral: Referral, *states: str) -> Completion | None:
    """The completion that stands, in one of `states` where some are given: one at most."""
    wanted = states or COMPLETION_OPEN
    return next((each for each in referral.completions.all() if each.status in wanted), None)


def is_drafted(referral: Referral, kind: str) -> bool:
    """Whether such a letter about it is on its way through a department."""
    return any(each.kind == kind and each.status in PAPER_OPEN for each in referral.follow_ups.all())


def may_chase(user: User, referral: Referral) -> bool:
    """催办: the sender, while something is owed; asked for in vain, the action says who owes the next step.

    A department that has joined a team owes no answer of its own.
    """
    joined = referral.kind == ReferralKind.EARLY and referral.status == ReferralStatus.ACCEPTED
    return (
        referral.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
        and not joined
        and _sends(user, referral)
    )


def can_chase(user: User, referral: Referral) -> bool:
    """Whether a reminder is offered: the sender itself owes no completion, and the police owe the next step."""
    return (
        may_chase(user, referral)
        and open_completion(referral, CompletionStatus.ASKED) is None
        and (referral.kind != ReferralKind.CRIMINAL or police_owe(referral))
    )


@ordinary
def can_ask_extension(user: User, referral: Referral) -> bool:
    """The person who works it, or a leader of the receiver; one request at a time."""
    return (
        referral.status == ReferralStatus.ACCEPTED
        and referral.kind != ReferralKind.EARLY
        and referral.limit_on is not None
        and of(user, referral.receiver_id)
        and (referral.handler_id == user.pk or user.has_role(*LEADERS))
        and asked_extension(referral) is None
    )


def asked_extension(referral: Referral) -> Extension | None:
    """The request for a longer limit that waits for the sender: one at most."""
    asked = (each for each in referral.extensions.all() if each.status == ExtensionStatus.ASKED)
    return next(asked, None)


def can_decide_extension(user: User, extension: Extension) -> bool:
    """A leader of the sender agrees (FACTS §4 Extension)."""
    return (
        extension.status == ExtensionStatus.ASKED
        and of(user, extension.referral.sender_id)
        and user.has_role(*LEADERS)
    )

