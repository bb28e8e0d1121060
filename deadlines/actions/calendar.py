"""Editing the working calendar. A change recomputes every open clock, in the same transaction."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput, Stale
from deadlines.actions.changes import recalculate_open
from deadlines.models import CalendarDay, CalendarYear
from departments.models import User
from journal.actions import record

# Business that began before a change may still commit due dates of the old calendar; it is over by then.
SETTLING = dt.timedelta(minutes=5)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_NOTICE = re.compile(r"\S.{2,58}\S")


@dataclass(frozen=True)
class SpecialDay:
    """A day of the notice: a holiday (working=False), or a working day on a weekend."""

    date: dt.date
    working: bool
    name: str


@transaction.atomic
def set_year(
    *,
    year: int,
    notice_number: str,
    days: Iterable[SpecialDay],
    at: dt.datetime,
    by: User | None = None,
    version: int | None = None,
) -> CalendarYear:
    """Enter or correct a year of the official calendar as its notice says; the year is then published.

    `days` are all special days of the year: those left out become ordinary again. version: of the year
    as the person saw it (0: it was not there). Every open clock is counted again.

    :raises BadInput: no notice number, no days, or a day of another year or twice (field `notice_number`, `days`)
    :raises Stale: somebody changed the year meanwhile
    """
    wanted = {}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(_("There is no such year in this calendar."), field="year")
    if not _NOTICE.fullmatch(notice_number.strip()):
        raise BadInput(_("State the number of the notice."), field="notice_number")
    for special in days:
        if special.date.year != year:
            raise BadInput(_("%s lies in another year.") % special.date.isoformat(), field="days")
        if special.date in wanted:
            raise BadInput(_("%s is listed twice.") % special.date.isoformat(), field="days")
        if special.working and special.date.weekday() < 5:  # a holiday on a weekend is named nevertheless
            raise BadInput(_("%s is a working day anyway.") % special.date.isoformat(), field="days")
        wanted[special.date] = special
    if not wanted:
        raise BadInput(_("Enter the days of the notice."), field="days")
    row = CalendarYear.objects.select_for_update().filter(year=year).first()
    if version is not None and version != (row.version if row else 0):
        raise Stale
    row = row or CalendarYear(year=year, created_at=at, version=0)
    row.published, row.notice_number = True, notice_number.strip()
    row.edition, row.settled, row.updated_at, row.version = uuid.uuid4(), False, at, row.version + 1
    row.save()
    changed = _replace_days(year, row.notice_number, wanted, at)
    record("calendar.changed", target=row, by=by, at=at, year=year, notice=row.notice_number, days=changed)
    recalculate_open(at=at, by=by, reason=row.notice_number)
    return row


def _replace_days(year: int, notice: str, wanted: dict[dt.date, SpecialDay], at: dt.datetime) -> list[str]:
    """Write the year's special days; the dates that differ from before, in ISO form."""
    changed = []
    known = {day.date: day for day in CalendarDay.objects.filter(date__year=year)}
    for date in sorted(known.keys() | wanted.keys()):
        old, new = known.get(date), wanted.get(date)
        if old is None and new is not None:
            CalendarDay.objects.create(
                date=date,
                working=new.working,
                name=new.name,
                notice_number=notice,
                created_at=at,
                updated_at=at,
            )
        elif new is None and old is not None:
            old.delete()
        elif old is not None and new is not None and (old.working, old.name) != (new.working, new.name):
            old.working, old.name, old.notice_number = new.working, new.name, notice
            old.updated_at, old.version = at, old.version + 1
            old.save()
        else:
            continue
        changed.append(date.isoformat())
    return changed


@transaction.atomic
def settle_calendar(*, at: dt.datetime) -> int:
    """Count open clocks once more, some minutes after a change: business that was under way when the calendar
    changed may have started clocks by the old one. How many due dates moved. A job of the clerk.
    """
    years = list(
        CalendarYear.objects.select_for_update(skip_locked=True)
        .filter(settled=False, updated_at__lte=at - SETTLING)
        .order_by("year")
    )
    if not years:
        return 0
    moved = recalculate_open(at=at, reason="、".join(year.notice_number for year in years))
    CalendarYear.objects.filter(pk__in=[year.pk for year in years]).update(settled=True)
    return moved
