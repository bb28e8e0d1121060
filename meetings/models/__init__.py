"""The tables of joint meetings."""

from meetings.models.agenda import AgendaItem, Material
from meetings.models.meeting import Attendance, Meeting, MeetingRule
from meetings.models.minutes import Extract, Minutes, MinutesEdit, MinutesPart, Signature
from meetings.models.paper import PaperProof
from meetings.models.proposal import Opinion, Proposal, ProposalText
from meetings.models.resolution import Resolution, ResolutionStep

__all__ = [
    "AgendaItem",
    "Attendance",
    "Extract",
    "Material",
    "Meeting",
    "MeetingRule",
    "Minutes",
    "MinutesEdit",
    "MinutesPart",
    "Opinion",
    "PaperProof",
    "Proposal",
    "ProposalText",
    "Resolution",
    "ResolutionStep",
    "Signature",
]
