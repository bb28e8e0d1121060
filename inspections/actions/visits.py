"""On site: a visit is begun with its officers, its checklists worked, its record written."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from departments.models import User
from documents import storage
from inspections import notices
from inspections.actions.common import OFFICERS, lock_in, lock_visit, staying
from inspections.actions.draw_plan import check_team
from inspections.enums import InspectionStatus, ItemResult, MemberRole, VisitStatus
from inspections.models import Checklist, Member, Target, Visit, VisitFile, VisitItem, VisitOfficer

STANDING = tuple(each for each in VisitStatus if each != VisitStatus.VOID)
SAID = ("begins", "ends", "place", "situation", "told_recusal", "party_name", "party_title", "party_words")


def check_officers(target: Target, officers: Iterable[Member], on: dt.date) -> list[Member]:
    """Those who stand in a record as inspectors, without the same one twice.

    :raises BadInput: somebody who is no inspector of this inspection, a certificate not valid on the day, fewer than two
        of a department that was there (field `officers`)
    """
    found = list({member.pk: member for member in officers}.values())
    for member in found:
        if member.inspection_id != target.inspection_id or member.role != MemberRole.INSPECTOR:
            raise BadInput(
                _("%(name)s assists: only certified inspectors of this inspection sign its record.")
                % {"name": member.name},
                field="officers", record=True,
            )  # fmt: skip
        certificate = member.certificate
        assert certificate is not None
        withdrawn = certificate.withdrawn_at is not None and local_date(certificate.withdrawn_at) <= on
        if member.left_at is not None or withdrawn or certificate.valid_until < on:
            raise BadInput(
                _("%(name)s's certificate %(number)s was not valid on this day.")
                % {"name": member.name, "number": member.certificate_number},
                field="officers",
            )
    there = {member.partner_id for member in found}
    alone = any(sum(member.partner_id == one for member in found) < OFFICERS for one in there)
    if not found or alone:
        raise BadInput(_("At least two officers of each department that was there."), field="officers")
    return found


@transaction.atomic
def open_visit(
    *, target: Target, visited_on: dt.date, begins: dt.time, place: str, officers: Sequence[Member],
    reserve_reason: str = "", by: User, at: dt.datetime,
) -> Visit:  # fmt: skip
    """Begin the record of a visit. The officers named have shown their certificates; the checklists of their departments
    are copied in as they stand now.

    reserve_reason: where officers were drawn, why those before somebody of the reserve do not go, a line each.

    :raises BadInput: see `check_officers` and `check_team`;
        a day outside the inspection or in the future, no place, or recorded already
    :raises WrongState: the inspection is not under way, or the target was left out
    """
    inspection = target.inspection
    lock_in(inspection, InspectionStatus.UNDER_WAY)
    target.refresh_from_db()
    if target.dropped_at is not None:
        raise WrongState(_("This target was left out."))
    faults: dict[str, Any] = {}
    if visited_on > local_date(at):
        faults["visited_on"] = _("The date lies in the future.")
    elif not inspection.starts_on <= visited_on <= inspection.ends_on:
        faults["visited_on"] = _("The inspection runs from %(start)s to %(end)s.") % {
            "start": inspection.starts_on.isoformat(), "end": inspection.ends_on.isoformat(),
        }  # fmt: skip
    if not place.strip():
        faults["place"] = _("Say where it was.")
    if faults:
        raise BadInput.several(faults)
    there = check_officers(target, officers, visited_on)
    reason = check_team(target, there, reserve_reason)
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                inspection=inspection, target=target, visited_on=visited_on, begins=begins, place=place.strip(),
                reserve_reason=reason, opened_by=by, opened_at=at, created_at=at, updated_at=at,
            )  # fmt: skip
    except IntegrityError as clash:
        if "visit_once_a_day" not in str(clash):
            raise
        raise BadInput(_("The visit of this day is recorded already."), field="visited_on") from clash
    VisitOfficer.objects.bulk_create(
        VisitOfficer(visit=visit, member=member, showed=True) for member in there
    )
    _copy_checklists(visit, {member.partner_id for member in there})
    notices.note(
        "visited", inspection, target=visit, by=by, at=at, visited_on=visited_on, subject=target.subject_id,
        reason=reason,
    )  # fmt: skip
    return visit


def _copy_checklists(visit: Visit, partners: set[int]) -> None:
    """What each department looks at, as it stands now: later edits of the dictionary change no record."""
    for partner in staying(visit.inspection).filter(pk__in=partners):
        lists = Checklist.objects.of(partner.department).prefetch_related("items").order_by("pk")
        lines = [item for each in lists for item in each.items.all()]
        VisitItem.objects.bulk_create(
            VisitItem(
                visit=visit, department=partner.department, position=place, text=item.text, basis=item.basis,
                category_id=item.category_id,
            )
            for place, item in enumerate(lines, 1)
        )  # fmt: skip


@transaction.atomic
def change_officers(
    *, visit: Visit, officers: Sequence[Member], reserve_reason: str = "", by: User, at: dt.datetime
) -> Visit:
    """Who was there, said anew while the record is open.

    :raises BadInput: see `check_officers` and `check_team`
    :raises WrongState: the record was printed
    """
    lock_visit(visit, VisitStatus.OPEN)
    there = check_officers(visit.target, officers, visit.visited_on)
    visit.reserve_reason = check_team(visit.target, there, reserve_reason)
    _touch(visit, at, "reserve_reason")
    visit.officers.all().delete()
    VisitOfficer.objects.bulk_create(
        VisitOfficer(visit=visit, member=member, showed=True) for member in there
    )
    known = set(visit.items.values_list("department", flat=True))
    _copy_checklists(
        visit, {member.partner_id for member in there if member.partner.department_id not in known}
    )
    notices.note(
        "officers_changed", visit.inspection, target=visit, by=by, at=at, count=len(there),
        reason=visit.reserve_reason,
    )  # fmt: skip
    return visit


def _touch(visit: Visit, at: dt.datetime, *fields: str) -> None:
    visit.updated_at, visit.version = at, visit.version + 1
    visit.save(update_fields=[*fields, "updated_at", "version"])


@transaction.atomic
def write_record(*, visit: Visit, version: int, by: User, at: dt.datetime, **said: Any) -> Visit:
    """What the record says (`SAID`), while it is open.

    :raises Stale: somebody wrote it since the form was opened
    :raises BadInput: it ends before it begins, or no place
    :raises WrongState: the record was printed
    """
    lock_visit(visit, VisitStatus.OPEN)
    if visit.version != version:
        raise Stale
    faults: dict[str, Any] = {}
    if said["ends"] is not None and said["ends"] < said["begins"]:
        faults["ends"] = _("It ends before it begins.")
    if not said["place"].strip():
        faults["place"] = _("Say where it was.")
    if faults:
        raise BadInput.several(faults)
    for name in SAID:
        value = said[name]
        setattr(visit, name, value.replace("\r\n", "\n").strip() if isinstance(value, str) else value)
    _touch(visit, at, *SAID)
    notices.note("record_written", visit.inspection, target=visit, by=by, at=at)
    return visit


@transaction.atomic
def check_items(*, visit: Visit, results: Mapping[int, tuple[str, str]], by: User, at: dt.datetime) -> Visit:
    """Work through checklists: {line id: (result, remark)}; what is left out stays as it is.

    :raises BadInput: a line of another visit or an unknown result (field `result_<id>`), a problem without a remark
    :raises WrongState: the record was printed
    """
    lock_visit(visit, VisitStatus.OPEN)
    items = {item.pk: item for item in visit.items.filter(pk__in=results)}
    faults: dict[str, Any] = {}
    for pk, (result, remark) in results.items():
        if pk not in items or result not in ItemResult.values:
            faults[f"result_{pk}"] = _("Choose one of the results.")
        elif result == ItemResult.PROBLEM and not remark.strip():
            faults[f"remark_{pk}"] = _("Say what the problem is.")
    if faults:
        raise BadInput.several(faults)
    changed = 0
    for pk, (result, remark) in results.items():
        item = items[pk]
        if (item.result, item.remark) == (result, remark.strip()):
            continue
        item.result, item.remark = result, remark.strip()
        item.checked_by, item.checked_at = (by, at) if result else (None, None)
        item.save(update_fields=["result", "remark", "checked_by", "checked_at"])
        changed += 1
    if changed:
        _touch(visit, at)
        notices.note("items_checked", visit.inspection, target=visit, by=by, at=at, count=changed)
    return visit


def keep_file(visit: Visit, upload: Any, by: User, at: dt.datetime) -> VisitFile:
    """:raises BadInput: see `check_upload`; or the same file lies there already"""
    checked = check_upload(upload, field="upload")
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    if visit.files.filter(sha256=digest).exists():
        raise BadInput(_("%(name)s lies here already.") % {"name": checked.name}, field="upload")
    return VisitFile.objects.create(
        visit=visit, name=checked.name[:150], file=name, media_type=checked.media_type, size=len(checked.content),
        sha256=digest, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def add_visit_file(*, visit: Visit, upload: Any, by: User, at: dt.datetime) -> VisitFile:
    """A photograph of the site, or the scan of the record that came later.

    :raises BadInput: see `check_upload`; or it lies there already
    :raises WrongState: the inspection is not under way, or the record is void
    """
    lock_visit(visit, *STANDING)
    made = keep_file(visit, upload, by, at)
    notices.note("visit_file_added", visit.inspection, target=visit, by=by, at=at, file_name=made.name)
    return made


@transaction.atomic
def take_file(*, file: Any, by: User, at: dt.datetime) -> bytes:
    """The bytes of a file of a visit or a finding, and the event that somebody took them.

    :raises Tampered: they are not what was handed in
    """
    data = storage.fetch(file.file, file.sha256)
    thing = file.visit if isinstance(file, VisitFile) else file.finding
    notices.note("file_taken", thing.inspection, target=thing, by=by, at=at, file_name=file.name)
    return data
