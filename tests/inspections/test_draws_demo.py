"""The demo county's draws: one drawn and submitted, one waiting for its witness; told once, and both verify."""

import datetime as dt

import pytest

from cases.actions.subjects import add_subject
from config.demo import content
from config.demo.draw import tell_draws
from config.demo.world import build_world
from departments.enums import Function, Role
from inspections.draw_check import agrees, check
from inspections.draw_record import published
from inspections.models import CoverageYear, Draw, Inspection, Pool


@pytest.mark.parametrize("day", [dt.date(2026, 11, 16), dt.date(2026, 1, 2)])
def test_one_is_drawn_and_one_waits_for_its_witness(db, day):
    now = dt.datetime.combine(day, dt.time(2), dt.UTC)
    world = build_world(at=now - dt.timedelta(days=400))
    for fields in content.SUBJECTS:
        by = world.one(Function.INSURANCE, Role.HANDLER)
        add_subject(region=world.county, by=by, at=now - dt.timedelta(days=399), **fields)
    tell_draws(world, now)
    assert list(Draw.objects.order_by("pk").values_list("status", flat=True)) == ["drawn", "committed"]
    assert all(agrees(check(published(draw))) for draw in Draw.objects.all())
    assert list(Inspection.objects.order_by("pk").values_list("status", flat=True)) == ["agreed", "draft"]
    assert Inspection.objects.order_by("pk").first().targets.filter(drawn=True).count() == 3
    assert CoverageYear.objects.get().year == day.year
    tell_draws(world, now)
    assert Draw.objects.count() == 2 == Pool.objects.count()
