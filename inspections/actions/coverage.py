"""The year of full coverage with its clock, kept by a job; and how often a year a body may be visited."""

import datetime as dt
from types import SimpleNamespace

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.dictionaries import check_version, one_at_a_time
from core.refusals import BadInput
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.enums import Function
from departments.models import Department, Region, User
from inspections.coverage import coverage_of, institutions
from inspections.frequency import caps_of
from inspections.models import CoverageYear, VisitCap
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
