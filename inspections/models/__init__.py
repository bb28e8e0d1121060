"""The tables of joint inspections."""

from inspections.models.checklist import Checklist, ChecklistItem
from inspections.models.finding import Finding, FindingFile, Rectification, Summary, SummarySignature
from inspections.models.inspection import Inspection, Partner, Postponement, Target
from inspections.models.team import EnforcementCertificate, Member
from inspections.models.visit import Visit, VisitFile, VisitItem, VisitOfficer

__all__ = [
    "Checklist",
    "ChecklistItem",
    "EnforcementCertificate",
    "Finding",
    "FindingFile",
    "Inspection",
    "Member",
    "Partner",
    "Postponement",
    "Rectification",
    "Summary",
    "SummarySignature",
    "Target",
    "Visit",
    "VisitFile",
    "VisitItem",
    "VisitOfficer",
]
