"""Whom to tell about a step of a transfer of suspected crime: who has to act next, and who waits for it."""

import datetime as dt
from collections.abc import Iterable

from core.dates import local_date
from departments.enums import LEADERS, Role
from departments.models import Department, User
from journal.actions import notify
from referrals.crime_enums import CrimeStatus as S
from referrals.models import CriminalTransfer

# state → the posts of the sender who act next, and of the police
_SENDER_ACTS = {
    S.PROPOSED: LEADERS, S.REPORTED: {Role.HEAD}, S.APPROVED: {Role.REGISTRAR},
    S.REFUSED: {Role.DEPUTY_HEAD, Role.HEAD}, S.UPHELD: {Role.DEPUTY_HEAD, Role.HEAD},
    S.NOT_ORDERED: {Role.DEPUTY_HEAD, Role.HEAD}, S.REVOKED: {Role.DEPUTY_HEAD, Role.HEAD},
}  # fmt: skip
_POLICE_ACTS = {S.SENT: {Role.REGISTRAR}, S.FORWARDED: {Role.REGISTRAR}, S.RECEIVED: LEADERS, S.RECONSIDERING: LEADERS}
_OFFICERS_ACT = (S.VERIFYING, S.INCOMPLETE, S.FILED, S.REFUSED, S.UPHELD)
_PAPER_WAITS = (S.SENT, S.RECEIVED, S.FORWARDED, S.RECONSIDERING)


def _tell(
    people: Iterable[User], verb: str, transfer: CriminalTransfer, department: Department, at: dt.datetime, tone: str
) -> None:
    notify(
        people, verb, target=transfer, at=at, case=transfer.case, department=department, tone=tone,
        title=str(transfer), crime_state=str(transfer.status),
    )  # fmt: skip


def moved(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> None:
    """Tell those whose turn it is that it waits for them, and the officers how it stands."""
    sender, police, state, today = transfer.department, transfer.police, S(transfer.status), local_date(at)
    team = {officer.user for officer in transfer.officers.select_related("user")} | {transfer.proposed_by}
    turn: set[User] = set()
    if state in _OFFICERS_ACT:
        turn = set(team)
    if state in _SENDER_ACTS:
        turn |= set(User.objects.acting_for(sender, *sorted(_SENDER_ACTS[state]), on=today))
    if transfer.on_paper and state in _PAPER_WAITS:
        turn = set(User.objects.acting_for(sender, Role.REGISTRAR, on=today))
    if state in _POLICE_ACTS and not transfer.on_paper:
        people = set(User.objects.acting_for(police, *sorted(_POLICE_ACTS[state]), on=today))
        if transfer.referral is not None and transfer.referral.handler is not None:
            people.add(transfer.referral.handler)
        _tell(people - {by}, "crime.waits", transfer, police, at, "y")
    _tell(turn - {by}, "crime.waits", transfer, sender, at, "y")
    _tell(team - turn - {by}, "crime.news", transfer, sender, at, "b")
