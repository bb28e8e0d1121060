"""Papers that leave a department, what becomes of them at each receiver, and what comes back."""

from referrals.models.above import (
    HandoverItem,
    Task,
    TaskCase,
    TaskChase,
    TaskExtension,
    TaskFile,
    TaskLetter,
)
from referrals.models.assist import AssistFile, AssistItem, AssistLetter, AssistThreshold, OutsideStay
from referrals.models.comparison import Comparison, ComparisonRow
from referrals.models.crime import (
    CrimeAttachment,
    CrimeItem,
    CrimeOfficer,
    CrimeStep,
    CrimeThreshold,
    CriminalTransfer,
)
from referrals.models.paper import Dispatch, ManifestItem, Paper, Question, SigningRule
from referrals.models.receiving import Completion, SuppliedItem, Verdict
from referrals.models.referral import Chase, DeliveryProof, Extension, Referral
from referrals.models.reply import AnswerItem, Reply

__all__ = [
    "AnswerItem",
    "AssistFile",
    "AssistItem",
    "AssistLetter",
    "AssistThreshold",
    "Chase",
    "Comparison",
    "ComparisonRow",
    "Completion",
    "CrimeAttachment",
    "CrimeItem",
    "CrimeOfficer",
    "CrimeStep",
    "CrimeThreshold",
    "CriminalTransfer",
    "DeliveryProof",
    "Dispatch",
    "Extension",
    "HandoverItem",
    "ManifestItem",
    "OutsideStay",
    "Paper",
    "Question",
    "Referral",
    "Reply",
    "SigningRule",
    "SuppliedItem",
    "Task",
    "TaskCase",
    "TaskChase",
    "TaskExtension",
    "TaskFile",
    "TaskLetter",
    "Verdict",
]
