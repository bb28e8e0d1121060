"""转送有权机关: police without jurisdiction pass a file on within 24 hours (310号令 art. 7); that body then holds it.

The letter of the transfer goes on: the body gets a `Referral` of its own, whose receipt starts its clocks. What the
forwarder owed ends, and so does its access; custody of every file follows on both sides.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.access import grant_department, revoke
from cases.actions.evidence import record_custody, verify_evidence
from cases.enums import CustodyKind, GrantCause, Permission
from cases.models import Evidence
from core.refusals import BadInput
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import start_clock
from departments.enums import Function
from departments.models import Department, User
from journal.actions import record
from referrals.actions.crime_common import (
    OnPaper,
    advance,
    begin,
    cancel,
    drop_overtaken,
    entered_on_paper,
    meet,
    moment_of,
    received,
    start,
    still_in,
    write,
)
from referrals.actions.crime_intake import police_paper
from referrals.actions.endings import end_clocks
from referrals.actions.papers import needed
from referrals.crime_enums import CrimeStatus, StepKind
from referrals.enums import ReferralStatus
from referrals.models import CrimeStep, CriminalTransfer, Referral
from referrals.refusals import HashMismatch


def bodies_with_power(transfer: CriminalTransfer) -> QuerySet[Department]:
    """To whom the file may be forwarded: police of any region, and bodies without an account; neither the sender nor
    the procuratorate that watches, nor a body that had the file."""
    had = Referral.objects.filter(dispatch=transfer.dispatch).values(
        "receiver"
    )  # door: of a transfer one may see
    found = Department.objects.filter(  # door: the directory is read by everybody
        Q(function=Function.POLICE) | Q(function=Function.OTHER, has_account=False),
        active=True,
        named_only=False,
    )
    return found.exclude(pk__in=(transfer.department_id, transfer.procuratorate_id or 0)).exclude(pk__in=had)


@transaction.atomic
def forward_file(
    *, transfer: CriminalTransfer, to: str, reason: str, paper: OnPaper | None, by: User, at: dt.datetime
) -> CriminalTransfer:
    """不属管辖, as it came on paper: forwarded within 24 hours of receipt to the body with jurisdiction.

    Police who work here write a notice that is signed (`actions/crime_drafts.py`).

    :raises BadInput: no body of the directory that may hold it (see `check_forward`), or no reason
    :raises WrongState, WrongSide: not under examination, the police work here; by the wrong side
    """
    begin(transfer, "forward", by)
    entered_on_paper(transfer)
    happened_at = moment_of(transfer, "forward", paper, at)
    settle_forward(transfer, to, reason=reason, happened_at=happened_at, paper=paper, by=by, at=at)
    drop_overtaken(transfer, by=by, at=at)
    return transfer


def check_forward(transfer: CriminalTransfer, to: str) -> Department:
    """The body of that name it may be forwarded to.

    :raises BadInput: none is named, the sender, the procuratorate or a body that had the file, none of the directory,
        or several of that name (field `to`)
    :raises WrongState: not under examination
    """
    still_in(transfer, "forward")
    to = needed(to, "to")
    named = Department.objects.filter(Q(name=to) | Q(short_name=to), active=True)  # door: the directory
    found = list(bodies_with_power(transfer).filter(pk__in=named))
    found = [body for body in found if body.name == to] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(_("Several bodies have this name: enter the full name."), field="to")
    if named.exists():
        raise BadInput(
            _("It is forwarded to another body than the sender, the procuratorate and who had it already."),
            field="to",
        )
    raise BadInput(_("There is no such body in the directory: have it entered first."), field="to")


def settle_forward(
    transfer: CriminalTransfer,
    to: str,
    *,
    reason: str,
    happened_at: dt.datetime,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """Forwarded, and the sender told in writing. What the forwarder owed ends; from then on that body holds the file
    and owes its receipt, and what follows it.

    :raises BadInput, WrongState: see `check_forward`; no reason
    """
    body, reason, forwarder = check_forward(transfer, to), needed(reason), transfer.police
    start(transfer, "police_forward", police=True, started_at=received(transfer).happened_at, by=by, at=at)
    meet(transfer, "police_forward", by=by, at=at, done_at=happened_at)
    forwarded = for_the_record(gettext_noop("forwarded to %(department)s"), department=body.short_name)
    cancel(transfer, "police_decision", reason=forwarded, by=by, at=at)
    document = police_paper(transfer, "crime_forward", text=reason, to=body.name, by=by, at=at)
    new = _pass_on(transfer, body, reason=reason, why=forwarded, happened_at=happened_at, by=by, at=at)
    advance(transfer, CrimeStatus.FORWARDED, at=at, forwarded_to=body.name, police=body, referral=new)
    return write(
        transfer, StepKind.FORWARDED, by=by, at=at, happened_at=happened_at, text=f"{body.name}：{reason}", paper=paper,
        document=document, police=forwarder,
    )  # fmt: skip


def _pass_on(
    transfer: CriminalTransfer,
    body: Department,
    *,
    reason: str,
    why: str,
    happened_at: dt.datetime,
    by: User,
    at: dt.datetime,
) -> Referral:
    """The letter ends at who had it and stands at the next body: access, custody, and the clock of its receipt."""
    old = transfer.referral
    assert old is not None  # handed over, by constraint
    move(old, ReferralStatus.FORWARDED, at=at, forwarded_by=by, forwarded_at=happened_at)
    end_clocks(old, by=by, at=at, reason=why)
    revoke(case=old.case, department=old.receiver, cause=GrantCause.REFERRAL, cause_target=old, by=by, at=at)
    new = Referral.objects.create(
        dispatch=old.dispatch, kind=old.kind, case=old.case, sender=old.sender, author=old.author, receiver=body,
        status=ReferralStatus.SENT, document=old.document, number=old.number, sent_by=by, sent_at=happened_at,
        created_at=at, updated_at=at,
    )  # fmt: skip
    if body.has_account:
        grant_department(
            case=old.case, department=body, permission=Permission.VIEW, cause=GrantCause.REFERRAL, cause_target=new,
            by=by, at=at,
        )  # fmt: skip
    for piece in _pieces(transfer):
        record_custody(
            evidence=piece, kind=CustodyKind.HANDED_OVER, department=old.receiver, to_department=body, by=by, at=at,
            cause=new,
        )  # fmt: skip
    start_clock(
        code="transfer_sign", target=new, department=body, to_department=old.sender, case=old.case,
        started_at=happened_at, by=by, at=at,
    )  # fmt: skip
    record("referral.forwarded", target=old, by=by, at=at, case=old.case, number=old.number,
           receiver=old.receiver.short_name, next=body.short_name, new=new.pk, reason=reason)  # fmt: skip
    return new


def _pieces(transfer: CriminalTransfer) -> list[Evidence]:
    """Every file the body that holds the transfer has, what was completed among them."""
    rows = transfer.attachments.exclude(evidence=None).select_related("evidence")
    return [row.evidence for row in rows if row.evidence is not None]


def take_later_files(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> None:
    """What was completed at an earlier body came along, though the manifest of the letter does not name it: verified
    and received like what it names.

    :raises HashMismatch: a file is not what was handed over
    """
    referral = transfer.referral
    assert referral is not None  # handed over, by constraint
    named = set(referral.dispatch.manifest.values_list("evidence_id", flat=True))
    later = [piece for piece in _pieces(transfer) if piece.pk not in named]
    broken = [piece for piece in later if not verify_evidence(piece)]
    if broken:
        raise HashMismatch(broken)
    for piece in later:
        record_custody(
            evidence=piece,
            kind=CustodyKind.RECEIVED,
            department=referral.receiver,
            by=by,
            at=at,
            cause=referral,
        )
