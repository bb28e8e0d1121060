"""A body without an account on a joint team: the registrar of who leads enters its papers, each with its scan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.dates import local_date
from core.refusals import BadInput, WrongState
from core.states import move
from departments.models import Department, User
from journal.actions import record
from referrals.actions.proof import store_proof
from referrals.enums import TEAM_OPEN, TeamStatus
from referrals.models import JointTeam, Referral, TeamMember, TeamPaper

LONGEST_NAME = 40


@dataclass(frozen=True)
class TheirPaper:
    """A paper of a body on the team: who signed it there, its date and number, and its scan."""

    department: Department
    person: str
    dated_on: dt.date
    upload: UploadedFile
    number: str = ""


def departments_of(team: JointTeam) -> QuerySet[Department]:
    """The departments with somebody on the team now."""
    return Department.objects.filter(pk__in=team.members.now().values("department")).order_by("pk")


def bodies_on_paper(team: JointTeam) -> QuerySet[Department]:
    """The bodies without an account that are on the team; who leads it enters what they say."""
    return departments_of(team).filter(has_account=False)


def locked_team(team: JointTeam | None) -> JointTeam:
    """:raises WrongState: it has ended"""
    assert team is not None  # set when the invitation was sent
    locked = JointTeam.objects.select_for_update().get(pk=team.pk)
    if locked.status not in TEAM_OPEN:
        raise WrongState(_("The joint team has ended."))
    return locked


def take_part_on_paper(referral: Referral, *, person: str, by: User, at: dt.datetime) -> None:
    """A body without an account takes part: who its paper names is on the team, by name alone."""
    team = locked_team(referral.dispatch.team)
    if team.status == TeamStatus.FORMING:
        move(team, TeamStatus.WORKING, at=at, formed_at=at)
    _name(team, referral.receiver, [person], None, by=by, at=at)


@transaction.atomic
def name_on_paper(
    *, team: JointTeam, names: Sequence[str], paper: TheirPaper, by: User, at: dt.datetime
) -> JointTeam:
    """Name more persons of a body on paper, as its paper names them.

    :raises WrongState: the team has ended
    :raises BadInput: nobody new, a name that is too long, or a paper `keep_paper` does not take
    """
    lock_case(team.case)
    team = locked_team(team)
    given = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    there = set(team.members.now().filter(department=paper.department).values_list("name", flat=True))
    new = [name for name in given if name not in there]
    if not new:
        raise BadInput(_("Name at least one person who is not on the team yet."), field="names")
    if any(len(name) > LONGEST_NAME for name in new):
        raise BadInput(_("The name of a person has at most 40 characters."), field="names")
    _name(team, paper.department, new, keep_paper(team, paper, by=by, at=at), by=by, at=at)
    return team


def keep_paper(team: JointTeam, paper: TheirPaper, *, by: User, at: dt.datetime) -> TeamPaper:
    """Store the scan of a body's paper with the team. Belongs to the action that needs it, which holds the case.

    :raises BadInput: a body that is not on the team by paper, nobody who signed it, a date before the invitation
        reached it or in the future, or a file that is no scan
    """
    body = paper.department
    if not bodies_on_paper(team).filter(pk=body.pk).exists():
        raise BadInput(_("%(department)s is not on the team.") % {"department": body}, field="department")
    if not paper.person.strip():
        raise BadInput(_("Name who said it there."), field="said_by")
    invited = Referral.objects.filter(dispatch__team=team, receiver=body, received_at__isnull=False)
    received_at = invited.order_by("received_at")[0].received_at
    assert received_at is not None  # it takes part
    if not local_date(received_at) <= paper.dated_on <= local_date(at):
        raise BadInput(
            _("Their paper is dated between the receipt of the letter and today."), field="dated_on"
        )
    file, sha256 = store_proof(paper.upload)
    return TeamPaper.objects.create(
        team=team, department=body, person=paper.person.strip(), number=paper.number.strip(),
        dated_on=paper.dated_on, file=file, name=(paper.upload.name or "")[:150], sha256=sha256, by=by, at=at,
    )  # fmt: skip


def _name(
    team: JointTeam,
    body: Department,
    names: Sequence[str],
    paper: TeamPaper | None,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    for name in names:
        TeamMember.objects.create(
            team=team, department=body, name=name, paper=paper, joined_by=by, joined_at=at
        )
    record(
        "team.named_on_paper", target=team, by=by, at=at, case=team.case, department=body.pk, people=len(names),
        sha256=paper.sha256 if paper else "",
    )  # fmt: skip
