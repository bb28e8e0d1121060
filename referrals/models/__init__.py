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
from referrals.models.bodies import AnswerLink, Said
from referrals.models.comparison import Comparison, ComparisonRow
from referrals.models.crime import (
    CrimeAttachment,
    CrimeItem,
    CrimeOfficer,
    CrimeStep,
    CrimeThreshold,
    CriminalTransfer,
)
from referrals.models.follow_up import FollowUp, FollowUpDelivery, FollowUpItem
from referrals.models.informing import BulletinDuty, Copy, DutyReceiver, Reading
from referrals.models.list_supervision import ListSupervision
from referrals.models.paper import Dispatch, ManifestItem, Paper, Question, SigningRule
from referrals.models.pressing import RedoPoint, Supervision, Withdrawal
from referrals.models.receiving import Completion, SuppliedItem, Verdict
from referrals.models.referral import Chase, DeliveryProof, Extension, Referral
from referrals.models.reply import AnswerItem, Reply
from referrals.models.team import JointTeam, TeamFinding, TeamMember, TeamPaper, TeamView

__all__ = [
    "AnswerItem",
    "AnswerLink",
    "AssistFile",
    "AssistItem",
    "AssistLetter",
    "AssistThreshold",
    "BulletinDuty",
    "Chase",
    "Comparison",
    "ComparisonRow",
    "Completion",
    "Copy",
    "CrimeAttachment",
    "CrimeItem",
    "CrimeOfficer",
    "CrimeStep",
    "CrimeThreshold",
    "CriminalTransfer",
    "DeliveryProof",
    "Dispatch",
    "DutyReceiver",
    "Extension",
    "FollowUp",
    "FollowUpDelivery",
    "FollowUpItem",
    "HandoverItem",
    "JointTeam",
    "ListSupervision",
    "ManifestItem",
    "OutsideStay",
    "Paper",
    "Question",
    "Reading",
    "RedoPoint",
    "Referral",
    "Reply",
    "Said",
    "SigningRule",
    "Supervision",
    "SuppliedItem",
    "Task",
    "TaskCase",
    "TaskChase",
    "TaskExtension",
    "TaskFile",
    "TaskLetter",
    "TeamFinding",
    "TeamMember",
    "TeamPaper",
    "TeamView",
    "Verdict",
    "Withdrawal",
]
