"""汇总: written by the lead, signed by every department, and the inspection closed when nothing is open."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core.refusals import BadInput, Stale, StillOpen, WrongState
from core.states import move
from departments.models import User
from documents.actions import issue_document
from inspections import contexts, notices
from inspections.actions.common import lock_in, needed, staying
from inspections.enums import VISIT_OVER, InspectionStatus, SignKind
from inspections.models import Inspection, Partner, Summary, SummarySignature, Visit

PAPER = "inspection_summary"


def newest(inspection: Inspection) -> Summary | None:
    return inspection.summaries.order_by("-number").first()


def unvisited(inspection: Inspection) -> list[str]:
    """What keeps the summary from being written, in sentences."""
    found = []
    seen = Visit.objects.standing().filter(target=OuterRef("pk"))
    for target in (
        inspection.targets.filter(~Exists(seen), dropped_at=None).select_related("subject").order_by("pk")
    ):
        found.append(_("%(name)s was not visited: visit it or leave it out.") % {"name": target.subject.name})
    for visit in (
        inspection.visits.standing()
        .exclude(status__in=VISIT_OVER)
        .select_related("target__subject")
        .order_by("pk")
    ):
        found.append(
            _("The record of %(name)s of %(day)s is neither signed nor refused.")
            % {"name": visit.target.subject.name, "day": visit.visited_on.isoformat()}
        )
    return found


def unsigned(inspection: Inspection) -> list[Partner]:
    """Departments that have not signed the newest summary."""
    summary = newest(inspection)
    signed = SummarySignature.objects.filter(partner=OuterRef("pk"), summary=summary, kind=SignKind.SIGNED)
    return list(staying(inspection).filter(~Exists(signed)))


def _write(inspection: Inspection, text: str, by: User, at: dt.datetime) -> Summary:
    before = newest(inspection)
    return Summary.objects.create(
        inspection=inspection, number=before.number + 1 if before else 1, text=text, by=by, at=at
    )


@transaction.atomic
def report_inspection(*, inspection: Inspection, text: str, by: User, at: dt.datetime) -> Inspection:
    """The visits are over: the summary goes to every department to sign.

    :raises BadInput: nothing written
    :raises StillOpen: a target was not visited, or a record is neither signed nor refused
    :raises WrongState: it is not under way
    """
    text = needed(text, "text", _("Write the summary."))
    lock_in(inspection, InspectionStatus.UNDER_WAY)
    if found := unvisited(inspection):
        raise StillOpen(" ".join(found), items=found)
    move(inspection, InspectionStatus.REPORTED, at=at, reported_by=by, reported_at=at)
    summary = _write(inspection, text, by, at)
    notices.note("reported", inspection, by=by, at=at, number=summary.number)
    _ask_to_sign(inspection, at)
    return inspection


def _ask_to_sign(inspection: Inspection, at: dt.datetime) -> None:
    for partner in staying(inspection):
        notices.tell_department(partner.department, inspection, "summary_to_sign", at=at)


@transaction.atomic
def rewrite_summary(*, inspection: Inspection, text: str, number: int, by: User, at: dt.datetime) -> Summary:
    """Another version: what was signed stands on the old one, and everybody signs anew. number: of the version read.

    :raises BadInput: nothing written, or nothing changed
    :raises Stale: there is a newer version than the one read
    :raises WrongState: the summary is not being signed
    """
    text = needed(text, "text", _("Write the summary."))
    lock_in(inspection, InspectionStatus.REPORTED)
    before = newest(inspection)
    if before is None or before.number != number:
        raise Stale
    if before.text == text:
        raise BadInput(_("Nothing was changed."), field="text")
    summary = _write(inspection, text, by, at)
    notices.note("summary_rewritten", inspection, by=by, at=at, number=summary.number)
    _ask_to_sign(inspection, at)
    return summary


def sign_anew(inspection: Inspection, *, by: User, at: dt.datetime) -> None:
    """Where a finding went, or until when it is rectified, stands in the paper: what is decided after departments signed
    makes another version, with the same words, and leaves their signatures behind. The caller has locked the inspection.
    """
    summary = newest(inspection)
    if inspection.status != InspectionStatus.REPORTED or summary is None:
        return
    if not summary.signatures.filter(kind=SignKind.SIGNED).exists():
        return
    made = _write(inspection, summary.text, by, at)
    notices.note("summary_overtaken", inspection, by=by, at=at, number=made.number)
    _ask_to_sign(inspection, at)


@transaction.atomic
def sign_summary(
    *, partner: Partner, number: int, kind: str = SignKind.SIGNED, words: str = "", by: User, at: dt.datetime
) -> SummarySignature:
    """A department signs the newest version, or objects with its words. number: of the version read.

    :raises Stale: there is a newer version than the one read
    :raises BadInput: an objection without words
    :raises WrongState: it signed already, was left out, or the summary is not being signed
    """
    inspection = partner.inspection
    lock_in(inspection, InspectionStatus.REPORTED)
    partner.refresh_from_db()
    if partner.dropped_at is not None:
        raise WrongState(_("This department was left out."))
    summary = newest(inspection)
    if summary is None or summary.number != number:
        raise Stale(_("The summary was changed since you opened it. Read it again before you go on."))
    if kind not in SignKind.values:
        raise BadInput(_("Say whether you sign or object."), field="kind")
    words = words.strip()[:300]
    if kind == SignKind.OBJECTED and not words:
        raise BadInput(_("Say what you object to."), field="words")
    if summary.signatures.filter(partner=partner, kind=SignKind.SIGNED).exists():
        raise WrongState(_("Your department has signed this version already."))
    signature = SummarySignature.objects.create(
        summary=summary, partner=partner, kind=kind, words=words, by=by, at=at
    )
    if kind == SignKind.OBJECTED:
        notices.note(
            "summary_objected", inspection, by=by, at=at, department=partner.department_id, reason=words
        )
        notices.tell_lead(
            inspection, "objection", at=at, tone="r", from_department=partner.department_id, reason=words
        )
        return signature
    notices.note("summary_signed", inspection, by=by, at=at, department=partner.department_id, number=number)
    if not unsigned(inspection):
        notices.tell_lead(inspection, "all_signed", at=at, tone="g")
    return signature


@transaction.atomic
def go_back(*, inspection: Inspection, reason: str, by: User, at: dt.datetime) -> Inspection:
    """Somebody has to go there again: the inspection is under way once more, and its summary is written anew.

    :raises BadInput: no reason
    :raises WrongState: the summary is not being signed
    """
    reason = needed(reason)
    lock_in(inspection, InspectionStatus.REPORTED)
    move(inspection, InspectionStatus.UNDER_WAY, at=at, reported_by=None, reported_at=None)
    notices.note("gone_back", inspection, by=by, at=at, reason=reason)
    return inspection


def still_open(inspection: Inspection) -> list[str]:
    """What keeps the inspection from being closed, in sentences."""
    found = [
        _("Finding %(n)d went nowhere yet.") % {"n": number}
        for number in inspection.findings.undecided().order_by("number").values_list("number", flat=True)
    ]
    found += [
        _("%(department)s has not signed the summary.") % {"department": partner.department}
        for partner in unsigned(inspection)
    ]
    return found


@transaction.atomic
def close_inspection(*, inspection: Inspection, by: User, at: dt.datetime) -> Inspection:
    """办结: every finding went somewhere and every department signed; the 汇总 is numbered and printed.

    :raises StillOpen: naming what is open
    :raises WrongState: the summary is not being signed
    """
    lock_in(inspection, InspectionStatus.REPORTED)
    if found := still_open(inspection):
        raise StillOpen(" ".join(found), items=found)
    move(inspection, InspectionStatus.CLOSED, at=at, closed_by=by, closed_at=at)
    notices.note("closed", inspection, by=by, at=at)
    for partner in staying(inspection).filter(leads=False):
        notices.tell_department(partner.department, inspection, "was_closed", at=at, tone="g")
    notices.tell_office(inspection, "was_closed", at=at, tone="g")
    issue_document(
        kind=PAPER, department=inspection.lead, target=newest(inspection), case=None,
        context=contexts.of_summary(inspection, at=at), by=by, at=at,
    )  # fmt: skip
    return inspection
