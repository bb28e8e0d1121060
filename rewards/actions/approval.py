"""A computed reward is proposed, approved or sent back, or given up by the reporter."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import FourEyes, WrongState
from core.states import move
from departments.enums import Role
from departments.models import User
from rewards import notices_money as notices
from rewards.actions.computing import BEGUN_ANEW, due_for
from rewards.actions.deciding import by_own_hand, check_effective
from rewards.actions.money_common import lock_reward, needed, note
from rewards.actions.papers_money import draft_form, number_form
from rewards.actions.releasing import release
from rewards.enums_money import RewardStatus
from rewards.models import Reward


def check_figures(reward: Reward) -> None:
    """:raises WrongState: the ledger says something else by now, so that the job has to run first"""
    due = next((each for each in due_for(reward.report) if each.reporter.pk == reward.reporter_id), None)
    if due is None or due.amount != reward.amount or due.base != reward.base:
        raise WrongState(_("The ledger has changed: the reward is being computed anew."), record=True)


@transaction.atomic
def propose_reward(
    *, reward: Reward, effective_on: dt.date | None = None, by: User, at: dt.datetime
) -> Reward:
    """提出奖励意见: the report officer, once the decision is effective; the approval form is drafted.

    :raises BadInput: see `check_effective`
    :raises WrongState, MovedOn: it is not computed, or not what the ledger says
    """
    lock_reward(reward)
    check_effective(reward, effective_on, at)
    check_figures(reward)
    move(
        reward,
        RewardStatus.PROPOSED,
        at=at,
        effective_on=effective_on,
        proposed_by=by,
        proposed_at=at,
        reason="",
    )
    draft_form(reward=reward, by=by, at=at)
    note("reward.proposed", reward, by=by, at=at, amount=reward.amount)
    notices.to_leaders(reward, "reward.waits", (Role.DEPUTY_HEAD, Role.HEAD), at=at)
    return reward


@transaction.atomic
def send_back_reward(*, reward: Reward, reason: str, by: User, at: dt.datetime) -> Reward:
    """Back to who proposed it.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not proposed
    """
    reason = needed(reason)
    lock_reward(reward)
    if reward.status != RewardStatus.PROPOSED:
        raise WrongState(state=reward.status)
    release(reward, by=by, at=at, reason=reason)
    proposer = reward.proposed_by
    move(reward, RewardStatus.COMPUTED, at=at, reason=reason, **BEGUN_ANEW)
    note("reward.sent_back", reward, by=by, at=at, reason=reason)
    notices.to_people([proposer], reward, "reward.was_sent_back", at=at, tone="r")
    return reward


@transaction.atomic
def approve_reward(*, reward: Reward, by: User, at: dt.datetime) -> Reward:
    """同意: by another than who proposed, who handles the case, and who entered the amounts (FACTS §4 D); the approval
    form gets its number and is printed last.

    :raises FourEyes: by the proposer, a handler of the case, or who entered an amount the reward rests on
    :raises BadInput: see `check_effective`
    :raises WrongState, MovedOn: it is not proposed, or not what the ledger says
    """
    lock_reward(reward)
    if reward.proposed_by_id == by.pk:
        raise FourEyes(_("You proposed this reward: somebody else has to approve it."))
    if Reward.objects.filter(by_own_hand(by), pk=reward.pk).exists():
        raise FourEyes(
            _("You handle this case or entered an amount of this reward: somebody else has to approve it.")
        )
    check_effective(reward, reward.effective_on, at)
    check_figures(reward)
    move(reward, RewardStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    note("reward.approved", reward, by=by, at=at, amount=reward.amount)
    notices.approved(reward, at=at)
    number_form(reward=reward, by=by, at=at)
    return reward


@transaction.atomic
def waive_reward(*, reward: Reward, reason: str, by: User, at: dt.datetime) -> Reward:
    """放弃: the reporter gives it up, at any time until it is paid or honoured; what it held goes back.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is paid, honoured or over, or in a bank file
    """
    reason = needed(reason)
    lock_reward(reward)
    return let_go(reward, reason, by, at)


def let_go(reward: Reward, reason: str, by: User | None, at: dt.datetime) -> Reward:
    """Part of the ways a reward is waived: it is locked, and who may waive it was asked."""
    if reward.bank_lines.filter(open=True).exists():
        raise WrongState(_("It is in a bank file: close the file first."))
    release(reward, by=by, at=at, reason=reason)
    move(
        reward,
        RewardStatus.WAIVED,
        at=at,
        waived_by=by,
        waived_at=at,
        reason=reason,
        claim_digest="",
        budget=None,
    )
    note("reward.waived", reward, by=by, at=at, amount=reward.amount, reason=reason)
    return reward
