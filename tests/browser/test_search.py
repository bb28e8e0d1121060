"""The search over everything in a real Chromium: while typing, with the keyboard, and with scripts switched off."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible
from tests.factories.cases import make_case, make_subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "[data-search]"


@pytest.fixture
def things(county, insurance_handler):
    at = timezone.now()
    hospital = make_subject(county, name="青禾县仁和医院", at=at)
    for n in range(6):
        make_subject(county, name=f"仁爱诊所{n}", at=at)
    cases = [make_case(by=insurance_handler, at=at, subject=hospital, title=f"仁和医院涉嫌分解住院{n}") for n in range(2)]
    return hospital, cases


def test_while_typing(page_as, things, insurance_handler):
    _hospital, cases = things
    page = page_as(insurance_handler)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/notifications/")
    page.keyboard.press("/")
    box = page.locator(BOX)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("rhyy")
    options = page.get_by_role("option")
    expect(options).to_have_count(4)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("group", name="案件")).to_contain_text(cases[0].title)
    assert_accessible(page)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "gs-cases-1")
    if os.environ.get("PICTURES"):
        page.screenshot(path=os.environ["PICTURES"] + "/search-drop.png")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("rhyy")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(4)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    page.goto("/notifications/")
    page.fill(BOX, "仁")
    expect(page.get_by_role("group", name="机构和人员").get_by_role("option")).to_have_count(5)
    page.fill(BOX, "没有这个")
    expect(page.locator(".gs-none")).to_contain_text("没有这个")
    page.fill(BOX, "仁和医院")
    expect(options).to_have_count(4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("h1")).to_have_text("搜索")
    expect(page.get_by_role("link", name=cases[0].title)).to_be_visible()
    if os.environ.get("PICTURES"):
        page.screenshot(path=os.environ["PICTURES"] + "/search-page.png")
    assert_accessible(page)


def test_nothing_is_asked_while_an_input_method_composes(page_as, things, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/notifications/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "part=1" in request.url else None)
    box = page.locator(BOX)
    box.focus()
    box.dispatch_event("compositionstart")
    page.keyboard.type("renhe")
    page.wait_for_timeout(500)
    assert asked == []
    box.fill("仁和")
    page.wait_for_timeout(300)
    assert asked == []
    box.dispatch_event("compositionend")
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_without_scripts(page_as, things, insurance_handler):
    hospital, _cases = things
    page = page_as(insurance_handler, java_script_enabled=False)
    page.goto("/notifications/")
    page.fill(BOX, "rhyy")
    with page.expect_navigation():
        page.locator(BOX).press("Enter")
    page.get_by_role("link", name=hospital.name, exact=True).click()
    expect(page.locator("h1")).to_contain_text(hospital.name)
