"""The case and everything that hangs on it."""

from cases.models.access import CaseGroupPermission, CaseUserPermission, GrantRecord
from cases.models.after import AfterStep
from cases.models.archive import CaseArchive
from cases.models.case import Case, CaseSubject, Strand
from cases.models.evidence import Custody, Evidence
from cases.models.history import SubjectChange, SubjectRelation
from cases.models.legal import DecisionNature, Discussion, LegalReview, PenaltyPolicy
from cases.models.merging import CaseMerge
from cases.models.money import MoneyConfirmation, MoneyEntry
from cases.models.note import Note
from cases.models.subject import Subject

__all__ = [
    "AfterStep",
    "Case",
    "CaseArchive",
    "CaseGroupPermission",
    "CaseMerge",
    "CaseSubject",
    "CaseUserPermission",
    "Custody",
    "DecisionNature",
    "Discussion",
    "Evidence",
    "GrantRecord",
    "LegalReview",
    "MoneyConfirmation",
    "MoneyEntry",
    "Note",
    "PenaltyPolicy",
    "Strand",
    "Subject",
    "SubjectChange",
    "SubjectRelation",
]
