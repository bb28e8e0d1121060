"""The tables of joint inspections."""

from inspections.models.checklist import Checklist, ChecklistItem
from inspections.models.draw import Annulment, Draw, DrawnOfficer, DrawnTarget, DrawSecret
from inspections.models.finding import Finding, FindingFile, Rectification, Summary, SummarySignature
from inspections.models.inspection import Inspection, Partner, Postponement, Target
from inspections.models.more_time import MoreTime
from inspections.models.pool import (
    CoverageExemption,
    CoverageYear,
    Pool,
    PoolOfficer,
    PoolRecusal,
    PoolTarget,
    VisitCap,
)
from inspections.models.team import EnforcementCertificate, Member
from inspections.models.visit import Visit, VisitFile, VisitItem, VisitOfficer

__all__ = [
    "Annulment",
    "Checklist",
    "ChecklistItem",
    "CoverageExemption",
    "CoverageYear",
    "Draw",
    "DrawSecret",
    "DrawnOfficer",
    "DrawnTarget",
    "EnforcementCertificate",
    "Finding",
    "FindingFile",
    "Inspection",
    "Member",
    "MoreTime",
    "Partner",
    "Pool",
    "PoolOfficer",
    "PoolRecusal",
    "PoolTarget",
    "Postponement",
    "Rectification",
    "Summary",
    "SummarySignature",
    "Target",
    "Visit",
    "VisitCap",
    "VisitFile",
    "VisitItem",
    "VisitOfficer",
]
