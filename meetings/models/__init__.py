"""The tables of joint meetings."""

from meetings.models.agenda import AgendaItem, Material
from meetings.models.meeting import Attendance, Meeting, MeetingRule
from meetings.models.minutes import Minutes, MinutesEdit, MinutesPart, Signature
from meetings.models.resolution import Opinion, Proposal, Resolution, ResolutionStep

__all__ = [
    "AgendaItem",
    "Attendance",
    "Material",
    "Meeting",
    "MeetingRule",
    "Minutes",
    "MinutesEdit",
    "MinutesPart",
    "Opinion",
    "Proposal",
    "Resolution",
    "ResolutionStep",
    "Signature",
]
