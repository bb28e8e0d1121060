"""Whether a meeting can decide: the lead department and more than a share of the members (a rule, `MeetingRule`)."""

from dataclasses import dataclass

from meetings.actions.quarter import rule_of
from meetings.enums import Presence
from meetings.models import Meeting


@dataclass(frozen=True)
class Quorum:
    """present of members; lead: whether the department that must be there is; needed: how many are enough."""

    present: int
    members: int
    lead: bool
    needed: int

    @property
    def reached(self) -> bool:
        return self.lead and self.present >= self.needed


def quorum_of(meeting: Meeting) -> Quorum:
    """As the attendance stands recorded; nobody is present before."""
    rule = rule_of(meeting.region)
    rows = list(
        meeting.attendances.filter(member=True).values_list("department__function", "presence").order_by("pk")
    )
    here = [function for function, presence in rows if presence == Presence.PRESENT]
    return Quorum(
        present=len(here),
        members=len(rows),
        lead=rule.lead in here,
        needed=len(rows) * rule.more_than // 100 + 1,
    )
