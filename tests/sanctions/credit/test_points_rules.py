"""Bands, repair, reset and consequences of points; the score that ends an agreement."""

import datetime as dt
from decimal import Decimal

import pytest

from sanctions.points_rules import Points, add_up, consequences, end_years, fails, year_of

TABLE = [
    # given, repaired, band, consequences
    (0, 0, 0, ()), (1, 0, 1, ()), (3, 0, 1, ()), (4, 0, 2, ()), (5, 0, 2, ()), (6, 0, 2, ("talk",)), (7, 0, 3, ("talk",)),
    (8, 0, 3, ("talk",)), (9, 0, 3, ("talk", "suspend")), (10, 0, 4, ("talk", "suspend")), (11, 0, 4, ("talk", "suspend")),
    (12, 0, 4, ("talk", "suspend", "end")), (15, 0, 4, ("talk", "suspend", "end")), (9, 1, 3, ("talk",)),
    (12, 4, 3, ("talk",)), (12, 9, 3, ("talk",)), (3, 4, 0, ()),
]  # fmt: skip


@pytest.mark.parametrize(("given", "repaired", "band", "wanted"), TABLE)
def test_bands_and_what_follows(given, repaired, band, wanted):
    points = Points(given, repaired)
    assert (points.band, consequences(points)) == (band, wanted)


def test_entries_add_up_and_one_act_of_twelve_ends_for_three_years():
    points = add_up([(3, False), (5, False), (2, True)])
    assert (points.given, points.repaired, points.total, points.most_in_one_act) == (8, 2, 6, 5)
    assert end_years(add_up([(6, False), (6, False)])) == 1
    assert end_years(add_up([(12, False)])) == 3


def test_points_count_in_the_calendar_year():
    assert (year_of(dt.date(2026, 12, 31)), year_of(dt.date(2027, 1, 1))) == (2026, 2027)


def test_under_sixty_fails_and_sixty_does_not():
    assert fails(Decimal("59.99")) and not fails(Decimal("60.00"))
