"""The papers about a reward: drafted, signed by another, numbered and printed. Names no reporter."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import AlreadyDone, FourEyes, WrongState
from core.states import move
from departments.enums import LEADERS, Role
from departments.models import User
from documents.actions import issue_document
from rewards import contexts_money
from rewards import notices_money as notices
from rewards.actions.money_common import lock_reward, note
from rewards.enums_money import TIMES, PaperKind, PaperStatus, RewardStatus
from rewards.models import Reward, RewardPaper

OPEN = (PaperStatus.DRAFT, PaperStatus.APPROVED)


def _draft(reward: Reward, kind: str, text: str, by: User, at: dt.datetime) -> RewardPaper:
    if reward.papers.filter(kind=kind, status__in=OPEN).exists():
        raise AlreadyDone(_("This paper is being drafted already."))
    return RewardPaper.objects.create(
        reward=reward, kind=kind, text=text.strip(), drafted_by=by, drafted_at=at
    )


def _print(paper: RewardPaper, by: User, at: dt.datetime) -> None:
    document = issue_document(
        kind=f"reward_{paper.kind}", department=paper.reward.department, target=paper.reward, case=None,
        context=contexts_money.of_paper(paper, at=at), by=by, at=at,
    )  # fmt: skip
    move(
        paper,
        PaperStatus.ISSUED,
        at=at,
        issued_by=by,
        issued_at=at,
        document=document,
        amount=paper.reward.amount,
    )


def draft_form(*, reward: Reward, by: User, at: dt.datetime) -> RewardPaper:
    """审批表 comes with the proposal; part of `propose_reward`."""
    return _draft(reward, PaperKind.APPROVAL, "", by, at)


def number_form(*, reward: Reward, by: User, at: dt.datetime) -> RewardPaper:
    """审批表 is signed and numbered with the approval; part of `approve_reward`, which calls it last."""
    paper = reward.papers.select_related("reward").get(kind=PaperKind.APPROVAL, status=PaperStatus.DRAFT)
    move(paper, PaperStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    _print(paper, by, at)
    return paper


@transaction.atomic
def draft_paper(*, reward: Reward, kind: str, text: str = "", by: User, at: dt.datetime) -> RewardPaper:
    """通知书 and 领取凭证 of a funded reward, the latter also once it is paid; 荣誉证书 of an approved honorary one.

    :raises WrongState: the reward is not so far
    :raises AlreadyDone: it is being drafted
    """
    lock_reward(reward)
    if (
        reward.status not in TIMES.get(kind, ())
        or reward.honorary != (kind == PaperKind.CERTIFICATE)
    ):
        raise WrongState(state=reward.status)
    paper = _draft(reward, kind, text, by, at)
    note("reward.paper_drafted", reward, by=by, at=at, paper=kind)
    notices.to_leaders(reward, "reward.paper_waits", LEADERS, at=at)
    return paper


@transaction.atomic
def sign_paper(*, paper: RewardPaper, by: User, at: dt.datetime) -> RewardPaper:
    """签发.

    :raises FourEyes: by who drafted it
    :raises WrongState, MovedOn: it is no draft
    """
    lock_reward(paper.reward)
    paper.refresh_from_db()
    if paper.drafted_by_id == by.pk:
        raise FourEyes(_("You drafted this paper: somebody else has to sign it."))
    if paper.kind == PaperKind.APPROVAL:
        raise WrongState(_("The approval form is signed with the approval."))
    move(paper, PaperStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    note("reward.paper_signed", paper.reward, by=by, at=at, paper=paper.kind)
    registrars = User.objects.acting_for(paper.reward.department, Role.REGISTRAR)
    notices.to_people(registrars, paper.reward, "reward.paper_to_number", at=at)
    return paper


@transaction.atomic
def discard_paper(*, paper: RewardPaper, by: User, at: dt.datetime) -> RewardPaper:
    """Given up before it was numbered.

    :raises WrongState, MovedOn: it is numbered, or given up
    """
    lock_reward(paper.reward)
    paper.refresh_from_db()
    if paper.kind == PaperKind.APPROVAL:
        raise WrongState(_("The approval form goes with the proposal."))
    move(paper, PaperStatus.DISCARDED, at=at)
    note("reward.paper_discarded", paper.reward, by=by, at=at, paper=paper.kind)
    return paper


@transaction.atomic
def number_paper(*, paper: RewardPaper, by: User, at: dt.datetime) -> RewardPaper:
    """编号、印发. The certificate honours: the reward is done with it.

    :raises WrongState, MovedOn: it is not signed
    """
    reward = paper.reward
    lock_reward(reward)
    paper.refresh_from_db()
    if paper.status != PaperStatus.APPROVED:
        raise WrongState(state=paper.status)
    note("reward.paper_numbered", reward, by=by, at=at, paper=paper.kind)
    if paper.kind == PaperKind.CERTIFICATE:
        move(reward, RewardStatus.HONOURED, at=at, honoured_by=by, honoured_at=at)
        note("reward.honoured", reward, by=by, at=at)
    notices.to_officers(reward, "reward.paper_ready", at=at, tone="g")
    _print(paper, by, at)
    return paper
