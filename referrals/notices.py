"""Whom to tell, with which words. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cases.models import Evidence
from core.dates import local_date
from departments.enums import LEADERS, Role
from departments.models import Department, User
from journal.actions import notify
from referrals.models import (
    BulletinDuty,
    Copy,
    Dispatch,
    Extension,
    FollowUp,
    JointTeam,
    Paper,
    Referral,
    TeamMember,
)
from referrals.rules import RANK


def _at(department: Department, *roles: str, at: dt.datetime) -> Iterable[User]:
    return User.objects.acting_for(department, *roles, on=local_date(at))


def _of_referral(
    people: Iterable[User], verb: str, referral: Referral, department: Department, at: dt.datetime, **more: Any
) -> None:
    """Of a letter only named persons may know of, whoever may not read it is not told of it either."""
    if referral.receiver.named_only:
        people = [who for who in people if Referral.objects.readable_by(who).filter(pk=referral.pk).exists()]
    notify(
        people, verb, target=referral, at=at, case=referral.case, department=department,
        number=referral.number, sender=referral.sender.short_name, receiver=referral.receiver.short_name, **more,
    )  # fmt: skip


def _of_paper(people: Iterable[User], verb: str, paper: Paper, at: dt.datetime, **more: Any) -> None:
    notify(
        people, verb, target=paper, at=at, case=paper.case, department=paper.department, title=str(paper), **more
    )


# --- inside the writing department ---------------------------------------------------------------------------
def paper_waits(paper: Paper, role: str, *, at: dt.datetime) -> None:
    """Those of exactly the rank that takes the next step, or where there are none, the next rank above."""
    ranks = RANK[RANK.index(role) :] if role in RANK else (role,)
    if _is_sealed(paper):
        ranks = tuple(rank for rank in ranks if rank != Role.SECTION_HEAD)  # seen by named persons and heads only
    for rank in ranks:
        people = [user for user in _at(paper.department, rank, at=at) if user.pk != paper.drafted_by_id]
        if people:
            _of_paper(people, "paper.waits", paper, at, tone="y")
            return


def _is_sealed(paper: Paper) -> bool:
    if isinstance(paper, FollowUp):
        return paper.referral.receiver.named_only
    return isinstance(paper, Dispatch) and paper.receivers.filter(named_only=True).exists()


def paper_signed(paper: Paper, *, at: dt.datetime) -> None:
    _of_paper(_at(paper.department, Role.REGISTRAR, at=at), "paper.signed", paper, at, tone="y")


def paper_sent_back(paper: Paper, by: User, *, at: dt.datetime) -> None:
    _of_paper([paper.drafted_by], "paper.sent_back", paper, at, tone="r", reason=paper.sent_back_reason)


# --- between two departments ---------------------------------------------------------------------------------
def referral_sent(referral: Referral, *, at: dt.datetime) -> None:
    people = _at(referral.receiver, Role.REGISTRAR, Role.SECTION_HEAD, at=at)
    _of_referral(people, "referral.to_sign", referral, referral.receiver, at, tone="y")


def sealed_beside(first: Referral, *, at: dt.datetime) -> None:
    """Who is named on the first letter: a second one about the matter has gone there from who could not know."""
    _of_referral([first.author], "referral.sealed_beside", first, first.sender, at, tone="r")


def referral_received(referral: Referral, *, at: dt.datetime) -> None:
    drafter = referral.author
    _of_referral([drafter], "referral.was_received", referral, referral.sender, at, tone="g")
    leaders = _at(referral.receiver, Role.SECTION_HEAD, Role.HEAD, at=at)
    _of_referral(leaders, "referral.to_assign", referral, referral.receiver, at, tone="y")


def hashes_differ(referral: Referral, evidence: list[Evidence], *, at: dt.datetime) -> None:
    names = "、".join(piece.name for piece in evidence)
    senders = {referral.author, *_at(referral.sender, Role.REGISTRAR, at=at)}
    _of_referral(senders, "referral.mismatch", referral, referral.sender, at, tone="r", names=names)


def referral_assigned(referral: Referral, *, at: dt.datetime) -> None:
    _of_referral([referral.handler], "referral.to_accept", referral, referral.receiver, at, tone="y")


def referral_accepted(referral: Referral, *, at: dt.datetime) -> None:
    drafter = referral.author
    _of_referral([drafter], "referral.was_accepted", referral, referral.sender, at, tone="g")


def referral_returned(referral: Referral, *, at: dt.datetime) -> None:
    people = {referral.author, *_at(referral.sender, Role.SECTION_HEAD, at=at)}
    _of_referral(
        people, "referral.was_returned", referral, referral.sender, at, tone="r", reason=referral.return_reason
    )


def referral_answered(referral: Referral, document_number: str, *, at: dt.datetime) -> None:
    people = {referral.author, *_at(referral.sender, Role.REGISTRAR, at=at)}
    _of_referral(
        people, "referral.was_answered", referral, referral.sender, at, tone="g", document=document_number
    )


def referral_redone(referral: Referral, *, at: dt.datetime) -> None:
    """Who worked it; for a body without an account the registrar who serves it takes it there on paper."""
    people, department = [referral.handler], referral.receiver
    if referral.handler is None:
        people, department = list(_at(referral.issuer, Role.REGISTRAR, at=at)), referral.issuer
    _of_referral(
        people, "referral.to_redo", referral, department, at, tone="r", reason=referral.redo_reason
    )


def referral_closed(referral: Referral, *, at: dt.datetime) -> None:
    people = [referral.handler] if referral.handler else _at(referral.receiver, Role.REGISTRAR, at=at)
    _of_referral(people, "referral.was_closed", referral, referral.receiver, at)


def referral_withdrawn(referral: Referral, *, at: dt.datetime) -> None:
    """Who would sign for it; for a body without an account the registrar, so that nothing is served any more."""
    department, roles = referral.receiver, (Role.REGISTRAR, Role.SECTION_HEAD)
    if not department.has_account:
        department, roles = referral.issuer, (Role.REGISTRAR,)
    _of_referral(_at(department, *roles, at=at), "referral.was_withdrawn", referral, department, at)


def referral_chased(referral: Referral, times: int, *, at: dt.datetime) -> None:
    """The person who works it, or else the registrars; the leaders always, as a copy. A body without an account hears of
    it from the registrar who serves it."""
    if not referral.receiver.has_account:
        people = set(_at(referral.issuer, Role.REGISTRAR, at=at))
        _of_referral(people, "referral.to_remind", referral, referral.issuer, at, tone="r", times=times)
        return
    people = set(_at(referral.receiver, *LEADERS, at=at))
    people |= {referral.handler} if referral.handler else set(_at(referral.receiver, Role.REGISTRAR, at=at))
    _of_referral(people, "referral.was_chased", referral, referral.receiver, at, tone="r", times=times)


def extension_asked(extension: Extension, *, at: dt.datetime) -> None:
    referral = extension.referral
    people = {referral.author, *_at(referral.sender, Role.SECTION_HEAD, at=at)}
    _of_referral(people, "extension.to_decide", referral, referral.sender, at, tone="y", new=extension.new_on)


def extension_decided(extension: Extension, *, at: dt.datetime) -> None:
    referral = extension.referral
    verb = f"extension.was_{extension.status}"
    _of_referral([extension.asked_by], verb, referral, referral.receiver, at, new=extension.new_on)


# --- informing and joint teams -------------------------------------------------------------------------------
def bulletin_waived(duty: BulletinDuty, by: User, *, at: dt.datetime) -> None:
    people = [duty.case.handler] if duty.case.handler is not None and duty.case.handler_id != by.pk else []
    notify(people, "bulletin.was_waived", target=duty, at=at, case=duty.case, department=duty.department,
           number=duty.case.number, reason=duty.waive_reason)  # fmt: skip


def to_read(
    letter: Referral | Copy,
    sender: Department,
    department: Department,
    people: Iterable[User],
    *,
    at: dt.datetime,
) -> None:
    notify(people, "referral.to_read", target=letter, at=at, case=letter.case, department=department, tone="y",
           number=letter.number, sender=sender.short_name)  # fmt: skip


def team_joined(team: JointTeam, department: Department, people: Iterable[User], *, at: dt.datetime) -> None:
    notify(people, "team.was_named", target=team, at=at, case=team.case, department=department, tone="y",
           number=team.case.number)  # fmt: skip


def team_told(verb: str, team: JointTeam, by: User, *, at: dt.datetime, **more: Any) -> None:
    """Everybody who is or was on the team, except who did it, each for their own department."""
    told = {by.pk}
    people = TeamMember.objects.filter(team=team, user__isnull=False)
    for member in people.select_related("user", "department").order_by("pk"):
        if member.user_id not in told:
            told.add(member.user_id)
            notify([member.user], verb, target=team, at=at, case=team.case, department=member.department,
                   number=team.case.number, **more)  # fmt: skip
