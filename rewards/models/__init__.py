"""The tables of reports and rewards."""

from rewards.models.opening import Custodian, Opening, PayeeKey, PayeeOpening
from rewards.models.payment import BankFile, BankLine, BudgetEntry, Payment, RewardBudget
from rewards.models.report import Report, Reporter
from rewards.models.report_parts import Addition, ReportFile, Supervisor
from rewards.models.reward import Reward, RewardPaper
from rewards.models.rule import Eligibility, Repetition, RewardRule

__all__ = [
    "Addition",
    "BankFile",
    "BankLine",
    "BudgetEntry",
    "Custodian",
    "Eligibility",
    "Opening",
    "PayeeKey",
    "PayeeOpening",
    "Payment",
    "Repetition",
    "Report",
    "ReportFile",
    "Reporter",
    "Reward",
    "RewardBudget",
    "RewardPaper",
    "RewardRule",
    "Supervisor",
]
