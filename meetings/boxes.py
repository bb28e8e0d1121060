"""What one has put forward and carried out, for the workbench's tabs of what was begun and of what is done."""

from django.db.models import QuerySet

from departments.models import User
from meetings import rules
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.models import Proposal, Resolution
from workspace.boxes import source

OVER = (ProposalStatus.DEPLOYED, ProposalStatus.WITHDRAWN)


def put_forward(user: User) -> QuerySet[Proposal]:
    """Proposals this person drafted that are neither deployed nor withdrawn."""
    if not rules.can_list(user):
        return Proposal.objects.none()
    return Proposal.objects.visible_to(user).filter(drafted_by=user).exclude(status__in=OVER)


def carried_out(user: User) -> QuerySet[Resolution]:
    """Resolutions this person was named for that are done."""
    if not rules.can_list(user):
        return Resolution.objects.none()
    return Resolution.objects.visible_to(user).filter(
        person=user, department=user.department, status=ResolutionStatus.DONE
    )


SOURCES = [
    source("started", 70, put_forward, sort="updated_at", origin="office"),
    source("done", 70, carried_out, sort="updated_at", origin="office"),
]
