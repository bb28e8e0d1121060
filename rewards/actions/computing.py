"""One report's rewards follow the ledger: computed, computed anew, void, or flagged for recovery."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from cases.actions.locking import lock_case
from cases.enums import MoneyKind
from cases.models import MoneyEntry
from core.dates import local_date
from core.states import move
from rewards import notices_money as notices
from rewards.actions.money_common import note
from rewards.actions.releasing import release
from rewards.computation import ZERO, parts, worth
from rewards.enums_money import UNPAID, RewardStatus
from rewards.models import Eligibility, Repetition, Report, Reporter, Reward, RewardRule

# what makes two computations equal; `number` and the rest follow from report and reporter
FIGURES = ("rule_id", "base", "gross", "total", "amount", "honorary")
# what a reward loses when it has to be proposed anew
BEGUN_ANEW = {
    f"{stem}_{end}": None for stem in ("proposed", "approved", "funded", "honoured", "code_issued") for end in ("by", "at")
} | {"budget": None, "effective_on": None, "claim_digest": "", "notified_on": None}  # fmt: skip


@dataclass(frozen=True)
class Due:
    """What one reporter is due now."""

    reporter: Reporter
    rule_id: int
    base: Decimal
    gross: Decimal
    total: Decimal
    amount: Decimal
    honorary: bool

    def figures(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in FIGURES}


def verified(report: Report) -> Decimal:
    """举报线索查实金额: verified entries of the case attributed to the report, or to one that told the same later,
    net of reversals, in yuan. A later report of the same matter has none of its own: first in time."""
    if Repetition.objects.filter(report=report).exists():
        return ZERO
    same = Q(clue_id=report.pk) | Q(clue_id__in=Repetition.objects.filter(first=report).values("report"))
    entries = MoneyEntry.objects.filter(
        same, clue_kind="report", kind=MoneyKind.VERIFIED, case=report.case_id
    )
    return entries.aggregate(sum=Sum("amount"))["sum"] or ZERO


def due_for(report: Report, rule: RewardRule | None = None) -> list[Due]:
    """What each reporter of a report is due by `rule`, or by the one that holds for the day it was received."""
    base = verified(report)
    rule = rule or RewardRule.objects.in_force(report.region_id, local_date(report.received_at)).first()
    if base <= 0 or rule is None:
        return []
    asked = (
        Eligibility.objects.filter(reporter__report=report)
        .select_related("reporter__report")
        .defer("reporter__report__facts")
    )
    entitled = [
        each for each in asked.order_by("reporter__position")
        if each.eligible and (not rule.natural_only or each.reporter.kind == "natural")
    ]  # fmt: skip
    if not entitled:
        return []
    value = worth(base, rule)
    shares = parts(value.total, [each.weight for each in entitled])
    return [
        Due(each.reporter, rule.pk, base, value.gross, value.total, share, honorary=not share)
        for each, share in zip(entitled, shares, strict=True)
    ]


@transaction.atomic
def settle_report(*, report: Report, at: dt.datetime) -> list[Reward]:
    """Bring the live rewards of a report to what the ledger, the rule and the answers say now; those that changed.

    Nobody's act: the ledger moved. Idempotent; the case is locked first, so that no entry comes in between.
    """
    if report.case is None:
        return []
    lock_case(report.case)
    due = {each.reporter.pk: each for each in due_for(report)}
    live = Reward.objects.filter(report=report).exclude(status=RewardStatus.VOID)
    changed = []
    for reward in live.select_for_update(of=("self",)).select_related("rule").order_by("pk"):
        if reward.status == RewardStatus.PAID and reward.recovered == reward.amount and reward.reporter_id in due:
            _end_recovered(reward, at)  # all of it came back: what is due again is a reward of its own
            changed.append(reward)
            continue
        now = due.pop(reward.reporter_id, None)
        fixed = reward.status not in UNPAID or reward.bank_lines.filter(open=True).exists()
        if fixed and (now is None or now.rule_id != reward.rule_id):
            by_its_rule = {each.reporter.pk: each for each in due_for(report, reward.rule)}
            now = by_its_rule.get(reward.reporter_id)  # what was paid is judged by the rule it was paid by
        if _reconcile(reward, now, at, fixed=fixed):
            changed.append(reward)
    return changed + [_create(report, each, at) for each in due.values()]


def _create(report: Report, due: Due, at: dt.datetime) -> Reward:
    assert report.case is not None
    reward = Reward.objects.create(
        region=report.region, department=report.department, case=report.case, report=report, reporter=due.reporter,
        number=str(due.reporter), entitled=due.amount, computed_at=at, created_at=at, updated_at=at, **due.figures(),
    )  # fmt: skip
    note("reward.computed", reward, by=None, at=at, amount=due.amount, base=due.base)
    return reward


def _reconcile(reward: Reward, due: Due | None, at: dt.datetime, *, fixed: bool) -> bool:
    """Whether anything changed. `fixed`: paid, or on its way through the bank."""
    if reward.status == RewardStatus.WAIVED:
        return False
    if fixed:
        return _follow(reward, due, at)
    if due is None:
        _void(reward, at)
        return True
    if reward.status == RewardStatus.HONOURED and due.honorary:
        return False  # the certificate stands
    if due.figures() == {name: getattr(reward, name) for name in FIGURES}:
        return False
    _again(reward, due, at)
    return True


def _follow(reward: Reward, due: Due | None, at: dt.datetime) -> bool:
    """Paid, or on its way through the bank: what it would be now is written beside it (追回)."""
    entitled = due.amount if due is not None else ZERO
    if entitled == reward.entitled:
        return False
    old, reward.entitled = reward.entitled, entitled
    reward.updated_at, reward.version = at, reward.version + 1
    reward.save(update_fields=["entitled", "updated_at", "version"])
    note("reward.entitlement_changed", reward, by=None, at=at, old=old, new=entitled)
    say_what_is_owed(reward, at=at)
    return True


def say_what_is_owed(reward: Reward, *, at: dt.datetime) -> None:
    """On the record and to those who act: what a paid reward's money has to come back of, or go out again."""
    if reward.to_recover:
        note("reward.to_recover", reward, by=None, at=at, back=reward.to_recover)
        notices.to_officers(reward, "reward.to_recover", at=at, tone="r", back=reward.to_recover)
        notices.to_finance(reward, "reward.to_recover", at=at, tone="r", back=reward.to_recover)
    if reward.to_return:
        note("reward.to_return", reward, by=None, at=at, back=reward.to_return)
        notices.to_officers(reward, "reward.to_return", at=at, back=reward.to_return)
        notices.to_finance(reward, "reward.to_return", at=at, back=reward.to_return)


