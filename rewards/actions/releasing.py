"""What a reward held is given back: money to the budget, the clock, the claim code, papers not numbered yet."""

import datetime as dt

from django.utils.translation import gettext as _

from core.states import move
from deadlines.actions.clocks import cancel_clock, open_clock
from departments.models import User
from rewards.actions.money_common import note
from rewards.enums_money import BudgetKind, PaperStatus
from rewards.models import BudgetEntry, Reward, RewardBudget

CLAIM = "reward_claim"


def release(reward: Reward, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Give back what a funded reward holds; nothing where it holds nothing. Its row is locked."""
    for paper in reward.papers.filter(status__in=(PaperStatus.DRAFT, PaperStatus.APPROVED)):
        move(paper, PaperStatus.DISCARDED, at=at)
    clock = open_clock(reward, CLAIM)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, by=by, reason=reason or _("The reward has changed."))
    if reward.budget_id is not None:
        give_back(reward, by=by, at=at, remark=reason)


def give_back(reward: Reward, *, by: User | None, at: dt.datetime, remark: str) -> None:
    """The allocated amount returns to the budget of its year."""
    assert reward.budget_id is not None
    budget = RewardBudget.objects.select_for_update().get(pk=reward.budget_id)
    back = reward.amount - reward.recovered
    budget.allocated -= back
    budget.updated_at, budget.version = at, budget.version + 1
    budget.save(update_fields=["allocated", "updated_at", "version"])
    BudgetEntry.objects.create(
        budget=budget, kind=BudgetKind.RELEASED, amount=back, reward=reward, remark=remark[:200], by=by, at=at
    )
    note("reward.released", reward, by=by, at=at, amount=back, year=budget.year)
