"""归档: a closed case is put together by its handler and confirmed by another; its 卷宗目录 is issued then (ADR 0075)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.actions.evidence import verify_evidence
from cases.actions.locking import lock_case
from cases.actions.progress import what_is_open
from cases.catalogue import KIND, catalogue_context
from cases.enums import CaseStatus, Keeping
from cases.models import Case, CaseArchive, Evidence
from core import registry
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, StillOpen, WrongState
from departments.models import User
from documents.actions.issuing import issue_document
from documents.models import IssuedDocument
from journal.actions import record


@dataclass(frozen=True)
class Check:
    """One thing the archive asks for. missing: (what is not there, address); explainable: a word on why will do."""

    label: Any
    missing: list[tuple[str, str]]
    explainable: bool = False


def checks_of(case: Case, user: User) -> list[Check]:
    """Everything asked of a case before it is archived, with what is missing, as far as this person sees its papers."""
    papers = IssuedDocument.objects.visible_to(user).of_case(case).filter(voided_at=None, sealed_at=None).exclude(kind=KIND)
    files = list(Evidence.objects.filter(case=case, voided_at=None).order_by("pk"))
    page = reverse("cases:detail", args=[case.pk])
    elsewhere = [said for ask in registry.archive_checks for said in ask(case)]
    touched = [_file(each) for each in files if not verify_evidence(each)]
    unsealed = [(str(each), each.get_absolute_url()) for each in papers.defer("context")]
    return [
        Check(_("Every part, letter and clock is done"), [(said, page) for said in what_is_open(case)]),
        Check(_("Every topic and resolution of a meeting about it is done"), elsewhere),
        Check(_("Every file of evidence is as it was filed"), touched),
        Check(_("Every paper has its sealed copy"), unsealed, explainable=True),
        Check(_("Every file has its number of pages"), [_file(each) for each in files if not each.pages], explainable=True),
    ]


def _file(each: Evidence) -> tuple[str, str]:
    return each.name, reverse("cases:evidence", args=[each.pk])


def _check(case: Case, explained: str, user: User) -> None:
    asked = checks_of(case, user)
    items = [said for each in asked if not each.explainable for said, _url in each.missing]
    if items:
        raise StillOpen(_("The case cannot be archived while these are missing."), items=items)
    if not explained.strip() and any(each.missing for each in asked):
        raise BadInput(_("Say why papers or numbers of pages are missing."), field="explained")


def kept_until(case: Case, keeping: str) -> dt.date | None:
    """The last day of the retention period, counted from 1 January after the year the case was closed; None for ever."""
    years = {Keeping.YEARS_30: 30, Keeping.YEARS_10: 10}.get(Keeping(keeping))
    if years is None or case.closed_at is None:
        return None
    return dt.date(local_date(case.closed_at).year + years, 12, 31)


def void_veto(document: Any) -> list[str]:
    """Papers of an archived case stay as they are, and the catalogue of a volume for ever; asked before one is voided."""
    kept = Q(case=document.case_id, ended_at=None) | Q(catalogue=document.pk)
    if document.case_id is None or not CaseArchive.objects.filter(kept).exists():
        return []
    return [str(_("The case is archived. Nothing is added unless it is reopened with a reason."))]


@transaction.atomic
def file_for_archive(
    *, case: Case, number: str, keeping: str, box: str = "", explained: str = "", by: User, at: dt.datetime
) -> CaseArchive:
    """Put a closed case together for the archive; somebody else confirms it. Reopened and archived again it is volume 2.

    number: 档号, never used again by another case of the department. explained: why a paper has no sealed copy, or a file
    no number of pages.

    :raises BadInput: no number or one used before, no such retention period, nothing said of what is missing (by field)
    :raises WrongState: the case is not closed
    :raises AlreadyDone: it is archived, or waits to be confirmed
    :raises StillOpen: what is missing and cannot be explained, in `details["items"]`
    """
    lock_case(case)
    if case.status != CaseStatus.CLOSED:
        raise WrongState(_("Only a closed case is archived."))
    if case.archives.in_force().exists():
        raise AlreadyDone(_("The case is in the archive already."))
    faults: dict[str, Any] = {}
    if not number.strip():
        faults["number"] = _("Enter the archive number.")
    elif CaseArchive.objects.filter(department=case.owner, number=number.strip()).exclude(case=case).exists():
        faults["number"] = _("This archive number was given to another case.")
    if keeping not in Keeping.values:
        faults["keeping"] = _("Choose one of those offered here.")
    if faults:
        raise BadInput.several(faults)
    _check(case, explained, by)
    volume = case.archives.filter(confirmed_at__isnull=False).count() + 1
    archive = CaseArchive.objects.create(
        case=case, department=case.owner, number=number.strip(), box=box.strip(), volume=volume, keeping=keeping,
        until=kept_until(case, keeping), explained=explained.strip(), filed_by=by, filed_at=at,
    )  # fmt: skip
    record("case.archive_filed", target=case, case=case, by=by, at=at, number=archive.number)
    return archive


def _pending(archive: CaseArchive) -> None:
    lock_case(archive.case)
    archive.refresh_from_db()
    if archive.ended_at is not None or archive.confirmed_at is not None:
        raise WrongState(_("This does not wait to be confirmed any more."))


@transaction.atomic
def confirm_archive(*, archive: CaseArchive, by: User, at: dt.datetime) -> CaseArchive:
    """The archive takes the case in: the catalogue is issued as a numbered paper and frozen.

    :raises FourEyes: whoever put it together does not confirm it
    :raises WrongState: it does not wait for that any more
    :raises StillOpen: something is missing now, in `details["items"]`
    """
    _pending(archive)
    if archive.filed_by_id == by.pk:
        raise FourEyes
    case = archive.case
    _check(case, archive.explained, by)
    archive.confirmed_by, archive.confirmed_at = by, at
    record("case.archived", target=case, case=case, by=by, at=at, number=archive.number)
    archive.catalogue = issue_document(
        kind=KIND, department=archive.department, context=catalogue_context(archive, by, at=at), target=archive, case=case,
        by=by, at=at,
    )  # fmt: skip
    archive.save(update_fields=["confirmed_by", "confirmed_at", "catalogue"])
    return archive


@transaction.atomic
def return_archive(*, archive: CaseArchive, reason: str, by: User, at: dt.datetime) -> CaseArchive:
    """Send it back to who put it together.

    :raises BadInput: no reason
    :raises WrongState: it does not wait to be confirmed any more
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    _pending(archive)
    archive.ended_by, archive.ended_at, archive.end_reason = by, at, reason.strip()
    archive.save(update_fields=["ended_by", "ended_at", "end_reason"])
    record("case.archive_returned", target=archive.case, case=archive.case, by=by, at=at, reason=reason.strip())
    return archive
