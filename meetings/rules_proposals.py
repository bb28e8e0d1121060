"""Who may do what with the office's proposals: the office writes and deploys, members give opinions, a leader signs."""

from departments.enums import LEADERS, Function, Role
from departments.models import User
from meetings.actions.bringing import ADOPTED
from meetings.actions.deployments import UNDER_WAY
from meetings.actions.paper_opinions import on_paper
from meetings.actions.proposals import BEFORE_DEPLOYED
from meetings.actions.quarter import MEMBERS, rule_of
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.models import AgendaItem, Proposal, Resolution
from meetings.querysets import may_meet
from meetings.rules import convenes


def keeps(user: User, proposal: Proposal) -> bool:
    """The coordinator of the office it is of (C30)."""
    return convenes(user) and user.department.pk == proposal.office_id


def can_edit(user: User, proposal: Proposal) -> bool:
    return proposal.status == ProposalStatus.DRAFT and keeps(user, proposal)


def can_consult(user: User, proposal: Proposal) -> bool:
    return proposal.status == ProposalStatus.DRAFT and keeps(user, proposal) and not stands(proposal)


def stands(proposal: Proposal) -> bool:
    """On the agenda of a meeting that is not closed: its words stay until it is taken off, or the meeting is closed."""
    return AgendaItem.objects.standing_for(proposal).exists()


def can_revise(user: User, proposal: Proposal) -> bool:
    consulted = proposal.status == ProposalStatus.CONSULTING
    return consulted and keeps(user, proposal) and not stands(proposal)


def can_adopt(user: User, proposal: Proposal) -> bool:
    """By circulation; the action says who has not answered, or objects."""
    return proposal.status == ProposalStatus.CONSULTING and keeps(user, proposal)


def can_bring(user: User, proposal: Proposal) -> bool:
    """Before a meeting."""
    return proposal.status == ProposalStatus.CONSULTING and keeps(user, proposal)


def can_withdraw(user: User, proposal: Proposal) -> bool:
    """Until it is deployed."""
    return proposal.status in BEFORE_DEPLOYED and keeps(user, proposal)


def can_bring_withdrawal(user: User, proposal: Proposal) -> bool:
    """Before a meeting, once it is adopted; not while one is about to decide on it."""
    return proposal.status in ADOPTED and keeps(user, proposal) and not stands(proposal)


def can_enter_opinion(user: User, proposal: Proposal) -> bool:
    """The written reply of a member without an account: the office's coordinator, or its registrar."""
    consulted = proposal.status == ProposalStatus.CONSULTING
    registrar = may_meet(user) and user.has_role(Role.REGISTRAR) and user.department.pk == proposal.office_id
    return consulted and (registrar or keeps(user, proposal)) and bool(on_paper(proposal))


def can_add_task(user: User, proposal: Proposal) -> bool:
    return proposal.status in UNDER_WAY and keeps(user, proposal)


def can_drop_task(user: User, task: Resolution) -> bool:
    draft = task.status == ResolutionStatus.DRAFT
    return draft and task.deployment is not None and can_add_task(user, task.deployment)


def can_give_opinion(user: User, proposal: Proposal) -> bool:
    """A leader of a member department, once a round."""
    if proposal.status != ProposalStatus.CONSULTING or not may_meet(user) or not user.has_role(*LEADERS):
        return False
    if user.department.region_id != proposal.region_id or user.department.function not in MEMBERS:
        return False
    return not proposal.opinions.filter(round=proposal.round, department=user.department).exists()


def can_sign(user: User, proposal: Proposal) -> bool:
    """The action refuses who wrote any of it."""
    return proposal.status == ProposalStatus.ADOPTED and proposal.signed_at is None and signs(user, proposal)


def signs(user: User, proposal: Proposal) -> bool:
    """签发人: a deputy head or the head of the lead department or the office."""
    if not may_meet(user):
        return False
    if not user.has_role(Role.DEPUTY_HEAD, Role.HEAD) or user.department.region_id != proposal.region_id:
        return False
    return user.department.function in (Function.OFFICE, rule_of(proposal.region).lead)


def can_return(user: User, proposal: Proposal) -> bool:
    """Who could sign it sends it back with a reason, also after somebody signed, until it is deployed."""
    return proposal.status == ProposalStatus.ADOPTED and signs(user, proposal)


def can_submit(user: User, proposal: Proposal) -> bool:
    return proposal.status == ProposalStatus.RETURNED and keeps(user, proposal)


def can_deploy(user: User, proposal: Proposal) -> bool:
    adopted = proposal.status == ProposalStatus.ADOPTED
    return adopted and proposal.signed_at is not None and keeps(user, proposal) and not stands(proposal)
