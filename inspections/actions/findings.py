"""What was found, on which day, with its evidence."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.dates import local_date
from core.money import exact
from core.refusals import BadInput, Stale, WrongState
from departments.models import Category, User
from documents import storage
from inspections import notices
from inspections.actions.common import finding_department, lock_in
from inspections.enums import InspectionStatus, Outcome, VisitStatus
from inspections.models import Finding, FindingFile, Visit

WORKING = (InspectionStatus.UNDER_WAY, InspectionStatus.REPORTED)


def _check(
    visit: Visit, category: Category, found_on: dt.date, text: str, amount: Any, at: dt.datetime
) -> Decimal | None:
    """:raises BadInput: naming every fault at once, each under its field"""
    faults: dict[str, Any] = {}
    if not text.strip():
        faults["text"] = _("Write down what was found.")
    if found_on > local_date(at):
        faults["found_on"] = _("The date lies in the future.")
    elif found_on < visit.visited_on:
        faults["found_on"] = _("This is before the visit of %(day)s.") % {"day": visit.visited_on.isoformat()}
    if not category.active:
        faults["category"] = _("%(category)s is switched off: choose another one.") % {"category": category}
    if faults:
        raise BadInput.several(faults)
    return exact(amount) if amount not in (None, "") else None


@transaction.atomic
def add_finding(
    *, visit: Visit, category: Category, text: str, found_on: dt.date | None = None, evidence: str = "",
    amount: Decimal | str | None = None, files: Sequence[Any] = (), by: User, at: dt.datetime,
) -> Finding:  # fmt: skip
    """Write down something that is not in order, found by the person's department; of a supporting one by the lead, which
    decides where it goes. `found_on`: the day of the visit
    unless it came to light later; from it clocks of discovery run, whenever a case is registered (C14).

    :raises BadInput: nothing written, a day before the visit or in the future, a category switched off, an amount that
        cannot be, or a file that cannot be filed
    :raises WrongState: the inspection is not under way, or the record is void
    """
    inspection = visit.inspection
    lock_in(inspection, InspectionStatus.UNDER_WAY)
    visit.refresh_from_db()
    if visit.status == VisitStatus.VOID:
        raise WrongState(_("This record is void: write it down with the visit that was made."))
    found_on = found_on or visit.visited_on
    amount = _check(visit, category, found_on, text, amount, at)
    number = (inspection.findings.aggregate(last=Max("number"))["last"] or 0) + 1
    finding = Finding.objects.create(
        inspection=inspection, visit=visit, number=number, department=finding_department(inspection, by.department),
        category=category, found_on=found_on, text=text.replace("\r\n", "\n").strip(), evidence=evidence.strip(),
        amount=amount, added_by=by, added_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    for upload in files:
        _keep(finding, upload, by, at)
    notices.note(
        "found",
        inspection,
        target=finding,
        by=by,
        at=at,
        finding=number,
        found_on=found_on,
        category_code=category.code,
    )
    return finding


@transaction.atomic
def edit_finding(
    *, finding: Finding, version: int, category: Category, text: str, found_on: dt.date, evidence: str = "",
    amount: Decimal | str | None = None, by: User, at: dt.datetime,
) -> Finding:  # fmt: skip
    """Correct a finding that went nowhere yet. Its day is settled with the printed record of the visit.

    :raises Stale: somebody changed it since the form was opened
    :raises BadInput: see `add_finding`; or another day after the record was printed
    :raises WrongState: it went somewhere, stands in the printed record, or the inspection is not under way
    """
    lock_in(finding.inspection, InspectionStatus.UNDER_WAY)
    finding.refresh_from_db()
    if finding.version != version:
        raise Stale
    if finding.outcome != Outcome.OPEN:
        raise WrongState(_("This finding went somewhere already: it stays as it was."))
    if finding.in_record:
        raise WrongState(
            _(
                "This finding stands in the printed record: take the record back to be corrected before it is signed."
            )
        )
    if found_on != finding.found_on and finding.visit.status != VisitStatus.OPEN:
        raise BadInput(
            _("The day of a finding is settled with the printed record."), field="found_on", record=True
        )
    finding.amount = _check(finding.visit, category, found_on, text, amount, at)
    finding.category, finding.found_on, finding.evidence = category, found_on, evidence.strip()
    finding.text = text.replace("\r\n", "\n").strip()
    finding.updated_at, finding.version = at, finding.version + 1
    finding.save(
        update_fields=["amount", "category", "found_on", "evidence", "text", "updated_at", "version"]
    )
    notices.note("finding_edited", finding.inspection, target=finding, by=by, at=at, finding=finding.number)
    return finding


def _keep(finding: Finding, upload: Any, by: User, at: dt.datetime) -> FindingFile:
    checked = check_upload(upload)
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    if finding.files.filter(sha256=digest).exists():
        raise BadInput(_("%(name)s lies here already.") % {"name": checked.name}, field="files")
    return FindingFile.objects.create(
        finding=finding, name=checked.name[:150], file=name, media_type=checked.media_type, size=len(checked.content),
        sha256=digest, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def add_finding_files(*, finding: Finding, files: Sequence[Any], by: User, at: dt.datetime) -> Finding:
    """Photographs and copies that show it.

    :raises BadInput: none, one that cannot be filed, or one that lies there already (field `files`)
    :raises WrongState: it is in a case by now (evidence is filed there), or the inspection is over
    """
    if not files:
        raise BadInput(_("Choose at least one file."), field="files")
    lock_in(finding.inspection, *WORKING)
    finding.refresh_from_db()
    if finding.case_id is not None:
        raise WrongState(_("This finding is in a case: file the evidence there."))
    for upload in files:
        made = _keep(finding, upload, by, at)
        notices.note(
            "finding_file_added", finding.inspection, target=finding, by=by, at=at, finding=finding.number,
            file_name=made.name,
        )  # fmt: skip
    return finding
