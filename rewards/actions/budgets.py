"""The year's money for rewards: granted, cut, allocated to a reward. Never below zero."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.money import LIMIT, exact
from core.refusals import BadInput, FourEyes
from core.states import move
from core.wording import money
from departments.enums import LEADERS, Function
from departments.models import Department, Region, User
from journal.actions import record
from rewards import notices_money as notices
from rewards.actions.approval import check_figures
from rewards.actions.deciding import check_effective
from rewards.actions.money_common import lock_reward, note
from rewards.enums_money import BudgetKind, RewardStatus
from rewards.models import BudgetEntry, Reward, RewardBudget


@transaction.atomic
def grant_budget(
    *, region: Region, year: int, amount: Decimal, document: str, remark: str = "", by: User, at: dt.datetime
) -> RewardBudget:
    """Add money to the budget of a year, by the document that grants it.

    :raises BadInput: no amount, no document, or a year far away
    """
    return _change(region, year, BudgetKind.GRANTED, exact(amount), document, remark, by, at)


@transaction.atomic
def cut_budget(
    *, region: Region, year: int, amount: Decimal, document: str, remark: str = "", by: User, at: dt.datetime
) -> RewardBudget:
    """Take money out of the budget of a year; what is allocated stays covered.

    :raises BadInput: as `grant_budget`, or more than is left
    """
    return _change(region, year, BudgetKind.CUT, exact(amount), document, remark, by, at)


def _change(
    region: Region,
    year: int,
    kind: BudgetKind,
    amount: Decimal,
    document: str,
    remark: str,
    by: User,
    at: dt.datetime,
) -> RewardBudget:
    if abs(year - local_date(at).year) > 1:
        raise BadInput(_("Choose this year, the last or the next."), field="year")
    if not document.strip():
        raise BadInput(_("Name the document that says so."), field="document")
    RewardBudget.objects.get_or_create(
        region=region, year=year, defaults={"created_at": at, "updated_at": at}
    )
    budget = RewardBudget.objects.select_for_update().get(region=region, year=year)
    new = budget.total + (amount if kind == BudgetKind.GRANTED else -amount)
    if new < budget.allocated:
        raise BadInput(
            _("Only %(left)s yuan of the budget are left.") % {"left": money(budget.left)}, field="amount"
        )
    if new > LIMIT:
        raise BadInput(_("The amount is too large."), field="amount")
    budget.total, budget.updated_at, budget.version = new, at, budget.version + 1
    budget.save(update_fields=["total", "updated_at", "version"])
    BudgetEntry.objects.create(
        budget=budget,
        kind=kind,
        amount=amount,
        document=document.strip(),
        remark=remark.strip(),
        by=by,
        at=at,
    )
    record(
        f"reward.budget_{kind}",
        target=budget,
        by=by,
        at=at,
        year=year,
        amount=amount,
        document=document.strip(),
    )
    return budget


@transaction.atomic
def fund_reward(*, reward: Reward, by: User, at: dt.datetime) -> Reward:
    """拨付: allocate the reward from this year's budget. The finance department learns a number and an amount.

    :raises FourEyes: by who proposed or approved it
    :raises BadInput: the budget is missing or too small, or the decision does not stand
    :raises WrongState, MovedOn: it is not approved, or not what the ledger says
    """
    lock_reward(reward)
    if by.pk in (reward.proposed_by_id, reward.approved_by_id):
        raise FourEyes(_("You proposed or approved this reward: somebody else has to pay it."))
    check_effective(reward, reward.effective_on, at)
    check_figures(reward)
    year = local_date(at).year
    budget = RewardBudget.objects.select_for_update().filter(region=reward.region, year=year).first()
    if budget is None or budget.left < reward.amount:
        left = money(budget.left) if budget is not None else money(0)
        raise BadInput(
            _("Only %(left)s yuan of this year's budget are left. It is granted by: %(names)s.")
            % {"left": left, "names": _who_grants(reward.region, at)},
            record=True,
        )
    move(reward, RewardStatus.FUNDED, at=at, funded_by=by, funded_at=at, budget=budget)
    budget.allocated += reward.amount
    budget.updated_at, budget.version = at, budget.version + 1
    budget.save(update_fields=["allocated", "updated_at", "version"])
    BudgetEntry.objects.create(
        budget=budget, kind=BudgetKind.ALLOCATED, amount=reward.amount, reward=reward, by=by, at=at
    )
    note("reward.funded", reward, by=by, at=at, amount=reward.amount, year=year)
    notices.to_officers(reward, "reward.was_funded", at=at)
    return reward


def _who_grants(region: Region, at: dt.datetime) -> str:
    """The leaders of the finance department by name, or the department where it has none."""
    departments = list(Department.objects.of(region, Function.FINANCE))
    names = [
        person.name
        for department in departments
        for person in User.objects.acting_for(department, *LEADERS, on=local_date(at)).order_by("pk")
    ]
    return _(", ").join(names or [str(department) for department in departments])