def _void(reward: Reward, at: dt.datetime) -> None:
    release(reward, by=None, at=at, reason="")
    old = move(reward, RewardStatus.VOID, at=at, entitled=ZERO, claim_digest="", budget=None)
    note("reward.voided", reward, by=None, at=at, old=old, amount=reward.amount)
    if old != RewardStatus.COMPUTED:
        notices.to_officers(reward, "reward.voided", at=at, tone="r")


def _end_recovered(reward: Reward, at: dt.datetime) -> None:
    """Paid and wholly recovered: its money is back in the budget, its payments stay in the ledger."""
    move(reward, RewardStatus.VOID, at=at, entitled=ZERO, claim_digest="", budget=None)
    note("reward.voided", reward, by=None, at=at, old=RewardStatus.PAID, amount=reward.amount)


def _again(reward: Reward, due: Due, at: dt.datetime) -> None:
    old_amount, old_state = reward.amount, reward.status
    values = {**due.figures(), "entitled": due.amount, "computed_at": at}
    if old_state == RewardStatus.COMPUTED:
        for name, value in values.items():
            setattr(reward, name, value)
        reward.updated_at, reward.version = at, reward.version + 1
        reward.save(update_fields=[*values, "updated_at", "version"])
    else:
        release(reward, by=None, at=at, reason="")
        move(reward, RewardStatus.COMPUTED, at=at, **values, **BEGUN_ANEW)
        notices.to_officers(reward, "reward.begun_anew", at=at, old=old_amount)
    note("reward.recomputed", reward, by=None, at=at, old=old_amount, amount=reward.amount, base=reward.base)
