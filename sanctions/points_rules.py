"""记分 of persons and the yearly score of institutions: bands and what follows. Pure functions (FACTS §2.7, E41, E44).

医保发〔2024〕23号: points are counted by calendar year, in bands 1–3, 4–6, 7–9 and 10–12. At 6 the person is talked to
(约谈), from 9 on the eligibility for payment is suspended for 1 to 6 months, at 12 it ends for a year, for three years
where one act brought all 12. What a person repairs locally takes at most 4 points off a year.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST = 12  # of one act
BANDS = ((1, 3), (4, 6), (7, 9), (10, MOST))
TALK_FROM, SUSPEND_FROM, END_FROM = 6, 9, 12
SUSPEND_MONTHS = (1, 6)
END_YEARS, END_YEARS_IN_ONE_ACT = 1, 3
MOST_REPAIRED = 4  # points a year
PASS = Decimal("60")  # a yearly score below it ends the agreement (E44)
BEST = Decimal("100")

TALK, SUSPEND, END = "talk", "suspend", "end"


@dataclass(frozen=True)
class Points:
    """What stands against a person in a year: points of acts, those repaired, and the most one act brought."""

    given: int = 0
    repaired: int = 0
    most_in_one_act: int = 0

    @property
    def total(self) -> int:
        return max(0, self.given - min(self.repaired, MOST_REPAIRED))

    @property
    def band(self) -> int:
        """0: none; 1 to 4 as in `BANDS`; more than twelve is the last."""
        return next(
            (n for n, (low, high) in enumerate(BANDS, 1) if low <= self.total <= high), 4 if self.total else 0
        )


def add_up(entries: Iterable[tuple[int, bool]]) -> Points:
    """entries: (points, whether they were repaired) of confirmed entries of one person and year."""
    given = repaired = most = 0
    for points, is_repair in entries:
        if is_repair:
            repaired += points
        else:
            given += points
            most = max(most, points)
    return Points(given, repaired, most)


def consequences(points: Points) -> tuple[str, ...]:
    """What is to be proposed at this total, the gravest last; each once a year."""
    return tuple(
        kind
        for kind, least in ((TALK, TALK_FROM), (SUSPEND, SUSPEND_FROM), (END, END_FROM))
        if points.total >= least
    )


def end_years(points: Points) -> int:
    """For how many years the eligibility ends at 12 points."""
    return END_YEARS_IN_ONE_ACT if points.most_in_one_act >= MOST else END_YEARS


def year_of(day: dt.date) -> int:
    """The year a day's points are counted in."""
    return day.year


def fails(score: Decimal) -> bool:
    """Whether a yearly score ends the agreement."""
    return score < PASS
