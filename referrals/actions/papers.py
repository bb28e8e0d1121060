"""审核、签发: what happens to a paper, a dispatch or a reply alike, before the registrar sends it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, open_clock
from departments.enums import ReferralKind
from departments.models import User
from journal.actions import record
from referrals import notices
from referrals.actions.drafting import check_limit, check_manifest
from referrals.actions.leaving_out import check_left_out
from referrals.actions.receivers import check_receivers
from referrals.enums import LIMITED, PaperStatus
from referrals.models import Dispatch, FollowUp, Reply, TaskLetter
from referrals.rules import signing_rule
from referrals.rules_writing import wrote

Written = Dispatch | Reply | TaskLetter | FollowUp  # every kind of paper goes the same way

_UNSIGNED = {
    "submitted_by": None, "submitted_at": None, "reviewed_by": None, "reviewed_at": None,
    "approved_by": None, "approved_at": None,
}  # fmt: skip


@transaction.atomic
def submit_paper(*, paper: Written, by: User, at: dt.datetime) -> Written:
    """Hand a complete draft to the reviewer, or straight to the signer where the rule knows no reviewer.

    :raises BadInput: something the paper needs is missing
    :raises WrongState, MovedOn: it is no longer a draft
    """
    check_complete(paper, by=by, at=at)
    move(paper, PaperStatus.SUBMITTED, at=at, submitted_by=by, submitted_at=at, sent_back_reason="")
    record(f"{paper.kind_code}.submitted", target=paper, by=by, at=at, case=paper.case)
    rule = signing_rule(paper)
    notices.paper_waits(paper, rule.reviewer or rule.signer, at=at)
    return paper


@transaction.atomic
def review_paper(*, paper: Written, by: User, at: dt.datetime, remark: str = "") -> Written:
    """审核: pass a submitted paper on to its signer.

    :raises FourEyes: by the drafter or by who changed the draft
    :raises WrongState, MovedOn: it is not waiting for review, or its kind is not reviewed
    """
    rule = signing_rule(paper)
    if not rule.reviewer:
        raise WrongState(_("This kind of paper goes straight to the person who signs."))
    _not_the_drafter(paper, by)
    move(paper, PaperStatus.REVIEWED, at=at, reviewed_by=by, reviewed_at=at)
    record(f"{paper.kind_code}.reviewed", target=paper, by=by, at=at, case=paper.case,
           remark=remark.strip())  # fmt: skip
    notices.paper_waits(paper, rule.signer, at=at)
    return paper


@transaction.atomic
def approve_paper(*, paper: Written, by: User, at: dt.datetime, remark: str = "") -> Written:
    """签发: sign; the registrar then numbers and sends it.

    :raises FourEyes: by the drafter, by who changed the draft, or by who reviewed it
    :raises WrongState, MovedOn: it is not waiting for a signature
    """
    if signing_rule(paper).reviewer and paper.status == PaperStatus.SUBMITTED:
        raise WrongState(_("This paper has to be reviewed before it is signed."))
    _not_the_drafter(paper, by)
    if paper.reviewed_by_id == by.pk:
        raise FourEyes(_("You reviewed this paper: somebody else has to sign it."))
    move(paper, PaperStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    record(f"{paper.kind_code}.approved", target=paper, by=by, at=at, case=paper.case,
           remark=remark.strip())  # fmt: skip
    notices.paper_signed(paper, at=at)
    return paper


@transaction.atomic
def send_back_paper(*, paper: Written, reason: str, by: User, at: dt.datetime) -> Written:
    """退回修改: give a paper back to its drafter, with a reason; the stamps of this round go.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is a draft, sent or discarded
    """
    reason = needed(reason)
    not_of_a_crime(paper)
    old = move(paper, PaperStatus.DRAFT, at=at, sent_back_reason=reason, **_UNSIGNED)
    record(f"{paper.kind_code}.sent_back", target=paper, by=by, at=at, case=paper.case,
           reason=reason, old=old)  # fmt: skip
    notices.paper_sent_back(paper, by, at=at)
    return paper


@transaction.atomic
def discard_paper(*, paper: Written, reason: str, by: User, at: dt.datetime) -> Written:
    """Give a draft up. The clock of a technical-support notice ends with it, on the record.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is no longer a draft
    """
    reason = needed(reason)
    if paper.case is not None:  # the letter of a task belongs to no one case
        lock_case(paper.case)
    move(paper, PaperStatus.DISCARDED, at=at, sent_back_reason="")
    deadline = open_clock(paper, "support_notice") if isinstance(paper, Dispatch) else None
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
    record(f"{paper.kind_code}.discarded", target=paper, by=by, at=at, case=paper.case,
           reason=reason)  # fmt: skip
    return paper


def overtake_paper(paper: Written, *, reason: str, by: User, at: dt.datetime) -> None:
    """Give a paper up on which the matter has moved on, however far it had come; its drafter is told."""
    reason = reason[:300]
    if paper.status != PaperStatus.DRAFT:
        move(paper, PaperStatus.DRAFT, at=at, **_UNSIGNED)
    move(paper, PaperStatus.DISCARDED, at=at, sent_back_reason=reason)
    record(f"{paper.kind_code}.discarded", target=paper, by=by, at=at, case=paper.case, reason=reason)
    notices.paper_sent_back(paper, by, at=at)


def not_of_a_crime(paper: Written) -> None:
    """:raises WrongState: the letter of a suspected crime, which the head's decision signed and only hands over"""
    if isinstance(paper, Dispatch) and paper.kind == ReferralKind.CRIMINAL:
        raise WrongState(_("The head decided on this letter: it is handed over on the page of its transfer."))


def needed(reason: str, field: str = "reason") -> str:
    """The reason without blanks around it.

    :raises BadInput: it is empty
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field=field)
    return reason.strip()


def check_complete(paper: Written, *, by: User, at: dt.datetime) -> None:
    """Whether a draft may go on.

    :raises BadInput: no limit where the kind needs one, no question, no answer to a question
    """
    if isinstance(paper, Dispatch):
        if paper.limit_on is None and paper.kind in LIMITED:
            raise BadInput(_("State by which date an answer is expected."), field="limit_on")
        check_limit(paper.limit_on, at=at)
        check_manifest(paper)
        check_receivers(paper, paper.receivers.all(), by=by)
        check_left_out(paper, paper.receivers.all())
    if isinstance(paper, Reply) and paper.referral.kind == ReferralKind.SUPPORT:
        asked = paper.referral.dispatch.questions.count()
        if paper.answers.exclude(text="").count() != asked:
            raise BadInput(_("Every question needs an answer."), field="answers")


def _not_the_drafter(paper: Written, by: User) -> None:
    if paper.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this paper: somebody else has to review and sign it."))
    if wrote(by, paper):
        raise FourEyes(_("You changed this draft: somebody else has to review and sign it."))
