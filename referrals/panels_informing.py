"""信息互通 and 提前介入 on the case page: the bulletin owed, the joint team, the next step, vetoes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import StrandStatus
from cases.models import Case, Strand
from departments.enums import ReferralKind
from departments.models import Post, User
from referrals import offers_informing, panels, reading_informing, rules, rules_informing
from referrals.crime_enums import CrimeStatus
from referrals.enums import TEAM_OPEN, DutyStatus, Nature, PaperStatus, TeamStatus
from referrals.models import BulletinDuty, CriminalTransfer, Dispatch, JointTeam, TeamMember
from referrals.reading_informing import Informing


def informing(case: Case, user: User) -> dict[str, Any] | None:
    """The panel of the bulletin owed and of the joint teams; left out where there is neither."""
    seen = Informing.of(case, user)
    if seen.duty is None and not seen.teams:
        return None
    return {
        "duty": seen.duty,
        "lamp": reading_informing.lamp_of_clock(seen.clock),
        "due_on": seen.clock.due_on if seen.clock is not None else None,
        "internal": seen.clock is not None and seen.clock.rule.internal,
        "may_waive": seen.duty is not None and rules_informing.can_waive(user, seen.duty),
        "teams": seen.teams,
    }


# --- the next step -------------------------------------------------------------------------------------------
def next_bulletin(case: Case, user: User) -> dict[str, Any] | None:
    """The bulletin that is owed and not drafted yet, for who may draft it."""
    seen = Informing.of(case, user)
    duty = seen.duty
    if duty is None or duty.status != DutyStatus.DUE or not rules.can_draft(user, case):
        return None
    if any(paper.kind == ReferralKind.BULLETIN for paper in panels.Correspondence.of(case, user).papers):
        return None
    names = "、".join(str(row.department) for row in duty.proposed.all())
    step = panels._step(
        _("tell %(departments)s of the case") % {"departments": names},
        _("Suspected fraud of a designated institution, or a lead for medical insurance: the departments are told "
          "in time. The limit is an internal one."),
        duty, _("Draft the bulletin"), seen.clock, 12,
    )  # fmt: skip
    return {**step, "url": reverse("referrals:new", args=[case.pk]) + "?kind=bulletin"}


def next_team(case: Case, user: User) -> dict[str, Any] | None:
    """What a joint team waits for from this person: its department's view, then the opinion."""
    team = next((each for each in Informing.of(case, user).teams if each.status == TeamStatus.WORKING), None)
    if team is None:
        return None
    codes = {offer.code for offer in offers_informing.of_team(user, team)}
    given = set(team.views.values_list("department", flat=True))
    asked = set(team.members.now().values_list("department", flat=True))
    if "view" in codes and user.department.pk not in given:
        text, label, code = _("give the view of your department on the nature"), _("Give our view"), "view"
    elif "conclude" in codes and asked <= given:
        text, label, code = (
            _("record the opinion on the nature of the case"),
            _("Record the opinion"),
            "conclude",
        )
    else:
        return None
    step = panels._step(text, team.unclear, team, label, None, 16)
    return {**step, "url": reverse(f"referrals:team_{code}", args=[team.pk])}


def next_nature(case: Case, user: User) -> dict[str, Any] | None:
    """How the case goes on after the opinion, until that has begun."""
    team = next((each for each in Informing.of(case, user).teams if each.status == TeamStatus.CONCLUDED), None)
    if team is None or not rules.of(user, team.department_id) or _has_gone_on(team):
        return None
    if not rules.can_draft(user, case):
        return None
    strand = Strand.objects.filter(case=case, department=team.department_id).first()
    text, label, url = _onward(team, strand)
    step = panels._step(
        text,
        _("Opinion of the joint team: %(nature)s.") % {"nature": team.get_outcome_display()},
        team,
        label,
        None,
        15,
    )
    return {**step, "url": url}


def _onward(team: JointTeam, strand: Strand | None) -> tuple[str, str, str]:
    """What is to be done, the button, its address; where the step itself is another's, the opinion is shown."""
    new = reverse("referrals:new", args=[team.case_id])
    filing = reverse("cases:strand", args=[strand.pk, "file"]) if strand else team.get_absolute_url()
    declining = reverse("cases:strand", args=[strand.pk, "decline"]) if strand else team.get_absolute_url()
    return {
        Nature.PENALTY: (_("file the case for an administrative penalty"), _("File"), filing),
        Nature.AGREEMENT: (
            _("have it handled under the agreement"),
            _("New transfer"),
            f"{new}?kind=transfer",
        ),
        Nature.TRANSFER: (
            _("transfer it to the competent department"),
            _("New transfer"),
            f"{new}?kind=transfer",
        ),
        Nature.JUDICIAL: (
            _("transfer it to the police as suspected crime"),
            _("Propose a transfer"),
            reverse("referrals:crime_propose", args=[team.case_id]),
        ),
        Nature.NONE: (_("decide not to file the case"), _("Do not file"), declining),
    }[Nature(team.outcome)]


def _has_gone_on(team: JointTeam) -> bool:
    """Whether what the opinion asks for has begun since."""
    if team.outcome == Nature.JUDICIAL:
        transfers = CriminalTransfer.objects.filter(case=team.case_id, department=team.department_id)
        return transfers.filter(created_at__gte=team.concluded_at).exclude(status=CrimeStatus.DISCARDED).exists()
    if team.outcome in (Nature.AGREEMENT, Nature.TRANSFER):
        letters = Dispatch.objects.filter(
            case=team.case_id, department=team.department_id, kind=ReferralKind.TRANSFER
        )
        return (
            letters.filter(created_at__gte=team.concluded_at).exclude(status=PaperStatus.DISCARDED).exists()
        )
    strand = Strand.objects.filter(case=team.case_id, department=team.department_id).first()
    return strand is None or strand.status != StrandStatus.VERIFYING


# --- vetoes --------------------------------------------------------------------------------------------------
def open_teams(case: Case) -> list[str]:
    """A case stays open while a joint team works and while a bulletin is owed."""
    teams = JointTeam.objects.filter(case=case, status__in=TEAM_OPEN).select_related("department")
    duties = BulletinDuty.objects.filter(case=case, status=DutyStatus.DUE).select_related("department")
    return [
        _("The joint team of %(department)s has not ended.") % {"department": team.department}
        for team in teams
    ] + [
        _("%(department)s still owes the case bulletin.") % {"department": duty.department} for duty in duties
    ]


def teams_in_hand(post: Post) -> list[str]:
    """A leaving person first gets off the joint teams."""
    members = TeamMember.objects.now().filter(user=post.user_id, department=post.department_id)
    return [
        _("Take the person off the joint team of %(case)s.") % {"case": member.team.case.number}
        for member in members.select_related("team__case")
    ]
