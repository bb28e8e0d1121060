"""复议、立案监督、移交物品、恢复行政处理: what the sender does after the decision (art. 9, 10, 12, 19)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.strands import resume
from cases.enums import StrandStatus
from cases.models import Strand
from core.dates import local_date
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.models import Department, User
from journal.actions import record
from referrals import crime_contexts
from referrals.actions.crime_common import (
    OnPaper,
    advance,
    begin,
    cancel,
    drop_overtaken,
    entered_on_paper,
    issue,
    meet,
    moment_of,
    passed,
    start,
    still_in,
    write,
)
from referrals.actions.crime_police import decided
from referrals.actions.crime_proposal import procuratorate_of
from referrals.actions.handling import end_clocks
from referrals.actions.papers import needed
from referrals.crime_enums import CrimeStatus, StepKind
from referrals.crime_rules import unserved_request
from referrals.enums import LetterKind, ReferralStatus
from referrals.models import CrimeStep, CriminalTransfer, FollowUpDelivery

REMEDY_CLOCKS = ("police_reconsideration", "supervision_request")  # what the sender may do next, and until when


def check_reconsider(transfer: CriminalTransfer, *, at: dt.datetime) -> None:
    """Whether reconsideration may be asked for: within 3 days of receipt of the refusal; then the right is gone.

    :raises BadInput: the limit has passed
    :raises WrongState: it was not refused
    """
    still_in(transfer, "reconsider")
    if passed(transfer, "police_reconsideration", at):
        raise BadInput(
            _(
                "The limit to ask for reconsideration has passed (article 9 of the Provisions on transferring suspected"
                " crimes). Ask the procuratorate, or resume administrative handling."
            ),
            field="reason",
        )


def settle_reconsider(transfer: CriminalTransfer, reason: str, *, by: User, at: dt.datetime) -> CrimeStep:
    """提请复议 is out: the police answer within 3 days of receipt, here at once, on paper from its proof of service
    (`serving.prove_service`).

    :raises BadInput, WrongState: see `check_reconsider`
    """
    check_reconsider(transfer, at=at)
    meet(transfer, "police_reconsideration", by=by, at=at)
    advance(transfer, CrimeStatus.RECONSIDERING, at=at)
    if not transfer.on_paper:
        start(transfer, "police_reply", police=True, by=by, at=at)
    context = crime_contexts.request(transfer, reason=reason, to=transfer.police, at=at)
    document = issue(transfer, "crime_reconsider", context, department=transfer.department, by=by, at=at)
    return write(transfer, StepKind.RECONSIDERATION, by=by, at=at, text=reason, document=document)


@transaction.atomic
def answer_reconsideration(
    *,
    transfer: CriminalTransfer,
    filed: bool,
    reason: str,
    late_reason: str = "",
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CriminalTransfer:
    """复议决定 as it came on paper. Police who work here write a decision that is reviewed and signed
    (`actions/crime_drafts.py`).

    :raises BadInput: no reason, or before the request was served
    :raises WrongState, WrongSide: no reconsideration is under way, its service is not proved, the police work here; by the
        wrong side
    """
    begin(transfer, "reconsidered", by)
    entered_on_paper(transfer)
    if unserved_request(transfer):
        raise WrongState(_("Prove first that the request for reconsideration was delivered."))
    happened_at = moment_of(transfer, "reconsidered", paper, at)
    _check_after_service(transfer, happened_at)
    settle_reconsidered(
        transfer, filed, reason=reason, happened_at=happened_at, late_reason=late_reason, paper=paper, by=by, at=at
    )
    drop_overtaken(transfer, by=by, at=at)
    return transfer


def _check_after_service(transfer: CriminalTransfer, happened_at: dt.datetime) -> None:
    """:raises BadInput: decided before the day on which the request reached them"""
    served = FollowUpDelivery.objects.filter(letter__referral=transfer.referral, letter__kind=LetterKind.RECONSIDER)
    if served.filter(delivered_on__gt=local_date(happened_at)).exists():
        raise BadInput(_("They decided on the request after it was delivered."), field="happened_at")


def settle_reconsidered(
    transfer: CriminalTransfer,
    filed: bool,
    *,
    reason: str,
    happened_at: dt.datetime,
    late_reason: str,
    paper: OnPaper | None,
    by: User,
    at: dt.datetime,
) -> CrimeStep:
    """复议决定: filed after all, or the refusal is upheld; then the procuratorate may be asked within 3 days.

    :raises BadInput: no reason; WrongState: no reconsideration is under way
    """
    still_in(transfer, "reconsidered")
    reason = needed(reason)
    meet(transfer, "police_reply", by=by, at=at, done_at=happened_at, late_reason=late_reason)
    return decided(transfer, filed, "reconsidered", reason=reason, happened_at=happened_at, paper=paper, by=by, at=at)


def check_supervise(transfer: CriminalTransfer) -> Department:
    """The procuratorate that may be asked: directly after a refusal or after reconsideration, once.

    :raises BadInput: no procuratorate in the directory
    :raises WrongState: it was not refused, or the procuratorate was asked already
    """
    still_in(transfer, "supervise")
    found = transfer.procuratorate or procuratorate_of(transfer.department)  # it may have been entered since
    if found is None:
        raise BadInput(_("There is no procuratorate in the directory: have it entered first."), field="reason")
    return found


def settle_supervise(
    transfer: CriminalTransfer, reason: str, *, late_reason: str, by: User, at: dt.datetime
) -> CrimeStep:
    """建议立案监督 is out. A late one says why and stays late; the procuratorate decides whether it takes it up.

    :raises BadInput, WrongState: see `check_supervise`; late without saying why
    """
    procuratorate = check_supervise(transfer)
    for code in REMEDY_CLOCKS:
        if passed(transfer, code, at) and not late_reason.strip():
            raise BadInput(_("This is late. Say why."), field="late_reason")
        meet(transfer, code, by=by, at=at, late_reason=late_reason)
    advance(transfer, CrimeStatus.SUPERVISING, at=at, procuratorate=procuratorate)
    context = crime_contexts.request(transfer, reason=reason, to=procuratorate, at=at)
    document = issue(transfer, "crime_supervision", context, department=transfer.department, by=by, at=at)
    return write(transfer, StepKind.SUPERVISION, by=by, at=at, text=reason, document=document)


@transaction.atomic
def answer_supervision(
    *, transfer: CriminalTransfer, filed: bool, reason: str, paper: OnPaper, by: User, at: dt.datetime
) -> CriminalTransfer:
    """What came of the supervision, entered by the registrar from the paper: filed, or the refusal stands.

    :raises BadInput: no reason, number or scan
    :raises WrongState, WrongSide: the procuratorate was not asked; by somebody else than the registrar
    """
    begin(transfer, "supervised", by)
    reason = needed(reason)
    happened_at = moment_of(transfer, "supervised", paper, at)
    decided(transfer, filed, "supervised", reason=reason, happened_at=happened_at, paper=paper, by=by, at=at)
    return transfer


@transaction.atomic
def hand_over_property(
    *, transfer: CriminalTransfer, taken_by: str, none_reason: str = "", late_reason: str = "", by: User, at: dt.datetime
) -> CriminalTransfer:
    """移交涉案物品: within 3 days of the notice of filing, with a list both sides sign; the matter is closed here.

    :raises BadInput: nobody who took it over, or neither items nor a reason why there are none
    :raises WrongState, WrongSide: it was not filed; by somebody else than the officers or a leader
    """
    begin(transfer, "property", by)
    if not transfer.items.exists() and not none_reason.strip():
        raise BadInput(_("No items were listed: say why nothing is handed over."), field="none_reason")
    taken_by = needed(taken_by, "taken_by")
    meet(transfer, "property_handover", by=by, at=at, late_reason=late_reason)
    advance(transfer, CrimeStatus.CLOSED, at=at)
    handed_over = for_the_record(gettext_noop("property and material handed over"))
    _close_letter(transfer, by=by, at=at, reason=handed_over)
    context = crime_contexts.property_list(transfer, taken_by=taken_by, none_reason=none_reason.strip(), at=at)
    document = issue(transfer, "crime_property", context, department=transfer.department, by=by, at=at)
    write(
        transfer, StepKind.PROPERTY, by=by, at=at, document=document, signed_name=taken_by, text=none_reason.strip()
    )
    return transfer


@transaction.atomic
def resume_administrative(*, transfer: CriminalTransfer, reason: str, by: User, at: dt.datetime) -> CriminalTransfer:
    """恢复行政处理: not filed, or revoked, so the department handles it itself (art. 10). A suspended strand runs on, and
    its clock with it.

    :raises BadInput: no reason
    :raises WrongState, WrongSide: it was neither refused nor revoked; by somebody else than deputy head or head
    """
    begin(transfer, "resume", by)
    reason = needed(reason)
    for code in REMEDY_CLOCKS:
        cancel(transfer, code, reason=reason, by=by, at=at)
    advance(transfer, CrimeStatus.RESUMED, at=at)
    drop_overtaken(transfer, by=by, at=at)
    if transfer.referral is not None and not transfer.referral.over:  # closed when the property was handed over
        _close_letter(transfer, by=by, at=at, reason=reason)
    strand = Strand.objects.filter(case=transfer.case, department=transfer.department).first()
    if transfer.strand_suspended and strand is not None and strand.status == StrandStatus.SUSPENDED:
        resume(strand=strand, reason=reason, by=by, at=at)
    write(transfer, StepKind.RESUMED, by=by, at=at, text=reason)
    return transfer


@transaction.atomic
def note_duty_crime(
    *, transfer: CriminalTransfer, number: str, sent_on: dt.date, by: User, at: dt.datetime
) -> CriminalTransfer:
    """职务犯罪: that a suspicion of duty crime was passed to the supervisory organ (art. 19), by number and day only.

    Only the department itself sees the note; what was passed on stays out of this file.

    :raises BadInput: no number, a day in the future
    :raises WrongState, WrongSide: the proposal was given up; by somebody else than deputy head or head
    """
    begin(transfer, "duty", by)
    number = needed(number, "number")
    if sent_on > local_date(at):
        raise BadInput(_("The date lies in the future."), field="sent_on")
    step = CrimeStep.objects.create(
        transfer=transfer, kind=StepKind.DUTY, happened_at=at, number=number, text=sent_on.isoformat(),
        department=transfer.department, by=by, at=at,
    )  # fmt: skip
    # no case: it stays out of the timeline that the other departments of the case read
    record("crime.duty", target=step, by=by, at=at, number=number, sent_on=sent_on)
    return transfer


def _close_letter(transfer: CriminalTransfer, *, by: User, at: dt.datetime, reason: str) -> None:
    referral = transfer.referral
    assert referral is not None  # at the police, by constraint
    end_clocks(referral, by=by, at=at, reason=str(reason))
    move(referral, ReferralStatus.CLOSED, at=at, closed_by=by, closed_at=at)
