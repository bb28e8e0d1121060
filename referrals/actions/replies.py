"""复函 and 书面意见: what the receiver answers, drafted by the person who worked it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, Stale, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock
from departments.models import User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts, notices
from referrals.actions.handling import REPLY_CLOCKS
from referrals.actions.overtaken import drop_stale
from referrals.enums import LetterKind, PaperStatus, ReferralStatus
from referrals.models import AnswerItem, Referral, Reply


@transaction.atomic
def draft_reply(
    *,
    referral: Referral,
    text: str,
    answers: Mapping[int, str] | None = None,
    basis: str = "",
    reservation: str = "",
    experts: str = "",
    by: User,
    at: dt.datetime,
) -> Reply:
    """Begin the reply; `answers` maps the id of each question to its answer (may be incomplete in a draft).

    :raises WrongState: the referral is not being worked, or a reply is already under way
    :raises BadInput: nothing is said, or an answer to a question that was not asked
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status != ReferralStatus.ACCEPTED:
        raise WrongState
    if Reply.objects.filter(referral=locked).open().exists():
        raise WrongState(_("A reply is already being drafted."))
    reply = Reply(
        referral=locked, case=locked.case, department=locked.receiver,
        drafted_by=by, drafted_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    _fill(reply, text=text, answers=answers or {}, basis=basis, reservation=reservation, experts=experts, at=at)
    record("reply.drafted", target=reply, by=by, at=at, case=reply.case)
    return reply


@transaction.atomic
def edit_reply(
    *,
    reply: Reply,
    version: int,
    text: str,
    answers: Mapping[int, str] | None = None,
    basis: str = "",
    reservation: str = "",
    experts: str = "",
    by: User,
    at: dt.datetime,
) -> Reply:
    """Change a draft that is still at `version`.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft
    """
    locked = Reply.objects.select_for_update().get(pk=reply.pk)
    if locked.status != PaperStatus.DRAFT:
        raise WrongState(_("This paper is no longer a draft. Ask the reviewer to send it back first."))
    if locked.version != version:
        raise Stale(theirs=locked)
    locked.version += 1
    _fill(locked, text=text, answers=answers or {}, basis=basis, reservation=reservation, experts=experts, at=at)
    record("reply.edited", target=locked, by=by, at=at, case=locked.case, version=locked.version)
    return locked


@transaction.atomic
def send_reply(*, reply: Reply, late_reason: str = "", by: User, at: dt.datetime) -> Reply:
    """Number, issue and send a signed reply; the referral is answered and its clock met.

    :raises BadInput: a late reply without a reason
    :raises WrongState, MovedOn: the reply is not signed, or the referral is no longer being worked
    """
    referral = reply.referral
    lock_case(referral.case)
    for code in REPLY_CLOCKS:
        deadline = open_clock(referral, code)
        if deadline is not None:
            meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason.strip())
    move(referral, ReferralStatus.ANSWERED, at=at, answered_by=by, answered_at=at)
    document = issue_document(
        kind=reply.kind.value, department=reply.department, target=reply, case=reply.case,
        context=contexts.reply_context(reply, at=at), by=by, at=at,
    )  # fmt: skip
    move(reply, PaperStatus.SENT, at=at, sent_by=by, sent_at=at, document=document)
    drop_stale(referral, by=by, at=at)
    verb = "opinion.issued" if reply.kind == LetterKind.OPINION else "referral.answered"
    record(verb, target=referral, by=by, at=at, case=referral.case, number=document.number,
           document=document.pk, receiver=referral.receiver.short_name)  # fmt: skip
    notices.referral_answered(referral, document.number, at=at)
    return reply


def _fill(
    reply: Reply, *, text: str, answers: Mapping[int, str], basis: str, reservation: str, experts: str, at: dt.datetime
) -> None:
    if not text.strip():
        raise BadInput(_("Say what the result is."), field="text")
    questions = {question.pk: question for question in reply.referral.dispatch.questions.all()}
    if not set(answers) <= set(questions):
        raise BadInput(_("There is an answer to a question that was not asked."), field="answers")
    reply.text, reply.basis, reply.reservation = text.strip(), basis.strip(), reservation.strip()
    reply.experts, reply.updated_at = experts.strip(), at
    reply.save()
    reply.answers.all().delete()
    AnswerItem.objects.bulk_create(
        AnswerItem(reply=reply, question=questions[pk], text=answer.strip())
        for pk, answer in answers.items()
        if answer.strip()
    )
