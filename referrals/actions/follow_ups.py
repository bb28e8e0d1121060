"""补正函, 补充材料函, 督办函, letters about a suspected crime: drafted by who works it, signed by somebody else, and only
when the registrar sends them do they take effect (FACTS §3, §4 Letter 发文)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, Stale, WrongState
from core.states import move
from departments.models import Department, User
from documents.actions import issue_document
from documents.models import IssuedDocument
from journal.actions import record
from referrals import receiving_contexts
from referrals.actions.completion import check_asking, check_supply, hand_in, open_completion
from referrals.actions.crime_forwarding import check_forward
from referrals.actions.crime_letters import check_crime_letter, send_crime_letter
from referrals.actions.drafting import Line
from referrals.actions.papers import needed, submit_paper
from referrals.actions.supervision import check_supervising, open_supervision
from referrals.enums import CRIME_LETTERS, DECISIONS, WITH_FILES, LetterKind, PaperStatus
from referrals.models import Completion, FollowUp, FollowUpItem, Referral

# what the text and the date of each kind are called where they are entered
TEXT = {
    LetterKind.COMPLETION: "missing",
    LetterKind.SUPPLY: "note",
    LetterKind.SUPERVISION: "demand",
    LetterKind.FILING: "reason",
    LetterKind.INCOMPLETE: "missing",
    LetterKind.CORRECTION: "remark",
    LetterKind.FORWARDING: "reason",
    LetterKind.RECONSIDER: "reason",
    LetterKind.RECONSIDERED: "reason",
    LetterKind.OVERSIGHT: "reason",
    LetterKind.REVOCATION: "reason",
}
MOST = {  # characters of the text; else
    LetterKind.FILING: 1500, LetterKind.RECONSIDER: 1500, LetterKind.RECONSIDERED: 1500, LetterKind.OVERSIGHT: 1500,
    LetterKind.CORRECTION: 500, LetterKind.FORWARDING: 500, LetterKind.REVOCATION: 1500,
}  # fmt: skip
MOST_TEXT = 1000


@transaction.atomic
def draft_completion(*, referral: Referral, missing: str, due_on: dt.date, by: User, at: dt.datetime) -> FollowUp:
    """补正函: ask the sender for what is missing, until a date. The receiver's clock stands from the day it goes out.

    :raises BadInput: nothing said to be missing, or a date that is not later than today
    :raises WrongState: the receiver has decided, a request is open or is being drafted
    """
    locked = check_asking(referral, due_on, at=at)
    return draft_letter(locked, LetterKind.COMPLETION, locked.receiver, text=missing, due_on=due_on, by=by, at=at)


@transaction.atomic
def draft_supply(
    *, completion: Completion, lines: Sequence[Line], note: str = "", by: User, at: dt.datetime
) -> FollowUp:
    """补充材料函: hand over what was asked for. The receiver's clock runs again from the day it goes out.

    :raises BadInput: nothing supplied, a file that is not in the case, or one handed over before
    :raises WrongState: the receiver has decided, no longer asks for it, or it is being drafted
    """
    locked = check_supply(completion, lines, note)
    return draft_letter(
        locked, LetterKind.SUPPLY, locked.sender, text=note, completion=completion, lines=lines, by=by, at=at
    )


@transaction.atomic
def draft_supervision(*, referral: Referral, demand: str, reply_on: dt.date, by: User, at: dt.datetime) -> FollowUp:
    """督办函 of the office to who is late, with a date for the reply.

    :raises BadInput: nothing demanded, or a date that is not later than today
    :raises WrongState: nobody is late, the last 督办 waits for its reply, or one is being drafted
    """
    locked = check_supervising(referral, reply_on, at=at)
    return draft_letter(locked, LetterKind.SUPERVISION, by.department, text=demand, due_on=reply_on, by=by, at=at)


def draft_letter(
    referral: Referral,
    kind: LetterKind,
    department: Department,
    *,
    text: str,
    lines: Sequence[Line] = (),
    by: User,
    at: dt.datetime,
    **more: Any,
) -> FollowUp:
    """A letter of this kind, its first version; whether it may be written is the caller's to ask, under lock.

    :raises BadInput: nothing said, or too much; WrongState: such a letter is being drafted
    """
    if FollowUp.objects.open().filter(referral=referral, kind=kind).exists():
        raise WrongState(_("Such a letter is already being drafted."))
    letter = FollowUp(
        referral=referral, kind=kind, department=department,
        case=None if kind == LetterKind.SUPERVISION else referral.case,
        drafted_by=by, drafted_at=at, created_at=at, updated_at=at, **more,
    )  # fmt: skip
    _fill(letter, text, lines)
    record("follow_up.drafted", target=letter, by=by, at=at, case=letter.case, letter_kind=kind)
    return letter


def _fill(letter: FollowUp, text: str, lines: Sequence[Line]) -> None:
    kind = LetterKind(letter.kind)
    most = MOST.get(kind, MOST_TEXT)
    if len(text.strip()) > most:
        said = {"limit_value": most, "show_value": len(text.strip())}
        raise BadInput(_("At most %(limit_value)d characters; these are %(show_value)d.") % said, field=TEXT[kind])
    letter.text = text.strip() if kind in WITH_FILES else needed(text, TEXT[kind])
    letter.save()
    letter.manifest.all().delete()
    FollowUpItem.objects.bulk_create(
        FollowUpItem(
            letter=letter, evidence=line.evidence, position=position, name=line.evidence.name,
            sha256=line.evidence.sha256, quantity=line.quantity, pages=line.evidence.pages, remark=line.remark.strip(),
        )
        for position, line in enumerate(lines, 1)
    )


@transaction.atomic
def edit_follow_up(
    *,
    letter: FollowUp,
    version: int,
    text: str,
    due_on: dt.date | None = None,
    lines: Sequence[Line] = (),
    filed: bool | None = None,
    to: str = "",
    by: User,
    at: dt.datetime,
) -> FollowUp:
    """Change a draft that is still at `version`; what is not of its kind is left alone.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft, or the letter it is about has moved on
    :raises BadInput: as for a new draft
    """
    lock_case(letter.referral.case)  # the order of the house: the case, then what hangs on it
    locked = FollowUp.objects.select_for_update().get(pk=letter.pk)
    if locked.status != PaperStatus.DRAFT:
        raise WrongState(_("This paper is no longer a draft. Ask the reviewer to send it back first."))
    if locked.version != version:
        raise Stale(theirs=locked)
    if locked.kind in (LetterKind.COMPLETION, LetterKind.SUPERVISION):
        if due_on is None:
            raise BadInput(_("State by which date an answer is expected."), field=date_field(locked))
        locked.due_on = due_on
    if locked.kind in DECISIONS and filed is not None:
        locked.filed = filed
    if locked.kind == LetterKind.FORWARDING:
        locked.to = check_forward(locked.referral.crime, to).name
    _check(locked, lines, text, at=at)
    locked.version += 1
    locked.updated_at = at
    _fill(locked, text, lines if locked.kind in WITH_FILES else ())
    record("follow_up.edited", target=locked, by=by, at=at, case=locked.case, version=locked.version)
    return locked


def date_field(letter: FollowUp) -> str:
    """What the date of this kind is called where it is entered."""
    return "reply_on" if letter.kind == LetterKind.SUPERVISION else "due_on"


def lines_of(letter: FollowUp) -> list[Line]:
    """The files that go with it."""
    return [
        Line(evidence=item.evidence, quantity=item.quantity, remark=item.remark)
        for item in letter.manifest.select_related("evidence")
    ]


def _check(letter: FollowUp, lines: Sequence[Line], text: str, *, at: dt.datetime) -> None:
    """Whether it may still go on: what it is about may have moved meanwhile."""
    match letter.kind:
        case LetterKind.COMPLETION:
            check_asking(letter.referral, letter.due_on, at=at)
        case LetterKind.SUPPLY:
            assert letter.completion is not None  # by constraint
            check_supply(letter.completion, lines, text)
        case LetterKind.SUPERVISION:
            check_supervising(letter.referral, letter.due_on, at=at)
        case _:
            check_crime_letter(letter, [line.evidence for line in lines], at=at)


@transaction.atomic
def submit_follow_up(*, letter: FollowUp, by: User, at: dt.datetime) -> FollowUp:
    """Hand the draft to its reviewer or signer.

    :raises BadInput, WrongState, Refused: what it is about has moved on; MovedOn: it is no longer a draft
    """
    _check(letter, lines_of(letter), letter.text, at=at)
    submit_paper(paper=letter, by=by, at=at)
    return letter


@transaction.atomic
def send_follow_up(*, letter: FollowUp, late_reason: str = "", by: User, at: dt.datetime) -> FollowUp:
    """编号、用印、发出: number and issue a signed letter, and do what it says.

    :raises BadInput: late without a reason, or a date that has passed since
    :raises WrongState, Refused: what it is about has moved on; WrongState, MovedOn: it is not signed
    """
    if letter.status != PaperStatus.APPROVED:
        raise WrongState
    document = _EFFECTS[LetterKind(letter.kind)](letter, late_reason.strip(), by, at)
    move(letter, PaperStatus.SENT, at=at, sent_by=by, sent_at=at, document=document, late_reason=late_reason.strip())
    record("follow_up.sent", target=letter, by=by, at=at, case=letter.case, letter_kind=letter.kind,
           number=document.number)  # fmt: skip
    return letter


def _issue(letter: FollowUp, context: dict[str, Any], target: Any, *, by: User, at: dt.datetime) -> IssuedDocument:
    return issue_document(
        kind=f"{letter.kind}_letter", department=letter.department, target=target, case=letter.case, context=context,
        by=by, at=at,
    )  # fmt: skip


def _ask(letter: FollowUp, late_reason: str, by: User, at: dt.datetime) -> IssuedDocument:
    assert letter.due_on is not None  # by constraint
    completion = open_completion(
        letter.referral, missing=letter.text, due_on=letter.due_on, asked_by=letter.drafted_by, by=by, at=at
    )
    context = receiving_contexts.completion_context(letter, at=at)
    completion.letter = _issue(letter, context, completion.referral, by=by, at=at)
    completion.save(update_fields=["letter"])
    return completion.letter


def _supply(letter: FollowUp, late_reason: str, by: User, at: dt.datetime) -> IssuedDocument:
    completion = letter.completion
    assert completion is not None  # by constraint
    hand_in(
        completion, lines=lines_of(letter), note=letter.text, late_reason=late_reason,
        supplied_by=letter.drafted_by, by=by, at=at,
    )  # fmt: skip
    context = receiving_contexts.supply_context(letter, at=at)
    completion.supply_letter = _issue(letter, context, letter.referral, by=by, at=at)
    completion.save(update_fields=["supply_letter"])
    return completion.supply_letter


def _supervise(letter: FollowUp, late_reason: str, by: User, at: dt.datetime) -> IssuedDocument:
    context = receiving_contexts.supervision_context(letter, at=at)
    supervision = open_supervision(letter, by=by, at=at)
    # no case: the office that issues it does not read the case, and the letter names only what the office knows
    supervision.document = _issue(letter, context, supervision, by=by, at=at)
    supervision.save(update_fields=["document"])
    return supervision.document


def _crime(letter: FollowUp, late_reason: str, by: User, at: dt.datetime) -> IssuedDocument:
    files = [line.evidence for line in lines_of(letter)]
    return send_crime_letter(letter, files, late_reason=late_reason, by=by, at=at)


_EFFECTS = {
    LetterKind.COMPLETION: _ask,
    LetterKind.SUPPLY: _supply,
    LetterKind.SUPERVISION: _supervise,
    **dict.fromkeys(CRIME_LETTERS, _crime),
}
