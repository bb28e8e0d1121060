"""The year of full coverage with its clock, kept by a job; and how often a year a body may be visited."""

import datetime as dt
from types import SimpleNamespace

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Subject
from core.dates import local_date
from core.dictionaries import check_version, one_at_a_time
from core.refusals import AlreadyDone, BadInput
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.enums import Function
from departments.models import Department, Region, User
from inspections.coverage import KINDS, coverage_of, institutions
from inspections.frequency import caps_of
from inspections.models import CoverageExemption, CoverageYear, VisitCap
from journal.actions import record

CLOCK = "full_coverage"
MOST = 52


def run_coverage(*, at: dt.datetime) -> tuple[int, int]:
    """Open this year for every region that has institutions, and end the clock of those covered: (opened, covered).

    As often as run, from any number of processes.
    """
    year, opened, covered = local_date(at).year, 0, 0
    owing = Department.objects.filter(function=Function.INSURANCE, active=True, has_account=True)
    for department in owing.select_related("region").order_by("pk"):
        if not CoverageYear.objects.filter(region=department.region, year=year).exists():
            opened += open_year(department=department, year=year, at=at)
    waiting = CoverageYear.objects.filter(covered_at=None, year__gte=year - 1).select_related(
        "region", "department"
    )
    for each in waiting.order_by("pk"):
        covered += cover(coverage=each, at=at)
    return opened, covered


@transaction.atomic
def open_year(*, department: Department, year: int, at: dt.datetime) -> bool:
    """Open a region's year, its clock due on 31 December; whether this call did. Not before it has an institution."""
    if not institutions(department.region, year).exists():
        return False
    coverage, made = CoverageYear.objects.get_or_create(
        region=department.region, year=year,
        defaults={"department": department, "created_at": at, "updated_at": at},
    )  # fmt: skip
    if made:
        start_clock(
            code=CLOCK, target=coverage, department=department, region_id=department.region_id,
            due_on=dt.date(year, 12, 31), at=at,
        )  # fmt: skip
        _note("opened", coverage, at, year=year)
    return made


def _note(verb: str, coverage: CoverageYear, at: dt.datetime, **params: object) -> None:
    where = SimpleNamespace(pk=None, owner_id=coverage.department_id, region_id=coverage.region_id)
    record(f"coverage.{verb}", target=coverage, by=None, at=at, case=where, **params)


@transaction.atomic
def cover(*, coverage: CoverageYear, at: dt.datetime) -> bool:
    """End the clock once every institution of the region had its visit; whether this call did.

    An institution entered afterwards shows in the figures of the year and starts no second clock.
    """
    CoverageYear.objects.select_for_update(of=("self",)).get(pk=coverage.pk)
    coverage.refresh_from_db()
    whole = coverage_of(coverage.region, coverage.year).whole
    if coverage.covered_at is not None or not whole.total or whole.left:
        return False
    coverage.covered_at, coverage.updated_at, coverage.version = at, at, coverage.version + 1
    coverage.save(update_fields=["covered_at", "updated_at", "version"])
    clock = open_clock(coverage, CLOCK)
    if clock is not None:
        meet_clock(deadline=clock, at=at, by=None)
    _note("covered", coverage, at, year=coverage.year, count=whole.total)
    return True


@transaction.atomic
def exempt_body(*, subject: Subject, from_year: int, reason: str, by: User, at: dt.datetime) -> CoverageExemption:
    """Leave a body out of the coverage from a year on: closed, merged, its agreement ended. Its visits stay.

    :raises BadInput: no institution or pharmacy of the region, a year other than this or the last, no reason, by field
    :raises AlreadyDone: it is left out already
    """
    one_at_a_time()
    faults, reason, year = {}, reason.strip(), local_date(at).year
    if subject.kind not in KINDS or subject.region_id != by.department.region_id:
        faults["subject"] = _("Choose an institution or pharmacy of this region.")
    if not year - 1 <= from_year <= year:
        faults["from_year"] = _("From this year on, or from the last.")
    if not reason or len(reason) > 200:
        faults["reason"] = _("Give the reason, in at most 200 characters.")
    if faults:
        raise BadInput.several(faults)
    if CoverageExemption.objects.filter(subject=subject, ended_at=None).exists():
        raise AlreadyDone(_("%(name)s does not count already.") % {"name": subject.name})
    made = CoverageExemption.objects.create(
        region=subject.region, subject=subject, from_year=from_year, reason=reason, by=by, at=at
    )
    record(
        "coverage.exempted", target=("region", subject.region_id), by=by, at=at, subject=subject.pk,
        code=subject.uscc or "—", year=from_year, reason=reason,
    )  # fmt: skip
    return made


@transaction.atomic
def count_again(*, exemption: CoverageExemption, by: User, at: dt.datetime) -> CoverageExemption:
    """It counts again from this calendar year on; the years before stay as they were reported.

    :raises AlreadyDone: it counts again already
    """
    CoverageExemption.objects.select_for_update(of=("self",)).get(pk=exemption.pk)
    exemption.refresh_from_db()
    if exemption.ended_at is not None:
        raise AlreadyDone(_("%(name)s counts again already.") % {"name": exemption.subject.name})
    exemption.ended_by, exemption.ended_at = by, at
    exemption.save(update_fields=["ended_by", "ended_at"])
    record(
        "coverage.counted_again", target=("region", exemption.region_id), by=by, at=at, subject=exemption.subject_id,
        code=exemption.subject.uscc or "—", year=local_date(at).year,
    )  # fmt: skip
    return exemption


@transaction.atomic
def change_caps(*, region: Region, version: int, by: User, at: dt.datetime, **most: int) -> dict[str, int]:
    """Say anew how often a year bodies of each kind are visited at most; kind → cap.

    version: of the values as the form showed them (`core.dictionaries`).

    :raises Stale: somebody changed them meanwhile
    :raises BadInput: a number that is none from 1 to 52, by its kind
    """
    one_at_a_time()
    old = caps_of(region)
    check_version(version, old)
    faults = {kind: _("From %(least)d to %(most)d.") % {"least": 1, "most": MOST}
              for kind in old if not 1 <= most[kind] <= MOST}  # fmt: skip
    if faults:
        raise BadInput.several(faults)
    changed = [kind for kind in sorted(old) if old[kind] != most[kind]]
    for kind in changed:
        cap = VisitCap.objects.filter(region=region, kind=kind).first()
        if cap is None:  # the shipped one stays as it is, for the other counties
            cap = VisitCap(region=region, kind=kind, created_at=at, version=0)
        cap.most, cap.updated_at, cap.version = most[kind], at, cap.version + 1
        cap.save()
    if changed:
        record(
            "coverage.caps_changed", target=("region", region.pk), by=by, at=at,
            cap_changes=[[kind, old[kind], most[kind]] for kind in changed],
        )  # fmt: skip
    return caps_of(region)
