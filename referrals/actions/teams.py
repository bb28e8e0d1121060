"""提前介入: inviting, joining, sharing, and the opinion on the nature of the case (C11)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.access import name_person, unname_person
from cases.actions.locking import lock_case
from cases.models import Evidence
from core.dates import local_date
from core.refusals import BadInput, Refused, StillOpen, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, open_clock
from departments.enums import ReferralKind
from departments.models import Department, User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts, notices
from referrals.actions.endings import end_clocks
from referrals.actions.team_papers import TheirPaper, departments_of, keep_paper, locked_team
from referrals.enums import Nature, ReferralStatus, TeamStatus
from referrals.models import Dispatch, JointTeam, Referral, TeamFinding, TeamMember, TeamPaper, TeamView
from referrals.rules import WORKERS


def invite(dispatch: Dispatch, *, by: User, at: dt.datetime) -> JointTeam:
    """The team a letter of invitation is for: the case's open one, or a new one with its drafter as first member.

    Belongs to `send_dispatch`, which holds the case.
    """
    team = JointTeam.objects.open().filter(case=dispatch.case, department=dispatch.department).first()
    if team is None:
        team = JointTeam.objects.create(
            case=dispatch.case,
            department=dispatch.department,
            unclear=dispatch.unclear,
            created_at=at,
            updated_at=at,
        )
        record("team.begun", target=team, by=by, at=at, case=dispatch.case, department=dispatch.department.pk)
        _enter(team, dispatch.department, [dispatch.drafted_by], by=by, at=at)
    dispatch.team = team
    dispatch.save(update_fields=["team"])
    return team


def join(referral: Referral, people: Sequence[User], *, by: User, at: dt.datetime) -> JointTeam:
    """An invited department takes part, with these persons; with the first one the team works.

    Belongs to `accept_referral`, which holds the case.

    :raises WrongState: the team has ended meanwhile
    :raises BadInput: somebody who does not work in the department
    """
    team = locked_team(referral.dispatch.team)
    if team.status == TeamStatus.FORMING:
        move(team, TeamStatus.WORKING, at=at, formed_at=at)
    _enter(team, referral.receiver, [by, *people], by=by, at=at)
    return team


@transaction.atomic
def add_members(
    *, team: JointTeam, department: Department, people: Sequence[User], by: User, at: dt.datetime
) -> JointTeam:
    """Name more persons of a department that is on the team.

    :raises WrongState: the team has ended
    :raises BadInput: nobody new, a department that has not joined, or somebody who does not work there
    """
    lock_case(team.case)
    team = locked_team(team)
    if department.pk not in departments_of(team).values_list("pk", flat=True):
        raise BadInput(_("%(department)s is not on the team.") % {"department": department}, field="people")
    if not _enter(team, department, people, by=by, at=at):
        raise BadInput(_("Choose at least one person who is not on the team yet."), field="people")
    return team


@transaction.atomic
def remove_member(*, member: TeamMember, by: User, at: dt.datetime) -> TeamMember:
    """A person leaves the team; the last one of a department stays.

    :raises WrongState: the team has ended, or the person left already
    :raises Refused: nobody of the department would be left
    """
    lock_case(member.team.case)
    team = locked_team(member.team)
    live = team.members.now()
    if not live.filter(pk=member.pk).exists():
        raise WrongState(_("This person is no longer on the team."))
    if live.filter(department=member.department).count() == 1:
        raise Refused(_("At least one person of each department stays on the team."))
    _leave(team, [member], by=by, at=at)
    if member.user_id is None:
        left = member.department_id
        record("team.left_on_paper", target=team, by=by, at=at, case=team.case, department=left)
    else:
        record("team.left", target=team, by=by, at=at, case=team.case, user=member.user_id)
    return member


def leave_with_letter(referral: Referral, *, by: User, at: dt.datetime) -> None:
    """A department that took part and whose invitation was taken back has nobody on the team any more."""
    team = locked_team(referral.dispatch.team)
    members = team.members.now().filter(department=referral.receiver).select_related("user")
    _leave(team, list(members), by=by, at=at)


@transaction.atomic
def share_finding(
    *,
    team: JointTeam,
    text: str,
    evidence: Iterable[Evidence] = (),
    paper: TheirPaper | None = None,
    by: User,
    at: dt.datetime,
) -> TeamFinding:
    """Tell the departments of the team what was found, with files of the case that show it.

    paper: where a body without an account found it, what it wrote; `by` enters it.

    :raises WrongState: the team does not work (yet, or any more)
    :raises BadInput: nothing is said, a file of another case, or a paper `keep_paper` does not take
    """
    lock_case(team.case)
    team = _working(team)
    text = text.strip()
    if not text:
        raise BadInput(_("Say what was found."), field="text")
    files = list(evidence)
    if any(piece.case_id != team.case_id or piece.voided_at is not None for piece in files):
        raise BadInput(_("Choose files of this case."), field="evidence")
    kept = keep_paper(team, paper, by=by, at=at) if paper else None
    speaker = kept.department if kept else by.department
    said_by = kept.person if kept else ""
    finding = TeamFinding.objects.create(
        team=team, department=speaker, text=text, said_by=said_by, paper=kept, by=by, at=at
    )
    finding.evidence.set(files)
    record(
        "team.finding",
        target=team,
        by=by,
        at=at,
        case=team.case,
        department=speaker.pk,
        files=len(files),
        sha256=kept.sha256 if kept else "",
    )
    notices.team_told("team.was_shared", team, by, at=at, sender=speaker.short_name)
    return finding


@transaction.atomic
def give_view(
    *,
    team: JointTeam,
    nature: str,
    text: str,
    paper: TheirPaper | None = None,
    by: User,
    at: dt.datetime,
) -> TeamView:
    """A member department says of what nature it holds the case to be; it may change its view until the end.

    paper: where it is the view of a body without an account, what it wrote; `by` enters it. The papers of views
    that were changed stay with the team.

    :raises WrongState: the team does not work
    :raises BadInput: no nature, no grounds, a paper `keep_paper` does not take, or one older than the view entered
    """
    lock_case(team.case)
    team = _working(team)
    text = _said(nature, text, "text")
    kept = keep_paper(team, paper, by=by, at=at) if paper else None
    speaker = kept.department if kept else by.department
    said_by = kept.person if kept else ""
    if kept is not None:
        _check_newest(team, kept)
    view, made = TeamView.objects.update_or_create(
        team=team, department=speaker,
        defaults={"nature": nature, "text": text, "said_by": said_by, "paper": kept, "by": by, "at": at},
    )  # fmt: skip
    record("team.view", target=team, by=by, at=at, case=team.case, department=speaker.pk, changed=not made,
           sha256=kept.sha256 if kept else "")  # fmt: skip
    return view


def _check_newest(team: JointTeam, paper: TeamPaper) -> None:
    """:raises BadInput: the view it would replace stands on a paper of a later day"""
    newer = team.views.filter(department=paper.department, paper__dated_on__gt=paper.dated_on).first()
    if newer is not None and newer.paper is not None:
        said = _("Their view of %(day)s is entered already: an older paper does not replace it.")
        raise BadInput(said % {"day": newer.paper.dated_on.isoformat()}, field="dated_on")


@transaction.atomic
def conclude_team(*, team: JointTeam, outcome: str, reasons: str, by: User, at: dt.datetime) -> JointTeam:
    """定性意见: the lead department records the opinion and issues it; views that differ are kept in it.

    Letters of invitation end with it, and so does everybody's name on the case that the team gave.

    :raises StillOpen: a member department has not given its view, or an invitation was not signed for;
        `details["items"]` names them
    :raises BadInput: no opinion, no grounds
    :raises WrongState: the team does not work
    """
    lock_case(team.case)
    locked = _working(team)
    reasons = _said(outcome, reasons, "reasons")
    silent = departments_of(locked).exclude(pk__in=locked.views.values("department"))
    if silent.exists():
        raise StillOpen(
            _("Every department of the team gives its view first."),
            items=[_("%(department)s has not given its view.") % {"department": each} for each in silent],
        )
    _none_unsigned(team)
    move(
        team, TeamStatus.CONCLUDED, at=at, outcome=outcome, reasons=reasons, concluded_by=by, concluded_at=at
    )
    _end(team, reason=for_the_record(gettext_noop("the team gave its opinion")), by=by, at=at)
    dissent = [
        str(view.department) for view in team.views.exclude(nature=outcome).select_related("department")
    ]
    record("team.concluded", target=team, by=by, at=at, case=team.case, outcome=outcome, dissent=dissent)
    notices.team_told("team.was_concluded", team, by, at=at, outcome=outcome)
    team.document = issue_document(
        kind="nature_opinion", department=team.department, target=team, case=team.case,
        context=contexts.team_context(team, at=at), by=by, at=at,
    )  # fmt: skip
    team.save(update_fields=["document"])
    return team


@transaction.atomic
def dissolve_team(*, team: JointTeam, reason: str, by: User, at: dt.datetime) -> JointTeam:
    """The lead department ends the team without an opinion, such as when nobody takes part.

    :raises StillOpen: an invitation was not signed for
    :raises BadInput: no reason
    :raises WrongState, MovedOn: it has ended already
    """
    lock_case(team.case)
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Give a reason."), field="reason")
    _none_unsigned(team)
    move(team, TeamStatus.DISSOLVED, at=at, dissolved_by=by, dissolved_at=at, dissolve_reason=reason)
    _end(team, reason=reason, by=by, at=at)
    record("team.dissolved", target=team, by=by, at=at, case=team.case, reason=reason)
    notices.team_told("team.was_dissolved", team, by, at=at, reason=reason)
    return team


def _working(team: JointTeam) -> JointTeam:
    """:raises WrongState: nobody has joined yet, or it has ended"""
    locked = locked_team(team)
    if locked.status != TeamStatus.WORKING:
        raise WrongState(_("No department has joined the team yet."))
    return locked


def _said(nature: str, text: str, field: str) -> str:
    if nature not in Nature.values:
        raise BadInput(
            _("Choose of what nature the case is."), field="outcome" if field == "reasons" else "nature"
        )
    if not text.strip():
        raise BadInput(_("Say on what grounds."), field=field)
    return text.strip()


def _enter(
    team: JointTeam, department: Department, people: Iterable[User], *, by: User, at: dt.datetime
) -> list[User]:
    """Name people on the team and on the case; those who are on it already are passed over."""
    wanted = {person.pk: person for person in people}
    allowed = set(
        User.objects.acting_for(department, *WORKERS, on=local_date(at)).values_list("pk", flat=True)
    )
    if not set(wanted) <= allowed:
        raise BadInput(_("Choose somebody who works in your department."), field="people")
    there = set(team.members.now().values_list("user", flat=True))
    new = [person for pk, person in wanted.items() if pk not in there]
    for person in new:
        TeamMember.objects.create(team=team, department=department, user=person, joined_by=by, joined_at=at)
        name_person(case=team.case, user=person, cause_target=team, by=by, at=at)
    if new:
        record("team.joined", target=team, by=by, at=at, case=team.case, department=department.pk,
               users=[person.pk for person in new])  # fmt: skip
        notices.team_joined(team, department, [person for person in new if person.pk != by.pk], at=at)
    return new


def _leave(team: JointTeam, members: Iterable[TeamMember], *, by: User, at: dt.datetime) -> None:
    for member in members:
        member.ended_at = at
        member.save(update_fields=["ended_at"])
        if member.user is not None:  # a body on paper has nobody here
            unname_person(case=team.case, user=member.user, cause_target=team, by=by, at=at)


def _none_unsigned(team: JointTeam) -> None:
    """:raises StillOpen: an invitation is on its way; it is withdrawn or signed for first"""
    unsigned = Referral.objects.filter(dispatch__team=team, status=ReferralStatus.SENT).select_related(
        "receiver"
    )
    if unsigned.exists():
        raise StillOpen(
            _("Withdraw the invitations that were not signed for first."),
            items=[f"{letter.number} {letter.receiver}" for letter in unsigned],
        )


def _end(team: JointTeam, *, reason: str, by: User, at: dt.datetime) -> None:
    """Close the invitations, end their clocks, and take back every name the team put on the case."""
    _leave(team, team.members.now().select_related("user"), by=by, at=at)
    letters = Referral.objects.filter(dispatch__team=team, kind=ReferralKind.EARLY).order_by("pk")
    for letter in letters.select_related("case", "receiver", "handler"):
        if letter.status == ReferralStatus.ACCEPTED:
            if letter.handler is not None:  # a body on paper has none here
                unname_person(case=team.case, user=letter.handler, cause_target=letter, by=by, at=at)
            move(letter, ReferralStatus.ANSWERED, at=at, answered_by=by, answered_at=at)
        if letter.status in (ReferralStatus.RECEIVED, ReferralStatus.ANSWERED):
            move(letter, ReferralStatus.CLOSED, at=at, closed_by=by, closed_at=at)
        if letter.status == ReferralStatus.CLOSED:
            deadline = open_clock(letter, "early_involvement")
            if deadline is not None:
                cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
            end_clocks(letter, by=by, at=at, reason=reason)  # and 督办 of it, and what was asked about it
