"""The record of a visit on paper: printed to be signed, taken back to be corrected, signed or refused."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import BadInput
from core.states import move
from departments.models import User
from documents.actions import issue_document, void_document
from inspections import contexts, notices
from inspections.actions.common import lock_visit, needed
from inspections.actions.visits import check_officers, keep_file
from inspections.enums import ItemResult, VisitStatus
from inspections.models import Visit

RECORD = "inspection_record"


@transaction.atomic
def print_record(*, visit: Visit, by: User, at: dt.datetime) -> Visit:
    """Number and print the record, to be read by the inspected and signed by both sides.

    :raises BadInput: something is missing, each under its field
    :raises WrongState: it was printed
    """
    lock_visit(visit, VisitStatus.OPEN)
    faults: dict[str, Any] = {}
    if not visit.told_recusal:
        faults["told_recusal"] = _("Tell the inspected that they may ask for somebody to stand aside.")
    if visit.ends is None:
        faults["ends"] = _("Say when it ended.")
    if not visit.situation:
        faults["situation"] = _("Write down what was found on site.")
    if not visit.party_name:
        faults["party_name"] = _("Say who stood for the inspected.")
    if visit.items.filter(result=ItemResult.OPEN).exists():
        faults["items"] = _("Check every line of the checklists, or say that it does not apply.")
    if faults:
        raise BadInput.several(faults)
    check_officers(visit.target, [each.member for each in visit.officers.select_related("member__certificate")],
                   visit.visited_on)  # fmt: skip
    notices.note("record_printed", visit.inspection, target=visit, by=by, at=at)
    document = issue_document(
        kind=RECORD, department=visit.inspection.lead, target=visit, case=None,
        context=contexts.of_record(visit, at=at), by=by, at=at,
    )  # fmt: skip
    move(visit, VisitStatus.PRINTED, at=at, printed_by=by, printed_at=at, record=document)
    return visit


@transaction.atomic
def correct_record(*, visit: Visit, reason: str, by: User, at: dt.datetime) -> Visit:
    """Back to be corrected before anybody signed: the printed paper becomes void, and the next one has its own number.

    :raises BadInput: no reason
    :raises WrongState: it was not printed, or is signed or refused
    """
    reason = needed(reason)
    lock_visit(visit, VisitStatus.PRINTED)
    assert visit.record is not None
    if not visit.record.is_void:
        void_document(document=visit.record, reason=reason, by=by, at=at)
    move(visit, VisitStatus.OPEN, at=at, printed_by=None, printed_at=None, record=None)
    notices.note("record_reopened", visit.inspection, target=visit, by=by, at=at, reason=reason)
    return visit


@transaction.atomic
def sign_record(
    *, visit: Visit, party_words: str = "", upload: Any = None, by: User, at: dt.datetime
) -> Visit:
    """The inspected signed the printed record; the scan is kept where there is one.

    :raises BadInput: see `check_upload` (field `upload`)
    :raises WrongState: it was not printed, or is signed or refused
    """
    lock_visit(visit, VisitStatus.PRINTED)
    if upload is not None:
        keep_file(visit, upload, by, at)
    move(
        visit,
        VisitStatus.SIGNED,
        at=at,
        party_words=party_words.strip() or visit.party_words,
        ended_by=by,
        ended_at=at,
    )
    notices.note("record_signed", visit.inspection, target=visit, by=by, at=at)
    return visit


@transaction.atomic
def refuse_record(
    *,
    visit: Visit,
    reason: str,
    witness: str,
    party_words: str = "",
    upload: Any = None,
    by: User,
    at: dt.datetime,
) -> Visit:
    """The inspected refused to sign: why, and who witnessed it. The record stands all the same.

    :raises BadInput: no reason, no witness, or see `check_upload`
    :raises WrongState: it was not printed, or is signed or refused
    """
    faults = {}
    if not reason.strip():
        faults["reason"] = _("Say why the signature was refused.")
    if not witness.strip():
        faults["witness"] = _("Name who witnessed the refusal.")
    if faults:
        raise BadInput.several(faults)
    lock_visit(visit, VisitStatus.PRINTED)
    if upload is not None:
        keep_file(visit, upload, by, at)
    move(
        visit, VisitStatus.REFUSED, at=at, refusal=reason.strip()[:300], witness=witness.strip()[:60],
        party_words=party_words.strip() or visit.party_words, ended_by=by, ended_at=at,
    )  # fmt: skip
    notices.note("record_refused", visit.inspection, target=visit, by=by, at=at, reason=reason.strip()[:300])
    return visit
