"""The demo county's stories of what happens between receipt and decision reach the end they name."""

import datetime as dt

import pytest

from config.demo.comparisons import tell_comparisons
from config.demo.diary import Diary
from config.demo.discipline import tell_discipline
from config.demo.papers import file_scans
from config.demo.plots import PLOTS
from config.demo.stories import Story
from config.demo.world import build_world
from config.management.commands.demo import Command, first_day
from core.dates import local_date
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from documents.workbench import unsealed
from referrals.models import Comparison, Referral

pytestmark = pytest.mark.django_db
ENDS = {
    "completing": ["received"],
    "accepted_in_part": ["accepted"],
    "forwarded": ["forwarded", "sent"],
    "on_paper": ["answered"],
    "supervised": ["accepted"],
}


def test_every_story_between_receipt_and_decision_reaches_its_end(now):
    world = build_world(at=now - dt.timedelta(days=400))
    Command()._subjects(world, now)
    calendar = Calendar.current()
    for index, plot in enumerate(PLOTS):
        if plot.end not in ENDS:
            continue
        start = first_day(calendar, local_date(now), plot.ago)
        story = Story(world, Diary(calendar=calendar, start=start, now=now, random=world.random), plot, index)
        story.tell()
        for referral in story.referrals:
            referral.refresh_from_db()
        assert [referral.status for referral in story.referrals] == ENDS[plot.end], plot
        first = story.referrals[0]
        if plot.end == "completing":
            assert first.completions.get().status == "asked"
        if plot.end == "accepted_in_part":
            assert first.verdicts.filter(accepted=False).count() == 1
        if plot.end == "on_paper":
            assert [said.kind for said in first.sayings.all()] == ["accepted", "answered"]
        if plot.end == "supervised":
            assert first.supervisions.get().status == "replied"


def test_lists_are_compared_and_a_letter_goes_to_discipline_inspection(now):
    world = build_world(at=now - dt.timedelta(days=400))
    Command()._subjects(world, now)
    calendar = Calendar.current()
    index, plot = next((index, plot) for index, plot in enumerate(PLOTS) if plot.end == "investigating")
    start = first_day(calendar, local_date(now), plot.ago)
    Story(world, Diary(calendar=calendar, start=start, now=now, random=world.random), plot, index).tell()
    tell_comparisons(world, now=now, calendar=calendar)
    told = Comparison.objects.order_by("pk")
    stands = [(each.status, each.unasked, each.rows.exclude(lead=None).count()) for each in told]
    assert stands == [("answered", False, 1), ("received", False, 0), ("answered", True, 0)]
    tell_discipline(world, now=now, calendar=calendar)
    letter = Referral.objects.get(receiver__named_only=True)
    assert letter.status == "received"
    registrar = world.one(Function.INSURANCE, Role.REGISTRAR)
    before = unsealed(registrar).count()
    file_scans(world, now=now)
    assert before > unsealed(registrar).count() == 2
