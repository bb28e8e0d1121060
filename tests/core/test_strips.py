import datetime as dt
import itertools

import pytest
from django.utils import translation

from core.strips import Strip, StripDay, cells, reasons, sentence


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def november(day):
    return dt.date(2026, 11, day)


def strip(first, last, *, start, due, today, lamp="g", off=(21, 22, 28, 29), provisional=False):
    """A clock over November 2026, whose weekends are 21–22 and 28–29."""
    days, index = [], 0
    for number in range(first, last + 1):
        rest = number in off
        if not rest and number > start:
            index += 1
        days.append(StripDay(november(number), None if rest else index, "weekend" if rest else "", provisional))
    return Strip(days, november(start), november(due), november(today), lamp)


def said(drawn):
    return [(cell.css, cell.number, cell.word) for cell in cells(drawn)]


def test_the_mock_ups_strip():
    drawn = strip(17, 23, start=17, due=20, today=19, lamp="y")
    assert said(strip(17, 20, start=17, due=20, today=19, lamp="y"))[-1] == ("e", "20", "due")
    assert said(drawn) == [
        ("p", "17", "start"),
        ("p", "18", "day 1"),
        ("t", "19", "today"),
        ("e", "20", "due"),
        ("h", "", "off"),
        ("", "23", "Mon"),
    ]
    assert cells(drawn)[4].title == "2026-11-21 weekend; 2026-11-22 weekend"


@pytest.mark.parametrize(("lamp", "css"), [("g", "e gg"), ("y", "e"), ("r", "e rr"), ("n", "e nn")])
def test_the_due_day_has_the_lamps_colour(lamp, css):
    assert said(strip(17, 20, start=17, due=20, today=18, lamp=lamp))[-1] == (css, "20", "due")


def test_days_late_are_shown_as_late():
    drawn = strip(17, 24, start=17, due=19, today=24, lamp="r")
    assert said(drawn)[2:] == [
        ("e rr", "19", "due"),
        ("over", "20", "late"),
        ("h", "", "off"),
        ("over", "23", "late"),
        ("t", "24", "today"),
    ]


def test_a_due_day_on_a_day_off_is_still_drawn():
    assert ("e gg", "21", "due") in said(strip(17, 23, start=17, due=21, today=18))


def test_a_long_clock_keeps_what_matters_and_leaves_a_gap():
    drawn = strip(2, 27, start=2, due=27, today=12, off=(7, 8, 14, 15, 21, 22))
    shown = said(drawn)
    assert shown[0] == ("p", "2", "start")
    assert ("t", "12", "today") in shown
    assert shown[-1] == ("e gg", "27", "due")
    assert ("gap", "", "…") in shown
    assert len([cell for cell in shown if cell[1]]) == 6
    assert all(("h", "", "off") not in pair or ("gap", "", "…") not in pair for pair in itertools.pairwise(shown))


def test_provisional_days_are_marked():
    assert said(strip(17, 18, start=17, due=18, today=17, provisional=True))[0] == ("t prov", "17", "today")


def test_a_strip_is_said_in_words():
    drawn = strip(17, 23, start=17, due=23, today=19)
    assert sentence(drawn) == "Runs from 2026-11-17, due 2026-11-23, today is 2026-11-19"
    assert list(reasons(drawn)) == [
        "2026-11-17",
        "2026-11-18 day 1",
        "2026-11-19 day 2",
        "2026-11-20 day 3",
        "2026-11-21 weekend",
        "2026-11-22 weekend",
        "2026-11-23 day 4",
    ]


def test_reasons_end_with_the_due_day():
    assert list(reasons(strip(17, 23, start=17, due=18, today=17))) == ["2026-11-17", "2026-11-18 day 1"]


def test_a_clock_that_starts_after_its_last_day_has_nothing_to_draw():
    """A count that was put right can leave a last day before the start."""
    over = Strip([], november(20), november(18), november(25))
    assert cells(over) == [] and list(reasons(over)) == []
