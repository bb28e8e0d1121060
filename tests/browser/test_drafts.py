"""Drafts in a real browser: kept by the script, offered again, a second window told; acting for somebody away."""

import datetime as dt
import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.dates import local_date
from deadlines import calendar
from tests.browser.conftest import assert_accessible
from tests.factories.cases import make_case
from workspace import actions
from workspace.models import Draft

LEAVE = """() => { Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange")); }"""
SHOTS = os.environ.get("HOUSE_SHOTS", "")


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def case(insurance_handler, now):
    return make_case(by=insurance_handler, at=now)


def look(page, name):
    if SHOTS:
        page.set_viewport_size({"width": 1366, "height": 768})
        page.screenshot(path=f"{SHOTS}/{name}.png")


def test_a_letter_is_kept_and_taken_up_and_a_second_window_is_told(page_as, case, insurance_handler):
    url = reverse("referrals:new", args=[case.pk])
    page, other = page_as(insurance_handler), page_as(insurance_handler)
    page.goto(url)
    other.goto(url)
    page.fill("[name=facts]", "先写到这里")
    page.evaluate(LEAVE)
    expect(page.locator("[data-draft-said]")).to_contain_text("草稿已自动保存")
    look(page, "saved")
    page.fill("[name=facts]", "又写了一句")
    page.evaluate(LEAVE)
    expect(page.locator("[name=draft_known]")).to_have_value("2")
    other.fill("[name=facts]", "另一窗口")
    other.evaluate(LEAVE)
    expect(other.locator("[data-draft-said]")).to_contain_text("较新的草稿")
    assert Draft.objects.get().values["facts"] == ["又写了一句"]
    other.click("[data-draft-keep]")
    expect(other.locator("h1")).to_have_text("草稿未保存")
    look(other, "conflict")
    other.click('button:has-text("用本页内容覆盖")')
    expect(other.locator("[name=facts]")).to_have_value("另一窗口")
    page.goto(url)
    expect(page.locator(".draft-offer")).to_be_visible()
    look(page, "offer")
    assert_accessible(page)
    page.click('a:has-text("继续填写")')
    expect(page.locator("[name=facts]")).to_have_value("另一窗口")
    page.goto(reverse("desk:drafts"))
    look(page, "box")
    page.goto(reverse("cases:register"))
    look(page, "register")


def test_the_rows_of_somebody_away_and_the_bar(page_as, case, insurance_handler, insurance_section_head):
    today, at = local_date(timezone.now()), timezone.now()
    actions.set_delegation(
        away=insurance_handler.post, delegate=insurance_section_head, since=today, until=today + dt.timedelta(days=3),
        reason="培训", by=insurance_handler, at=at,
    )  # fmt: skip
    page = page_as(insurance_section_head)
    page.goto("/todo/")
    look(page, "todo")
    mark = page.locator("tr", has_text="代 陈晓岚")
    expect(mark.first).to_be_visible()
    mark.first.locator("button").click()
    expect(page.locator(".behalf")).to_contain_text("您正在代 陈晓岚 办理")
    look(page, "behalf")
    page.goto(reverse("workspace:delegations"))
    look(page, "delegations")
    assert_accessible(page)
    page.goto(reverse("workspace:new_delegation"))
    look(page, "new_delegation")
    assert_accessible(page)
    page.click("text=恢复本人办理")
    expect(page.locator(".behalf")).to_have_count(0)
