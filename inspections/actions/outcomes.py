"""Where a finding goes: a case of its own, one there is, a rectification with a clock, or a remark."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases import rules as case_rules
from cases.actions.evidence import add_evidence
from cases.actions.locking import lock_case
from cases.actions.money import enter_money
from cases.actions.registration import register_case
from cases.enums import CaseStatus, MoneyKind, Source
from cases.models import Case
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.models import User
from documents import storage
from inspections import notices
from inspections.actions.closing import sign_anew
from inspections.actions.common import lock, needed
from inspections.actions.findings import WORKING
from inspections.actions.rectification import begin_rectification, replace_rectification
from inspections.enums import InspectionStatus, Outcome
from inspections.models import Finding


def _lock_finding(finding: Finding) -> None:
    """:raises WrongState: the inspection is neither under way nor being signed"""
    lock(finding.inspection)
    follows = finding.outcome == Outcome.RECTIFY  # a rectification that fails outlives the inspection
    if finding.inspection.status not in WORKING and not (
        follows and finding.inspection.status == InspectionStatus.CLOSED
    ):
        raise WrongState(state=finding.inspection.status)
    finding.refresh_from_db()


def _went(
    finding: Finding, outcome: str, text: str, *, by: User, at: dt.datetime, case: Case | None = None
) -> None:
    if finding.outcome == Outcome.RECTIFY:
        words = gettext_noop(
            "The finding is handled otherwise."
        )  # no word of a case: it may be a restricted one
        replace_rectification(finding.rectification, for_the_record(words), by=by, at=at)
    move(
        finding,
        outcome,
        field="outcome",
        at=at,
        outcome_text=text[:500],
        outcome_by=by,
        outcome_at=at,
        case=case,
    )
    sign_anew(finding.inspection, by=by, at=at)


def _uploads(finding: Finding) -> list[ContentFile]:
    """The finding's files as they were handed in, to be filed in a case under their own names."""
    return [
        ContentFile(storage.fetch(file.file, file.sha256), name=file.name)
        for file in finding.files.order_by("pk")
    ]


@transaction.atomic
def open_case(
    *, finding: Finding, title: str = "", major: bool = False, restricted: bool = False, duplicates_known: bool = False,
    by: User, at: dt.datetime,
) -> Case:  # fmt: skip
    """A new case from a finding: its day is the day the finding was made, its evidence and amount go along.

    :raises PossibleDuplicate: there is a case about the same body within 12 months: join it, or say that this is another
    :raises WrongState, BadInput: the finding is in a case, or see `register_case`
    """
    _lock_finding(finding)
    if Outcome.CASE not in Finding.MOVES[Outcome(finding.outcome)]:
        raise WrongState(_("This finding is in a case already."))
    case = register_case(
        source=Source.INSPECTION, source_number=finding.inspection.number, subjects=[finding.visit.target.subject],
        categories=[finding.category], summary=finding.text, found_on=finding.found_on, title=title,
        suspected=finding.amount or 0, major=major, restricted=restricted, duplicates_known=duplicates_known,
        files=_uploads(finding), by=by, at=at,
    )  # fmt: skip
    _went(finding, Outcome.CASE, "", by=by, at=at, case=case)
    _note_case(finding, case, "finding_became_case", by, at)
    return case


def _note_case(finding: Finding, case: Case, verb: str, by: User, at: dt.datetime) -> None:
    """On the record of the case and on that of the inspection; on the latter no word of a restricted case."""
    said: dict[str, Any] = {"finding": finding.number, "found_on": finding.found_on, "number": case.number}
    if case.restricted:
        notices.note(verb, finding.inspection, target=case, case=case, by=by, at=at, **said)
        notices.note(
            "finding_elsewhere", finding.inspection, target=finding, by=by, at=at, finding=finding.number
        )
        return
    notices.note(verb, finding.inspection, target=finding, case=case, by=by, at=at, **said)
    for other in finding.inspection.partners.filter(dropped_at=None).exclude(department=by.department):
        notices.tell_department(
            other.department, finding.inspection, "finding_went_on", at=at, tone="n", finding=finding.number
        )


@transaction.atomic
def join_case(*, finding: Finding, case: Case, by: User, at: dt.datetime) -> Case:
    """Into a case the person may write in: evidence and amount are filed there.

    :raises BadInput: a case the person may not write in, or a closed one (field `case`)
    :raises WrongState: the finding is in a case already
    """
    lock_case(case)
    _lock_finding(finding)
    if Outcome.JOINED not in Finding.MOVES[Outcome(finding.outcome)]:
        raise WrongState(_("This finding is in a case already."))
    if not case_rules.can_work(by, case):
        raise BadInput(
            _("You may not write in this case. Ask those who handle it."), field="case", record=True
        )
    if case.status == CaseStatus.CLOSED:
        raise BadInput(_("The case is closed. Reopen it first."), field="case")
    there = set(case.evidence.filter(voided_at=None).values_list("sha256", flat=True))
    for file in finding.files.order_by("pk"):
        if file.sha256 not in there:
            upload = ContentFile(storage.fetch(file.file, file.sha256), name=file.name)
            add_evidence(case=case, upload=upload, origin=finding.inspection.number, by=by, at=at)
    if finding.amount is not None:
        enter_money(
            case=case,
            kind=MoneyKind.SUSPECTED,
            amount=finding.amount,
            happened_on=finding.found_on,
            by=by,
            at=at,
        )
    _went(finding, Outcome.JOINED, "", by=by, at=at, case=case)
    _note_case(finding, case, "finding_joined_case", by, at)
    return case


@transaction.atomic
def have_rectified(
    *, finding: Finding, text: str, due_on: dt.date, person: User, by: User, at: dt.datetime
) -> Finding:
    """The inspected put it right by a day; a person of the department follows it, and a clock runs.

    :raises BadInput: nothing said, a day that has passed or lies years ahead, a person of another department
    :raises WrongState: it is being rectified, or in a case
    """
    text = needed(text, "text", _("Say what is to be put right."))
    _lock_finding(finding)
    if Outcome.RECTIFY not in Finding.MOVES[Outcome(finding.outcome)]:
        raise WrongState(_("This finding went somewhere already."))
    _went(finding, Outcome.RECTIFY, text, by=by, at=at)
    begin_rectification(finding, due_on=due_on, person=person, by=by, at=at)
    notices.note(
        "finding_rectified",
        finding.inspection,
        target=finding,
        by=by,
        at=at,
        finding=finding.number,
        due_on=due_on,
    )
    return finding


@transaction.atomic
def remark(*, finding: Finding, text: str, by: User, at: dt.datetime) -> Finding:
    """It needs no more than a remark, with the reason.

    :raises BadInput: nothing said
    :raises WrongState: it went somewhere already
    """
    text = needed(text, "text", _("Say why a remark is enough."))
    _lock_finding(finding)
    if Outcome.REMARK not in Finding.MOVES[Outcome(finding.outcome)]:
        raise WrongState(_("This finding went somewhere already."))
    _went(finding, Outcome.REMARK, text, by=by, at=at)
    notices.note("finding_remarked", finding.inspection, target=finding, by=by, at=at, finding=finding.number)
    return finding
