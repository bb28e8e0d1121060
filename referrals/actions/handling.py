"""分办、受理、退回: the receiver names a person, who takes it on or sends it back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.access import name_person, revoke, unname_person
from cases.actions.locking import lock_case
from cases.actions.strands import assign_strand, open_strand
from cases.enums import GrantCause
from cases.models import Strand
from core.refusals import BadInput, MovedOn, Refused, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock, reassign_clock
from departments.enums import ReferralKind
from departments.models import User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts, notices, receiving_contexts, receiving_notices
from referrals.actions.above_cases import designation
from referrals.actions.completion import REPLY_CLOCKS, end_completion, settle_before_acceptance
from referrals.actions.endings import end_clocks
from referrals.actions.overtaken import drop_stale
from referrals.actions.papers import needed
from referrals.actions.teams import join
from referrals.actions.verdicts import Refusal, put_verdicts
from referrals.enums import ReferralStatus, ReturnCategory
from referrals.models import Referral
from referrals.rules import WORKERS

WITH_STRAND = (ReferralKind.TRANSFER,)


@transaction.atomic
def assign_referral(*, referral: Referral, person: User, by: User, at: dt.datetime) -> Referral:
    """分办: name the person of the receiving department who works it; also hands a running one over.

    :raises BadInput: the person does not work in the receiving department, or has it already
    :raises WrongState: it is not signed for, or no longer worked
    :raises MovedOn: somebody else was assigned meanwhile
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status not in (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED):
        raise WrongState
    if locked.handler_id != referral.handler_id:
        raise MovedOn
    if not User.objects.acting_for(referral.receiver, *WORKERS).filter(pk=person.pk).exists():
        raise BadInput(_("Choose somebody who works in your department."), field="person")
    if person.pk == locked.handler_id:
        raise BadInput(_("This person has it already."), field="person")
    old = locked.handler
    locked.handler, locked.assigned_by, locked.assigned_at = person, by, at
    locked.updated_at, locked.version = at, locked.version + 1
    locked.save(update_fields=["handler", "assigned_by", "assigned_at", "updated_at", "version"])
    referral.refresh_from_db()
    if referral.status == ReferralStatus.ACCEPTED:
        assert old is not None  # a worked letter has a handler, by constraint
        unname_person(case=referral.case, user=old, cause_target=referral, by=by, at=at)
        _join_case(referral, person, by=by, at=at)
    _hand_clock(referral, person, by=by, at=at)
    record("referral.assigned", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           handler=person.name, handler_id=person.pk, old=old.pk if old else None)  # fmt: skip
    notices.referral_assigned(referral, at=at)
    return referral


@transaction.atomic
def accept_referral(
    *,
    referral: Referral,
    refused: Sequence[Refusal] | None = None,
    people: Sequence[User] = (),
    by: User,
    at: dt.datetime,
) -> Referral:
    """受理: the assigned person takes it on; joins the case and issues the 回执.

    refused: items that are not taken on, each with its reason (部分受理): they stay with the sender, who is told.
    None: the letter is taken on whole. Early involvement: the department joins the team with the assigned person
    and `people` (C11); that answers it.

    :raises WrongState, MovedOn: it is no longer waiting for that, or supplied material was not taken in
    :raises BadInput: see `verdicts.put_verdicts`; or somebody of another department
    :raises Refused: by somebody else than the assigned person
    """
    lock_case(referral.case)
    if referral.status != ReferralStatus.RECEIVED:
        raise WrongState
    if referral.handler_id != by.pk:
        raise Refused(_("Only the person it was assigned to accepts it."))
    settle_before_acceptance(referral, by=by, at=at)
    rest = put_verdicts(referral, refused, by=by, at=at) if refused is not None else []
    move(referral, ReferralStatus.ACCEPTED, at=at, accepted_by=by, accepted_at=at)
    drop_stale(referral, by=by, at=at)
    _join_case(referral, by, by=by, at=at)
    if referral.kind == ReferralKind.EARLY:
        join(referral, people, by=by, at=at)
        meet_invitation(referral, by=by, at=at)
    if rest:
        names = "、".join(point.name for point in rest)
        record("referral.partly_accepted", target=referral, by=by, at=at, case=referral.case,
               number=referral.number, receiver=referral.receiver.short_name, names=names,
               keys=[point.key for point in rest])  # fmt: skip
        receiving_notices.partly_accepted(referral, names, at=at)
    else:
        record("referral.accepted", target=referral, by=by, at=at, case=referral.case,
               number=referral.number, receiver=referral.receiver.short_name)  # fmt: skip
        notices.referral_accepted(referral, at=at)
    _issue_receipt(referral, by=by, at=at)
    return referral


