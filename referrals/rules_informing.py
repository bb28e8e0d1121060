"""Who may do what in 信息互通 and 提前介入: bulletins owed, circulation, joint teams."""

from departments.enums import LEADERS, ReferralKind, Role
from departments.models import User
from referrals.actions.circulation import NOT_HERE
from referrals.actions.team_papers import bodies_on_paper
from referrals.enums import TEAM_OPEN, DutyStatus, ReferralStatus, TeamStatus
from referrals.models import BulletinDuty, Copy, JointTeam, Reading, Referral, TeamMember
from referrals.rules import WORKERS, of, ordinary


# --- bulletins ---------------------------------------------------------------------------------------------
def can_waive(user: User, duty: BulletinDuty) -> bool:
    """不需通报: a leader of the department that owes it."""
    return duty.status == DutyStatus.DUE and of(user, duty.department_id) and user.has_role(*LEADERS)


@ordinary
def can_circulate(user: User, letter: Referral | Copy) -> bool:
    """传阅 inside the receiving department: its registrar and leaders, and the person who works the letter."""
    if isinstance(letter, Copy):
        return of(user, letter.department_id) and user.has_role(Role.REGISTRAR, *LEADERS)
    return (
        letter.status not in NOT_HERE
        and of(user, letter.receiver_id)
        and (user.has_role(Role.REGISTRAR, *LEADERS) or letter.handler_id == user.pk)
    )


def can_confirm(user: User, reading: Reading) -> bool:
    """已阅: the person who was asked, in the department they were asked in, once."""
    return reading.read_at is None and reading.person_id == user.pk and of(user, reading.department_id)


# --- early involvement ---------------------------------------------------------------------------------------
def can_join(user: User, referral: Referral) -> bool:
    """介入: the person the invitation was assigned to."""
    return (
        referral.kind == ReferralKind.EARLY
        and referral.status == ReferralStatus.RECEIVED
        and of(user, referral.receiver_id)
        and referral.handler_id == user.pk
    )


def can_decline(user: User, referral: Referral) -> bool:
    """不介入: the assigned person, or a leader of the invited department."""
    return (
        referral.kind == ReferralKind.EARLY
        and referral.status == ReferralStatus.RECEIVED
        and of(user, referral.receiver_id)
        and (referral.handler_id == user.pk or user.has_role(*LEADERS))
    )


def is_member(user: User, team: JointTeam) -> bool:
    """Whether the person is on the team now, for the department they act for."""
    if user.department is None:
        return False
    here = user.department.pk
    return any(each.user_id == user.pk and each.department_id == here for each in _now(team))


def _now(team: JointTeam) -> list[TeamMember]:
    """Who is on the team today; a page that shows the team has loaded its members."""
    return [each for each in team.members.all() if each.ended_at is None]


def _speaks(user: User, team: JointTeam) -> bool:
    """A member, or a leader of a department with somebody on the team."""
    if is_member(user, team):
        return True
    if not user.has_role(*LEADERS):
        return False
    return user.department is not None and any(each.department_id == user.department.pk for each in _now(team))


def can_name_members(user: User, team: JointTeam) -> bool:
    return team.status in TEAM_OPEN and user.has_role(*WORKERS) and _speaks(user, team)


def can_remove_members(user: User, team: JointTeam) -> bool:
    """Whether this person may take anybody off the team."""
    return can_name_members(user, team) or can_enter_paper(user, team)


def can_remove_member(user: User, member: TeamMember) -> bool:
    """People of one's own department leave the team; those of a body on paper by the registrar who enters its papers."""
    if member.ended_at is not None:
        return False
    if member.user_id is None:
        return can_enter_paper(user, member.team)
    return of(user, member.department_id) and can_name_members(user, member.team)


def can_share(user: User, team: JointTeam) -> bool:
    """Findings come from members."""
    return team.status == TeamStatus.WORKING and is_member(user, team)


def can_give_view(user: User, team: JointTeam) -> bool:
    """A department's view: its members and leaders."""
    return team.status == TeamStatus.WORKING and _speaks(user, team)


def can_enter_paper(user: User, team: JointTeam) -> bool:
    """What a body on paper found or holds: the registrar of the department that leads the team, as of every paper."""
    return (
        team.status == TeamStatus.WORKING
        and of(user, team.department_id)
        and user.has_role(Role.REGISTRAR)
        and _on_paper(team)
    )


def _on_paper(team: JointTeam) -> bool:
    """Whether a body without an account is on the team; a page that shows the members has loaded them."""
    if "members" in getattr(team, "_prefetched_objects_cache", {}):
        return any(not each.department.has_account for each in _now(team))
    return bodies_on_paper(team).exists()


def can_conclude(user: User, team: JointTeam) -> bool:
    """定性: a leader of the department that leads the team."""
    return team.status == TeamStatus.WORKING and of(user, team.department_id) and user.has_role(*LEADERS)


def can_dissolve(user: User, team: JointTeam) -> bool:
    return team.status in TEAM_OPEN and of(user, team.department_id) and user.has_role(*LEADERS)
