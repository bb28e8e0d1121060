"""The dashboard in a browser: charts are drawn without a word in the console, tables stand there for everybody."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.actions.money import enter_money
from cases.enums import MoneyKind, Source, SubjectKind
from core.dates import local_date
from departments.models import Category
from tests.browser.conftest import assert_accessible
from tests.factories.cases import make_case, make_subject


@pytest.fixture
def county_of_cases(office_coordinator, insurance_handler, health_handler, county, now):
    categories = list(Category.objects.all()[:6])
    bodies = [
        make_subject(county, name=name, kind=kind, at=now)
        for name, kind in (("仁和医院", SubjectKind.INSTITUTION), ("康泰药房", SubjectKind.PHARMACY))
    ]
    sources = list(Source)
    for n in range(10):
        at = now - dt.timedelta(days=21 * n)
        by = health_handler if n % 3 == 2 else insurance_handler
        given = {"categories": [categories[n % 4]], "source": sources[n % 4], "suspected": 8000 * (n + 1)}
        case = make_case(by=by, at=at, subject=bodies[n % 2], **given)
        if n % 2:
            for kind, share in ((MoneyKind.VERIFIED, 5000), (MoneyKind.RECOVERED, 3000), (MoneyKind.FINED, 900)):
                enter_money(case=case, kind=kind, amount=share * n, happened_on=local_date(at), by=by, at=at)


def test_charts_draw_without_a_console_or_csp_error(page_as, county_of_cases, office_coordinator):
    page = page_as(office_coordinator)
    page.set_viewport_size({"width": 1366, "height": 768})
    for name in ("desk:dashboard", "desk:risk"):
        page.goto(reverse(name) + "?period=year&day=2026-01-01")
        boxes = page.locator("[data-chart]")
        assert boxes.count() >= 2
        for n in range(boxes.count()):
            expect(boxes.nth(n).locator("canvas")).to_have_count(1)
            expect(boxes.nth(n)).to_be_visible()
        table = page.locator("[data-board]").filter(has=page.locator("[data-chart]")).first.locator("[data-table]")
        expect(table).to_be_hidden()
        button = page.locator("[data-twin]").first
        button.focus()
        page.keyboard.press("Enter")
        expect(table).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert_accessible(page)
        page.emulate_media(media="print")
        expect(page.locator("[data-chart]").first).to_be_hidden()
        expect(page.locator("[data-table]").last).to_be_visible()
        page.emulate_media(media="screen")
    assert page.problems == []


def test_a_bar_opens_the_list_it_counts(page_as, county_of_cases, office_coordinator):
    page = page_as(office_coordinator)
    page.goto(reverse("desk:dashboard") + "?period=year&day=2026-01-01")
    stage = page.locator("#b-stage")
    stage.locator("[data-twin]").click()
    link = stage.locator("tbody a").first
    address = link.get_attribute("href")
    box = stage.locator("[data-chart]")
    size = box.bounding_box()
    box.click(position={"x": size["width"] * 0.17, "y": size["height"] * 0.8})
    page.wait_for_url("**/cases/**")
    assert address.partition("?")[2] in page.url


def test_without_javascript_every_figure_stands_in_a_table(page_as, county_of_cases, office_coordinator):
    page = page_as(office_coordinator, java_script_enabled=False)
    page.goto(reverse("desk:dashboard"))
    expect(page.locator("[data-chart]").first).to_be_hidden()
    tables = page.locator("[data-table]")
    assert tables.count() >= 6
    for n in range(tables.count()):
        expect(tables.nth(n)).to_be_visible()
    page.locator("#b-stage tbody a").first.click()
    expect(page.locator("h1")).to_have_text("案件线索台账")