@transaction.atomic
def return_referral(*, referral: Referral, category: str, reason: str, by: User, at: dt.datetime) -> Referral:
    """退回: send it back with a category, a reason and a 退回函; the access it gave ends.

    :raises BadInput: no reason, no such category, or want of competence where jurisdiction was designated
    :raises WrongState, MovedOn: it is no longer waiting for that
    """
    lock_case(referral.case)
    reason = needed(reason)
    if category not in ReturnCategory.values:
        raise BadInput(_("Choose a category."), field="category")
    if category == ReturnCategory.COMPETENCE and (named := designation(referral.case, referral.receiver)):
        said = _("Jurisdiction was designated to your department by %(number)s: it is not returned for want of it.")
        raise BadInput(said % {"number": named.number}, field="category")
    move(
        referral, ReferralStatus.RETURNED, at=at, returned_by=by, returned_at=at,
        return_category=category, return_reason=reason,
    )  # fmt: skip
    end_completion(referral, by=by, at=at, reason=reason)
    meet_invitation(referral, by=by, at=at)  # declining answers it too
    end_clocks(referral, by=by, at=at, reason=reason)
    revoke(case=referral.case, department=referral.receiver, cause=GrantCause.REFERRAL,
           cause_target=referral, by=by, at=at)  # fmt: skip
    record("referral.returned", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, return_category=category, reason=reason)  # fmt: skip
    notices.referral_returned(referral, at=at)
    _issue_receipt(referral, by=by, at=at)
    if referral.kind != ReferralKind.EARLY:  # declining an invitation is said by its receipt alone
        referral.return_letter = issue_document(
            kind="return_letter", department=referral.receiver, target=referral, case=referral.case,
            context=receiving_contexts.return_context(referral, by=by, at=at), by=by, at=at,
        )  # fmt: skip
        referral.save(update_fields=["return_letter"])
    return referral


def meet_invitation(referral: Referral, *, by: User, at: dt.datetime, done_at: dt.datetime | None = None) -> None:
    """Whether to take part is answered by taking part or declining. done_at: when, where it was said on paper."""
    deadline = open_clock(referral, "early_involvement")
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, done_at=done_at, by=by)


def _join_case(referral: Referral, person: User, *, by: User, at: dt.datetime) -> None:
    """Name the person on the case. A transfer also opens the receiver's strand, or finds it a handler.

    Who only supports or takes note gets no strand: it would owe a decision whether to file.
    """
    if referral.kind in WITH_STRAND:
        strand = Strand.objects.filter(case=referral.case, department=referral.receiver).first()
        if strand is None:
            strand = open_strand(case=referral.case, department=referral.receiver, by=by, at=at)
        if strand.handler_id is None and not strand.over:
            assign_strand(strand=strand, handler=person, by=by, at=at)
    name_person(case=referral.case, user=person, cause_target=referral, by=by, at=at)


def _hand_clock(referral: Referral, person: User, *, by: User, at: dt.datetime) -> None:
    for code in REPLY_CLOCKS:
        deadline = open_clock(referral, code)
        if deadline is not None:
            reassign_clock(deadline=deadline, person=person, at=at, by=by)


def _issue_receipt(referral: Referral, *, by: User, at: dt.datetime) -> None:
    """移交回执: what the receiver tells the sender about the receipt, issued by the receiver.

    It has a series of its own (青卫健回执): the department's 发文字号 are the registrar's to give.
    """
    referral.receipt = issue_document(
        kind="referral_receipt", department=referral.receiver, target=referral, case=referral.case,
        context=contexts.receipt_context(referral, at=at), by=by, at=at, mark=f"{referral.receiver.mark}回执",
    )  # fmt: skip
    referral.save(update_fields=["receipt"])
