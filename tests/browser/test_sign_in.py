"""The door in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_door_is_accessible_with_its_demonstration_accounts(
    page_as, settings, insurance_handler, live_server, theme
):
    settings.DEMO = True
    page = page_as()
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.goto("/sign-in/")
    assert_accessible(page)


def test_one_signs_in_and_comes_back_to_the_page_one_wanted(page_as, insurance_handler):
    page = page_as()
    page.goto("/help/")
    page.fill("input[name=username]", "yb01")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/")
    assert "陈晓岚" in page.inner_text(".who")


def test_a_wrong_password_is_answered_and_the_number_kept(page_as, insurance_handler):
    page = page_as()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "yb01")
    page.fill("input[name=password]", "wrong")
    page.click(".sign-form .btn-primary")
    expect(page.locator(".errsum")).to_have_count(1)
    assert page.input_value("input[name=username]") == "yb01"
    assert page.input_value("input[name=password]") == ""


def test_one_click_signs_in_to_the_demonstration_and_out_again(page_as, settings, insurance_handler):
    settings.DEMO = True
    page = page_as()
    page.goto("/sign-in/")
    page.click("text=陈晓岚")
    page.wait_for_selector(".who")
    page.click("summary.who")
    page.click("text=退出登录")
    page.wait_for_url("**/sign-in/")
    page.goto("/")
    page.wait_for_url("**/sign-in/?next=/")


def test_administrators_pages_are_accessible(page_as, system_admin, insurance_handler):
    page = page_as(system_admin)
    for path in (
        "/people/",
        f"/people/{insurance_handler.pk}/",
        "/people/engage/",
        "/departments/",
        "/password/",
    ):
        page.goto(path)
        assert_accessible(page)
