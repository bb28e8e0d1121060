"""What every step of a transfer of suspected crime does: lock, look at the state and the side, write the step."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cases.actions.locking import lock_case
from core.refusals import BadInput, Refused, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.models import Department, User
from documents.actions import issue_document
from documents.models import IssuedDocument
from journal.actions import record
from referrals import crime_notices
from referrals.actions.overtaken import drop_stale
from referrals.actions.papers import overtake_paper
from referrals.actions.proof import store_proof
from referrals.crime_enums import STEP_STATES, CrimeStatus, StepKind
from referrals.crime_rules import may_speak, written_here
from referrals.enums import CRIME_LETTERS
from referrals.models import CrimeStep, CriminalTransfer, FollowUp


class WrongSide(Refused):
    """A step entered by somebody whose step it is not: the other side's decision, another post's."""

    sentence = gettext_lazy("This step is not yours: it belongs to the other side or to another post.")
    record = True


@dataclass(frozen=True)
class OnPaper:
    """What came on paper from a body that does not work here: its number, when it was received, the scan."""

    number: str
    happened_at: dt.datetime
    upload: UploadedFile
    signed_name: str = ""


def lock(transfer: CriminalTransfer) -> CriminalTransfer:
    """Case first, then the file."""
    lock_case(transfer.case)
    CriminalTransfer.objects.select_for_update().get(pk=transfer.pk)
    return transfer


def begin(transfer: CriminalTransfer, step: str, by: User) -> CriminalTransfer:
    """Lock case and file, and see whether this step may be taken now by this person.

    :raises WrongState: not in this state
    :raises WrongSide: not by this person
    """
    lock(transfer)
    if transfer.status not in STEP_STATES[step]:
        raise WrongState(state=transfer.status)
    if not may_speak(by, transfer, step):
        raise WrongSide
    return transfer


def moment_of(transfer: CriminalTransfer, step: str, paper: OnPaper | None, at: dt.datetime) -> dt.datetime:
    """When a step of the other side happened: now where it works here, else when its paper came.

    :raises BadInput: a paper without number, or dated before the last step or after now; no paper where one
        is needed (field `upload`)
    """
    if not (transfer.on_paper or step == "supervised"):
        return at
    if paper is None:
        raise BadInput(_("The body does not work here: enter number, date and scan of its paper."), field="upload")
    if not paper.number.strip():
        raise BadInput(_("Enter the number of the paper."), field="number")
    # the copy to the procuratorate and the note of a duty crime go their own way
    others = transfer.steps.exclude(kind__in=(StepKind.COPY_SERVED, StepKind.DUTY))
    last = others.order_by("-happened_at").values_list("happened_at", flat=True).first() or at
    # a form gives minutes: what happened within the minute of the last step follows it
    happened_at = max(paper.happened_at, last) if last - paper.happened_at < dt.timedelta(minutes=1) else paper.happened_at
    if not last <= happened_at <= at:
        raise BadInput(_("It happened between the step before and now."), field="happened_at")
    return happened_at


def still_in(transfer: CriminalTransfer, step: str) -> None:
    """:raises WrongState: the transfer has moved on: this step is no longer one of its state"""
    if transfer.status not in STEP_STATES[step]:
        raise WrongState(state=transfer.status)


def received(transfer: CriminalTransfer) -> CrimeStep:
    """The receipt of the body that holds the file now: who had it before signed one of its own."""
    return transfer.steps.filter(kind=StepKind.RECEIVED).latest("pk")


def entered_on_paper(transfer: CriminalTransfer) -> None:
    """:raises WrongState: the police write here themselves"""
    if not transfer.on_paper:
        raise WrongState(_("The police write their notice here: it is reviewed, signed and sent."))


def drop_overtaken(transfer: CriminalTransfer, *, but: FollowUp | None = None, by: User, at: dt.datetime) -> None:
    """Letters under way that no longer fit the state are given up; `but`: the one that goes out now."""
    under_way = FollowUp.objects.open().filter(referral__dispatch=transfer.dispatch, kind__in=CRIME_LETTERS)
    for letter in under_way.exclude(pk=but.pk if but is not None else None):
        held = letter.referral_id == transfer.referral_id  # else a body wrote it that passed the file on
        if held and transfer.status in STEP_STATES[letter.kind] and written_here(letter.kind, transfer):
            continue
        state = CrimeStatus(transfer.status).label
        reason = for_the_record(gettext_noop("Overtaken: %(state)s."), state=state)
        overtake_paper(letter, reason=reason, by=by, at=at)
    assert transfer.referral is not None  # handed over
    drop_stale(transfer.referral, by=by, at=at)  # 督办 of who is late no more


def advance(transfer: CriminalTransfer, new: str, *, at: dt.datetime, **fields: Any) -> None:
    """:raises MovedOn: somebody was first"""
    move(transfer, new, at=at, **fields)


def write(
    transfer: CriminalTransfer,
    kind: str,
    *,
    by: User,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    text: str = "",
    paper: OnPaper | None = None,
    document: IssuedDocument | None = None,
    signed_name: str = "",
    police: Department | None = None,
) -> CrimeStep:
    """The dated step and its event `crime.<kind>`. The scan is kept under its SHA-256.

    police: the body the event names, where it is not the one that holds the file now.

    What was said stays with the step: the timeline of the case is read by every department in it.

    :raises BadInput: a scan that is no PDF, JPEG or PNG (field `upload`)
    """
    name, sha256 = store_proof(paper.upload) if paper is not None else ("", "")
    number = document.number if document is not None else paper.number.strip() if paper is not None else ""
    step = CrimeStep.objects.create(
        transfer=transfer, kind=kind, happened_at=happened_at or at, number=number, text=text, document=document,
        signed_name=signed_name or (paper.signed_name.strip() if paper is not None else ""),
        file=name, name=(paper.upload.name or "")[:150] if paper is not None else "", sha256=sha256,
        department=by.department, by=by, at=at,
    )  # fmt: skip
    record(
        f"crime.{kind}", target=transfer, by=by, at=at, case=transfer.case, crime=transfer.crime,
        number=number, happened_at=step.happened_at.isoformat(), police=(police or transfer.police).short_name,
        **({"sha256": sha256} if sha256 else {}),
        **({"signed_name": step.signed_name} if kind == StepKind.COPY_SERVED else {}),
    )  # fmt: skip
    if kind != StepKind.COPY_SERVED:  # moves nothing on
        crime_notices.moved(transfer, by=by, at=at)
    return step


def issue(
    transfer: CriminalTransfer, kind: str, context: dict[str, Any], *, department: Department, by: User, at: dt.datetime
) -> IssuedDocument:
    """A paper of one of the two sides about this transfer."""
    return issue_document(
        kind=kind, department=department, target=transfer, case=transfer.case, context=context, by=by, at=at
    )


# --- clocks --------------------------------------------------------------------------------------------------
def start(
    transfer: CriminalTransfer,
    code: str,
    *,
    by: User,
    at: dt.datetime,
    police: bool = False,
    person: User | None = None,
    started_at: dt.datetime | None = None,
) -> None:
    """Start a clock on the transfer, owed by the sender, or by the police. Amount and unit are the rule's and are
    kept with the clock (T3): natural days rolling over a day off by default, what the province set otherwise."""
    owes, waits = (transfer.police, transfer.department) if police else (transfer.department, transfer.police)
    start_clock(
        code=code, target=transfer, department=owes, to_department=waits, person=person, case=transfer.case,
        started_at=started_at, by=by, at=at,
    )  # fmt: skip


def meet(
    transfer: CriminalTransfer,
    code: str,
    *,
    by: User,
    at: dt.datetime,
    done_at: dt.datetime | None = None,
    late_reason: str | None = None,
) -> None:
    """What was owed was done, on paper at `done_at`; late stays late."""
    clock = open_clock(transfer, code)
    if clock is not None:
        meet_clock(deadline=clock, at=at, done_at=done_at, by=by, late_reason=late_reason)


def cancel(transfer: CriminalTransfer, code: str, *, reason: str, by: User, at: dt.datetime) -> None:
    clock = open_clock(transfer, code)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, by=by, reason=reason)


def passed(transfer: CriminalTransfer, code: str, at: dt.datetime) -> bool:
    """Whether the running clock of this code is over its time."""
    clock = open_clock(transfer, code)
    return clock is not None and at >= clock.due_at
