"""The pages of pools, draws and coverage in a real Chromium: accessible, nothing stopped by the policy."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.subjects import add_subject
from config.demo import content
from config.demo.draw import tell_draws
from config.demo.world import build_world
from departments.enums import Function, Role
from documents.rendering import render
from inspections.draw_paper import result_list
from inspections.models import Draw, Pool
from tests.browser.conftest import assert_accessible

PICTURES = os.environ.get("PICTURES")  # a folder: each page as it was seen, at 1366 × 768


@pytest.fixture
def world(transactional_db):
    now = timezone.now()
    made = build_world(at=now - dt.timedelta(days=400))
    for fields in content.SUBJECTS:
        by = made.one(Function.INSURANCE, Role.HANDLER)
        add_subject(region=made.county, by=by, at=now - dt.timedelta(days=399), **fields)
    tell_draws(made, now)
    return made


def test_pools_draws_and_coverage_are_accessible(world, page_as):
    page = page_as(world.one(Function.INSURANCE, Role.HANDLER))
    first, second = Draw.objects.order_by("pk")
    targets, officers = Pool.objects.order_by("pk")
    places = {
        "pools": reverse("inspections:pools"), "targets": targets.get_absolute_url(),
        "officers": officers.get_absolute_url(), "draws": reverse("inspections:draws"),
        "drawn": first.get_absolute_url(), "committed": second.get_absolute_url(),
        "inspection": first.inspection.get_absolute_url(), "coverage": reverse("inspections:coverage"),
        "frequency": reverse("inspections:frequency"),
        "weight": reverse("inspections:add_pool_target", args=[targets.pk]),
        "import": reverse("inspections:import_targets", args=[targets.pk]),
    }  # fmt: skip
    faults = []
    for name, place in places.items():
        page.goto(place)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"draw-{name}.png")
            page.screenshot(path=Path(PICTURES) / f"draw-{name}-full.png", full_page=True)
        try:
            assert_accessible(page)
        except AssertionError as error:  # all pages are looked at before the first is complained of
            faults.append(f"{name}: {error}")
    assert not faults, "\n".join(faults)
    witness = page_as(world.one(Function.OFFICE, Role.COORDINATOR))
    witness.goto(reverse("inspections:make_draw", args=[second.pk]))
    if PICTURES:
        witness.screenshot(path=Path(PICTURES) / "draw-make.png")
    assert_accessible(witness)
    witness.get_by_label("公布的号码").fill("01 02 03 04 05 06 + 07")
    witness.get_by_role("button", name="抽取", exact=True).click()
    witness.wait_for_url(f"**{second.get_absolute_url()}")
    assert "已抽取" in witness.content()
    if PICTURES:
        second.refresh_from_db()
        (Path(PICTURES) / "draw-result.pdf").write_bytes(render(result_list(second)))
