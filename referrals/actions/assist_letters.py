"""协查函: the bureau of another place is asked, on paper; delivery and answer are recorded here."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.evidence import record_custody
from cases.actions.locking import lock_case
from cases.enums import CustodyKind
from cases.models import Case, Evidence
from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.models import User
from documents.actions import issue_document, void_document
from journal.actions import record
from referrals import contexts_assist as contexts
from referrals import notices_assist as notices
from referrals.actions.drafting import check_case_open
from referrals.actions.papers import needed
from referrals.actions.proof import store_proof
from referrals.actions.support import start_of_discovery
from referrals.enums import PaperStatus
from referrals.enums_assist import AssistStage
from referrals.models import AssistFile, AssistItem, AssistLetter, OutsideStay

CLOCK = "assist_letter"


@transaction.atomic
def draft_assist(
    *,
    case: Case,
    body_name: str,
    title: str,
    facts: str,
    request: str,
    stay: OutsideStay | None = None,
    reason: str = "",
    manifest: Sequence[Evidence] = (),
    by: User,
    at: dt.datetime,
) -> AssistLetter:
    """Begin a request to the bureau of another place.

    Where the stay reaches the threshold it is proposed and needs no reason; anything else says why it is asked.

    :raises WrongState: the case is closed, or the stay is asked about already
    :raises BadInput: a text is missing, a stay or file of another case, no reason below the threshold
    """
    lock_case(case)
    check_case_open(case)
    if stay is not None and stay.case_id != case.pk:
        raise BadInput(_("The stay belongs to another case."), field="stay")
    if stay is not None and stay.letters.unsettled().exclude(stage=AssistStage.ANSWERED).exists():
        raise WrongState(_("A request about this stay is under way."))
    letter = AssistLetter(
        case=case, stay=stay, department=by.department, drafted_by=by, drafted_at=at, created_at=at, updated_at=at
    )
    _fill(letter, body_name=body_name, title=title, facts=facts, request=request, reason=reason, manifest=manifest, at=at)
    record("assist_letter.drafted", target=letter, by=by, at=at, case=case, body=letter.body_name)
    return letter


@transaction.atomic
def edit_assist(
    *,
    letter: AssistLetter,
    version: int,
    body_name: str,
    title: str,
    facts: str,
    request: str,
    reason: str = "",
    manifest: Sequence[Evidence] = (),
    by: User,
    at: dt.datetime,
) -> AssistLetter:
    """Change a draft that is still at `version`.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft
    :raises BadInput: as for a new draft
    """
    locked = AssistLetter.objects.select_for_update(of=("self",)).select_related("stay").get(pk=letter.pk)
    if locked.status != PaperStatus.DRAFT:
        raise WrongState(_("This paper is no longer a draft. Ask the reviewer to send it back first."))
    if locked.version != version:
        raise Stale(theirs=locked)
    locked.version += 1
    _fill(locked, body_name=body_name, title=title, facts=facts, request=request, reason=reason, manifest=manifest, at=at)
    record("assist_letter.edited", target=locked, by=by, at=at, case=locked.case, version=locked.version)
    return locked


@transaction.atomic
def send_assist(*, letter: AssistLetter, by: User, at: dt.datetime) -> AssistLetter:
    """Number, issue and send a signed request; the files stand as handed over, delivery is still to be proved.

    :raises WrongState, MovedOn: it is not signed, or the case is closed
    """
    case = lock_case(letter.case)
    check_case_open(case)
    if letter.status != PaperStatus.APPROVED:
        raise WrongState
    for item in letter.manifest.select_related("evidence"):
        record_custody(
            evidence=item.evidence, kind=CustodyKind.HANDED_OVER, department=letter.department, by=by, at=at, cause=letter
        )
    document = issue_document(
        kind="assist", department=letter.department, target=letter, case=case,
        context=contexts.assist_context(letter, at=at), by=by, at=at,
    )  # fmt: skip
    move(letter, PaperStatus.SENT, at=at, sent_by=by, sent_at=at, document=document, stage=AssistStage.POSTED)
    record("assist.sent", target=letter, by=by, at=at, case=case, body=letter.body_name, number=document.number)
    notices.assist_went(letter, "assist.to_deliver", at=at)
    return letter


@transaction.atomic
def record_delivery(
    *, letter: AssistLetter, delivered_on: dt.date, how: str, upload: UploadedFile, by: User, at: dt.datetime
) -> AssistLetter:
    """送达回证: the fifteen natural days for the answer run from the day of delivery (令4号 art. 34).

    :raises BadInput: delivered before it was sent or in the future, no word on how, or no good scan
    :raises WrongState, MovedOn: it was delivered, withdrawn, or not sent
    """
    lock_case(letter.case)
    if letter.stage != AssistStage.POSTED:
        raise WrongState
    assert letter.sent_at is not None  # stamped when it was sent
    if not local_date(letter.sent_at) <= delivered_on <= local_date(at):
        raise BadInput(_("The delivery lies between the day it was sent and today."), field="delivered_on")
    if not how.strip():
        raise BadInput(_("This may not be empty."), field="how")
    _keep(letter, "delivery", upload, by=by, at=at)
    move(
        letter, AssistStage.DELIVERED, at=at, field="stage", delivered_on=delivered_on, delivered_how=how.strip(),
        delivered_by=by, delivered_at=at,
    )  # fmt: skip
    # the clock is kept here and chased by us, but it is the bureau there that owes: its name says so everywhere
    name = (_("Answer owed by %(body)s") % {"body": letter.body_name})[:60]
    deadline = start_clock(
        code=CLOCK, target=letter, department=letter.department, person=letter.drafted_by, case=letter.case,
        started_at=max(letter.sent_at, start_of_discovery(delivered_on, at)), name=name,
        by=by, at=at,
    )  # fmt: skip
    record("assist.delivered", target=letter, by=by, at=at, case=letter.case, body=letter.body_name,
           delivered_on=delivered_on, due_on=deadline.due_on)  # fmt: skip
    return letter


@transaction.atomic
def record_answer(
    *,
    letter: AssistLetter,
    answer_number: str,
    answer_on: dt.date,
    text: str,
    upload: UploadedFile,
    by: User,
    at: dt.datetime,
) -> AssistLetter:
    """Record what the bureau answered, with its letter; the clock is met as of the day its letter is dated.

    :raises BadInput: no number, no words, no good scan, or a date before delivery or in the future
    :raises WrongState, MovedOn: it is not waiting for an answer
    """
    lock_case(letter.case)
    if letter.stage != AssistStage.DELIVERED:
        raise WrongState
    assert letter.delivered_on is not None  # recorded with the delivery
    for name, value in (("answer_number", answer_number), ("text", text)):
        if not value.strip():
            raise BadInput(_("This may not be empty."), field=name)
    if not letter.delivered_on <= answer_on <= local_date(at):
        raise BadInput(_("The answer lies between the day of delivery and today."), field="answer_on")
    _keep(letter, "answer", upload, by=by, at=at)
    deadline = open_clock(letter, CLOCK)
    assert deadline is not None  # runs from delivery to answer
    answered = max(deadline.started_at, start_of_discovery(answer_on, at))
    meet_clock(deadline=deadline, at=at, done_at=answered, by=by)
    move(
        letter, AssistStage.ANSWERED, at=at, field="stage", answer_number=answer_number.strip(), answer_on=answer_on,
        answer_text=text.strip(), answered_by=by, answered_at=at,
    )  # fmt: skip
    record("assist.answered", target=letter, by=by, at=at, case=letter.case, body=letter.body_name,
           number=letter.answer_number)  # fmt: skip
    notices.assist_went(letter, "assist.was_answered", at=at)
    return letter


@transaction.atomic
def close_assist(*, letter: AssistLetter, remark: str = "", by: User, at: dt.datetime) -> AssistLetter:
    """The asking department is content with the answer.

    :raises WrongState, MovedOn: there is no answer
    """
    lock_case(letter.case)
    if letter.stage != AssistStage.ANSWERED:
        raise WrongState
    move(letter, AssistStage.CLOSED, at=at, field="stage", closed_by=by, closed_at=at, close_remark=remark.strip())
    record("assist.closed", target=letter, by=by, at=at, case=letter.case, body=letter.body_name,
           remark=letter.close_remark)  # fmt: skip
    return letter


@transaction.atomic
def withdraw_assist(*, letter: AssistLetter, reason: str, by: User, at: dt.datetime) -> AssistLetter:
    """The request is taken back before it was answered; its letter is void, its number stays used.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was answered, or not sent
    """
    reason = needed(reason)
    lock_case(letter.case)
    if letter.stage not in (AssistStage.POSTED, AssistStage.DELIVERED):
        raise WrongState
    assert letter.document is not None  # issued when it was sent
    move(letter, AssistStage.WITHDRAWN, at=at, field="stage", withdrawn_by=by, withdrawn_at=at, withdraw_reason=reason)
    deadline = open_clock(letter, CLOCK)
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
    void_document(document=letter.document, reason=reason, by=by, at=at)
    record("assist.withdrawn", target=letter, by=by, at=at, case=letter.case, body=letter.body_name, reason=reason)
    return letter


def _keep(letter: AssistLetter, kind: str, upload: UploadedFile, *, by: User, at: dt.datetime) -> None:
    stored, sha256 = store_proof(upload)
    AssistFile.objects.create(
        letter=letter, kind=kind, file=stored, name=(upload.name or "")[:150], sha256=sha256, by=by, at=at
    )


def _fill(
    letter: AssistLetter,
    *,
    body_name: str,
    title: str,
    facts: str,
    request: str,
    reason: str,
    manifest: Sequence[Evidence],
    at: dt.datetime,
) -> None:
    texts = {"body_name": body_name, "title": title, "facts": facts, "request": request}
    for name, value in texts.items():
        if not value.strip():
            raise BadInput(_("This may not be empty."), field=name)
        setattr(letter, name, value.strip())
    if not reason.strip() and (letter.stay is None or not letter.stay.proposed):
        raise BadInput(_("Below the threshold, say why the other place is asked."), field="reason")
    if any(piece.case_id != letter.case_id or piece.voided_at is not None for piece in manifest):
        raise BadInput(_("The manifest names a file that is not in this case."), field="manifest")
    letter.reason, letter.updated_at = reason.strip(), at
    letter.save()
    letter.manifest.all().delete()
    AssistItem.objects.bulk_create(
        AssistItem(
            letter=letter, evidence=piece, position=position, name=piece.name, sha256=piece.sha256, pages=piece.pages
        )
        for position, piece in enumerate(manifest, 1)
    )
