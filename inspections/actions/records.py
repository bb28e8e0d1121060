"""The record of a visit on paper: printed to be signed, taken back to be corrected, signed or refused; or void."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import BadInput, WrongState
from core.states import move
from departments.models import User
from documents.actions import issue_document, void_document
from inspections import contexts, notices
from inspections.actions.common import lock_visit, needed
from inspections.actions.visits import check_officers, keep_file
from inspections.enums import ItemResult, Outcome, VisitStatus
from inspections.models import Finding, Visit

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


@transaction.atomic
def void_record(
    *, visit: Visit, reason: str, findings_to: Visit | None = None, by: User, at: dt.datetime
) -> Visit:
    """A record begun by mistake, for the wrong body or day: it stays to be read, is no visit, and counts nowhere. What
    was written down with it goes to the open record it belongs to, and is found on that day if it was found on this one.

    :raises BadInput: no reason; findings and no open record of this inspection to move them to (field `findings_to`)
    :raises WrongState: it was printed (take it back first), is over, or a finding of it went somewhere already
    """
    reason = needed(reason)
    lock_visit(visit, VisitStatus.OPEN)
    found = list(visit.findings.order_by("number"))
    for finding in found:
        if finding.outcome != Outcome.OPEN:
            raise WrongState(
                _("Finding %(n)d went somewhere already: this record stays.") % {"n": finding.number}
            )
    if found:
        _move(found, visit, findings_to, at)
    move(visit, VisitStatus.VOID, at=at, voided_by=by, voided_at=at, void_reason=reason[:200])
    notices.note(
        "record_voided", visit.inspection, target=visit, by=by, at=at, visited_on=visit.visited_on, count=len(found),
        reason=reason,
    )  # fmt: skip
    return visit


def _move(found: list[Finding], visit: Visit, other: Visit | None, at: dt.datetime) -> None:
    if other is not None:
        other.refresh_from_db()
    right = other is not None and other.pk != visit.pk and other.inspection_id == visit.inspection_id
    if other is None or not right or other.status != VisitStatus.OPEN:
        raise BadInput(
            _("Findings were written down with this record: choose the open record they belong to, or begin it first."),
            field="findings_to",
        )  # fmt: skip
    for finding in found:
        if finding.found_on == visit.visited_on or finding.found_on < other.visited_on:
            finding.found_on = other.visited_on
        finding.visit, finding.updated_at, finding.version = other, at, finding.version + 1
        finding.save(update_fields=["visit", "found_on", "updated_at", "version"])
