"""The tables of reports and rewards."""

from rewards.models.payment import BankFile, BankLine, BudgetEntry, Payment, RewardBudget
from rewards.models.report import Report, Reporter
from rewards.models.reward import Reward, RewardPaper
from rewards.models.rule import Eligibility, Repetition, RewardRule

__all__ = [
    "BankFile",
    "BankLine",
    "BudgetEntry",
    "Eligibility",
    "Payment",
    "Repetition",
    "Report",
    "Reporter",
    "Reward",
    "RewardBudget",
    "RewardPaper",
    "RewardRule",
]
