"""Copies that are taken: downloads are events too (DESIGN §2 journal)."""

import datetime as dt

from departments.models import User
from inspections.draw_notices import of_draw, of_pool
from inspections.models import Draw, Pool
from journal.actions import record


def copy_taken(*, pool: Pool, by: User, at: dt.datetime) -> None:
    """A pool was downloaded."""
    of_pool("read", pool, by=by, at=at)


def record_taken(*, draw: Draw, by: User, at: dt.datetime) -> None:
    """The record of a draw was downloaded."""
    of_draw("read", draw, by=by, at=at)


def coverage_taken(*, year: int, by: User, at: dt.datetime) -> None:
    """The coverage of a year was downloaded."""
    record("coverage.read", target=("region", by.region.pk), by=by, at=at, year=year)
