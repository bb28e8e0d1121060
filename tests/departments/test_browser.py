"""The door in a real browser: one click in the demonstration, a wrong password, and the lock."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shots(request, tmp_path):
    folder = Path(os.environ.get("SHOTS", tmp_path))

    def shoot(page, name):
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return shoot


def test_the_demonstration_signs_in_with_one_click(
    page, live_server, settings, shots, insurance_handler, insurance_section_head, insurance_deputy_head,
    health_handler, health_registrar, market_handler, police_handler, office_coordinator, system_admin,
):  # fmt: skip
    settings.DEMO = True
    page.goto(live_server.url + "/sign-in/")
    shots(page, "sign_in_demo")
    page.get_by_role("button", name="周敏仪").click()
    page.wait_for_url(live_server.url + "/")
    page.goto(live_server.url + "/departments/")
    shots(page, "directory")
    expect(page.get_by_text("青禾县公安局")).to_be_visible()


def test_the_door_without_demonstration(page, live_server, shots, insurance_handler, system_admin):
    page.goto(live_server.url + "/people/")
    shots(page, "sign_in")
    page.fill("#id_username", "gl01")
    page.fill("#id_password", "wrong-password")
    page.press("#id_password", "Enter")
    expect(page.locator(".errsum")).to_be_visible()
    shots(page, "sign_in_wrong")
    assert page.input_value("#id_username") == "gl01" and page.input_value("#id_password") == ""
    page.fill("#id_password", "qinghe-4711-long")
    page.press("#id_password", "Enter")
    page.wait_for_url(live_server.url + "/people/")
    shots(page, "people")
    page.get_by_role("link", name="陈晓岚").click()
    shots(page, "person")
    page.get_by_role("link", name="任命职务").click()
    shots(page, "fill_post")


def test_the_first_minute(page, live_server, shots):
    page.goto(live_server.url + "/")
    page.wait_for_url("**/set-up/")
    shots(page, "set_up")
    for name, value in (
        ("county", "云溪县"), ("code", "439927"), ("character", "云"), ("staff_number", "admin"), ("name", "安守规"),
        ("password", "qinghe-4711-long"), ("again", "qinghe-4711-long"),
    ):  # fmt: skip
        page.fill(f"#id_{name}", value)
    page.locator("form.sign-form button.btn-primary").click()
    page.wait_for_url(live_server.url + "/")
    shots(page, "founded")
