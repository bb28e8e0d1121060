"""待阅 and the joint teams on the workbench."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, Role
from departments.models import User
from referrals import reading
from referrals.enums import TeamStatus
from referrals.models import Copy, JointTeam, Reading, Referral, TeamMember, TeamView

MOST = 2000


@stepwise
def read_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """What this person was asked to read; confirmed at once from the row. Two queries."""
    found = asked.rows(
        Reading.objects.waiting_for(user)
        .select_related("dispatch__case", "dispatch__department")
        .order_by("-pk")[: min(limit, MOST)]
    )
    yield
    dispatches = [each.dispatch_id for each in found]
    came = asked.rows(Referral.objects.readable_by(user).filter(dispatch__in=dispatches, receiver=user.department))
    copied = asked.rows(Copy.objects.visible_to(user).filter(dispatch__in=dispatches, department=user.department))
    yield
    letters, copies = {each.dispatch_id: each for each in came}, {each.dispatch_id: each for each in copied}
    rows = []
    for each in found:
        letter = letters.get(each.dispatch_id) or copies.get(each.dispatch_id)
        if letter is None:
            continue
        rows.append(TaskRow(
            phrase=f"{letter.number} {each.dispatch.subject}",
            url=letter.get_absolute_url(),
            case_title=each.dispatch.case.title if each.dispatch_id in letters else "",
            case_url=reading.case_url(each.dispatch.case) if each.dispatch_id in letters else "",
            source=str(each.dispatch.department),
            action_label=_("I have read it"),
            action_url=reverse("referrals:reading_confirm", args=[each.pk]),
            method="post",
            sort=each.asked_at,
            target=(letter.kind_code, letter.pk),
        ))  # fmt: skip
    return rows


def read_count(user: User) -> Countable:
    return Reading.objects.waiting_for(user)


def _teams(user: User) -> QuerySet[JointTeam]:
    """Working teams that wait for the view of this person's department."""
    if user.department is None:
        return JointTeam.objects.none()
    team = JointTeam.objects.readable_by(user).filter(status=TeamStatus.WORKING)
    members = TeamMember.objects.now().filter(team=OuterRef("pk"), department=user.department)
    if not user.has_role(*LEADERS):
        members = members.filter(user=user)
    given = TeamView.objects.filter(team=OuterRef("pk"), department=user.department)
    return team.filter(Exists(members), ~Exists(given))


@stepwise
def team_rows(user: User, limit: int, asked: Gathering) -> Steps:
    teams = asked.rows(_teams(user).for_list()[: min(limit, MOST)])
    yield
    return [
        TaskRow(
            phrase=_("Give the view of your department: %(point)s") % {"point": team.unclear},
            url=team.get_absolute_url(),
            case_title=team.case.title,
            case_url=reading.case_url(team.case),
            source=str(team.department),
            action_label=_("Give our view"),
            action_url=reverse("referrals:team_view", args=[team.pk]),
            sort=team.updated_at,
            target=(team.kind_code, team.pk),
        )
        for team in teams
    ]


def team_count(user: User) -> Countable:
    return _teams(user)


def _silent_on_paper(user: User) -> QuerySet[TeamMember]:
    """Bodies on paper, by the first person of each, whose view the registrar of who leads the team has not entered."""
    if user.department is None or not user.has_role(Role.REGISTRAR):
        return TeamMember.objects.none()
    teams = JointTeam.objects.readable_by(user).filter(status=TeamStatus.WORKING, department=user.department)
    found = TeamMember.objects.now().filter(team__in=teams, user=None, department__has_account=False)
    same = {"team": OuterRef("team"), "department": OuterRef("department")}
    earlier = TeamMember.objects.now().filter(pk__lt=OuterRef("pk"), **same)
    return found.filter(~Exists(earlier), ~Exists(TeamView.objects.filter(**same)))


@stepwise
def paper_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """The view of a body on paper comes to nobody's desk but the registrar's. One query."""
    found = _silent_on_paper(user).select_related("team__case", "team__department", "department")
    silent = asked.rows(found[: min(limit, MOST)])
    yield
    return [
        TaskRow(
            phrase=_("Enter the view of %(body)s on the nature of the case: %(point)s")
            % {"body": each.department, "point": each.team.unclear},
            url=each.team.get_absolute_url(),
            case_title=each.team.case.title,
            case_url=reading.case_url(each.team.case),
            source=str(each.department),
            action_label=_("Enter a view received on paper"),
            action_url=reverse("referrals:team_paper_view", args=[each.team_id]),
            sort=each.joined_at,
            target=(each.team.kind_code, each.team_id),
        )
        for each in silent
    ]


def paper_count(user: User) -> Countable:
    return _silent_on_paper(user)
