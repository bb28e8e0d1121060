"""What the papers about rewards say: numbers, amounts, rules. Never who reported."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import local_date
from rewards.enums_money import PaperKind, PaymentKind, PaymentMethod
from rewards.models import Reward, RewardPaper


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def _by_bank(reward: Reward) -> bool:
    """Whether the bank pays it, or has: then nobody comes to collect."""
    paid = reward.payments.filter(kind=PaymentKind.PAYMENT, reversal=None).order_by("-pk").first()
    if paid is not None:
        return paid.method == PaymentMethod.BANK
    return reward.bank_lines.filter(open=True).exists()


def of_paper(paper: RewardPaper, *, at: dt.datetime) -> dict[str, Any]:
    """Everything a builder of `letters_money` may print."""
    reward: Reward = paper.reward
    rule = reward.rule
    joint = reward.report.reporters.count()
    drafter = paper.drafted_by
    with override("zh-hans"):
        return {
            "kind": paper.kind,
            "issuer": reward.department.name,
            "date": local_date(at).isoformat(),
            "reward": reward.number,
            "report": reward.report.number,
            "joint": joint,
            "case": reward.case.number if paper.kind == PaperKind.APPROVAL else "",
            "base": str(reward.base),
            "gross": str(reward.gross),
            "total": str(reward.total),
            "amount": str(reward.amount),
            "honorary": reward.honorary,
            "rule": {
                "name": rule.name, "basis": rule.basis, "percent": f"{rule.percent.normalize():f}",
                "honorary_below": _plain(rule.honorary_below), "floor": _plain(rule.floor), "cap": _plain(rule.cap),
                "months": rule.claim_months,
            },
            "effective_on": reward.effective_on.isoformat() if reward.effective_on else None,
            "proposed_by": reward.proposed_by.name if reward.proposed_by else "",
            "proposed_on": local_date(reward.proposed_at).isoformat() if reward.proposed_at else None,
            "approved_by": reward.approved_by.name if reward.approved_by else "",
            "approved_on": local_date(reward.approved_at).isoformat() if reward.approved_at else None,
            "address": reward.department.address,
            "contact": "，".join(
                part for part in (f"联系人：{drafter.name}", f"电话：{drafter.phone or reward.department.hotline}") if part
            ),
            "by_bank": _by_bank(reward),
            "text": paper.text,
        }  # fmt: skip
