"""Who may take which step of a transfer of suspected crime: one predicate for each, asked by page, API and offer.

The police speak for themselves where they work here; for a body that does not the sender's registrar enters what
came on paper. Of a file that was forwarded it is the body that holds it now. A step by the wrong side is refused.
"""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet

from cases.models import Case
from core.memory import remembered
from departments.enums import LEADERS, Function, ReferralKind, Role
from departments.models import Route, User
from referrals.crime_enums import STEP_STATES
from referrals.enums import BY_POLICE, BY_SENDER, CRIME_LETTERS, PAPER_OPEN, LetterKind, PaperStatus
from referrals.models import CriminalTransfer
from referrals.rules import WORKERS, can_draft, of

CHIEFS = (Role.DEPUTY_HEAD, Role.HEAD)


def can_propose(user: User, case: Case) -> bool:
    """Somebody who works the case, in a department with a route to the police for this."""
    return can_draft(user, case) and bool(remembered(user, "crime.route", lambda: list(routes(user))))


def routes(user: User) -> QuerySet[Route]:
    """The ways from the own department to the police for this."""
    return Route.objects.filter(
        kind=ReferralKind.CRIMINAL, sender=user.department.function, receiver=Function.POLICE
    )


def _sender(user: User, transfer: CriminalTransfer, *roles: str) -> bool:
    return of(user, transfer.department_id) and user.has_role(*roles)


def is_officer(user: User, transfer: CriminalTransfer) -> bool:
    """One of the officers named to verify, acting for the department."""
    return of(user, transfer.department_id) and any(
        officer.user_id == user.pk for officer in transfer.officers.all()
    )


def _police(user: User, transfer: CriminalTransfer, *roles: str) -> bool:
    """The police's person on the file or a leader; on paper the sender's registrar."""
    if transfer.on_paper:
        return _sender(user, transfer, Role.REGISTRAR)
    if not of(user, transfer.police_id):
        return False
    if roles:
        return user.has_role(*roles)
    return user.has_role(*LEADERS) or (transfer.referral is not None and transfer.referral.handler_id == user.pk)


def _discards(user: User, transfer: CriminalTransfer) -> bool:
    return _sender(user, transfer, *WORKERS) and (
        user.has_role(*LEADERS) or transfer.proposed_by_id == user.pk
    )


def _completes(user: User, transfer: CriminalTransfer) -> bool:
    return is_officer(user, transfer) or _sender(user, transfer, *LEADERS)


WHO: dict[str, Callable[[User, CriminalTransfer], bool]] = {
    "assign": lambda user, transfer: _sender(user, transfer, *LEADERS),
    "discard": _discards,
    "report": is_officer,
    "decide": lambda user, transfer: _sender(user, transfer, Role.HEAD),
    "hand_over": lambda user, transfer: _sender(user, transfer, Role.REGISTRAR),
    "sign": lambda user, transfer: _police(user, transfer, Role.REGISTRAR),
    "incomplete": _police,
    "complete": _completes,
    "forward": _police,
    "filing": _police,
    "reconsider": _completes,
    "reconsidered": _police,
    "revoke": _police,
    "supervise": _completes,
    # the procuratorate has no account: what it decided comes on paper
    "supervised": lambda user, transfer: _sender(user, transfer, Role.REGISTRAR),
    "property": _completes,
    "resume": lambda user, transfer: _sender(user, transfer, *CHIEFS),
    # so does the copy: its proof of service is entered where the letter left
    "copy": lambda user, transfer: _sender(user, transfer, Role.REGISTRAR),
    "duty": lambda user, transfer: _sender(user, transfer, *CHIEFS),
}


def may_speak(user: User, transfer: CriminalTransfer, step: str) -> bool:
    """Whether the step is this person's at all, whatever the state."""
    return user.is_active and user.department is not None and WHO[step](user, transfer)


def written_here(step: str, transfer: CriminalTransfer) -> bool:
    """Whether this step is a letter drafted and signed here, by the sender or by police who work here."""
    return step in BY_SENDER or (step in BY_POLICE and not transfer.on_paper)


def is_drafted(transfer: CriminalTransfer, step: str) -> bool:
    """Whether a letter of the side that takes this step is on its way to be signed."""
    if transfer.referral is None:
        return False
    kinds = BY_POLICE if step in BY_POLICE else BY_SENDER
    return any(each.kind in kinds and each.status in PAPER_OPEN for each in transfer.referral.follow_ups.all())


def unserved_request(transfer: CriminalTransfer) -> bool:
    """Whether 提请复议 went out to police on paper and nothing proves yet that they got it: they owe no answer before."""
    if transfer.referral is None or not transfer.on_paper:
        return False
    asked = (each for each in transfer.referral.follow_ups.all() if each.kind == LetterKind.RECONSIDER)
    return any(each.status == PaperStatus.SENT and not hasattr(each, "delivery") for each in asked)


def can_take(step: str, user: User, transfer: CriminalTransfer) -> bool:
    """Whether the person may take this step now."""
    if step == "copy" and not transfer.copy_unproved:
        return False
    if step == "reconsidered" and transfer.status in STEP_STATES[step] and unserved_request(transfer):
        return False
    allowed = transfer.status in STEP_STATES[step] and may_speak(user, transfer, step)
    if allowed and step in CRIME_LETTERS and written_here(step, transfer):  # one letter of a side at a time
        return not is_drafted(transfer, step)
    return allowed


CAN: dict[str, Callable[[User, CriminalTransfer], bool]] = {
    step: partial(can_take, step) for step in STEP_STATES
}


def can_edit_thresholds(user: User) -> bool:
    """The amounts are the province's: the office or the system administrator enters them."""
    return user.has_role(Role.SYSTEM_ADMIN, Role.COORDINATOR)
