"""Finding the subjects of a lead in a real Chromium: while typing, and with scripts switched off."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible, page_as  # noqa: F401
from tests.factories.cases import make_subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def subjects(county):
    at = timezone.now()
    for number in range(24):
        make_subject(county, name=f"安康诊所{number:02}", at=at)
    return [make_subject(county, name=name, at=at) for name in ("青禾县仁和医院", "中心卫生院")]


def boxes(page, words):
    return page.locator("#subject-picks").get_by_label(words)


def test_while_typing(page_as, subjects, insurance_handler):  # noqa: F811
    page = page_as(insurance_handler)
    page.goto("/cases/new/")
    expect(page.locator("[name=subjects]")).to_have_count(20)
    page.fill("[name=summary]", "多次出入院。")
    page.locator("[name=subject_q]").press_sequentially("zxwsy")
    expect(page.locator("[name=subjects]")).to_have_count(1)
    boxes(page, "中心卫生院").check()
    expect(page.get_by_role("group", name="已选对象")).to_contain_text("主要对象")
    page.fill("[name=subject_q]", "仁和")
    boxes(page, "仁和医院").check()
    expect(page.get_by_role("group", name="已选对象").get_by_role("checkbox")).to_have_count(2)
    expect(boxes(page, "中心卫生院")).to_be_checked()
    expect(boxes(page, "仁和医院")).to_be_focused()
    page.fill("[name=subject_q]", "")
    expect(page.locator("[name=subjects]")).to_have_count(22)
    assert page.input_value("[name=summary]") == "多次出入院。"
    assert_accessible(page)
    boxes(page, "中心卫生院").uncheck()
    expect(page.get_by_role("group", name="已选对象").get_by_role("checkbox")).to_have_count(1)


def test_without_scripts(page_as, subjects, insurance_handler):  # noqa: F811
    page = page_as(insurance_handler, java_script_enabled=False)
    page.goto("/cases/new/")
    page.fill("[name=summary]", "多次出入院。")
    page.fill("[name=subject_q]", "rhyy")
    with page.expect_navigation():  # nothing is measured before the last stylesheet is there
        page.get_by_role("button", name="查找").click()
    expect(page.locator("[name=subjects]")).to_have_count(1)
    boxes(page, "仁和医院").check()
    page.fill("[name=subject_q]", "安康")
    with page.expect_navigation():
        page.locator("[name=subject_q]").press("Enter")
    expect(page.locator("[name=subjects]")).to_have_count(21)
    expect(boxes(page, "仁和医院")).to_be_checked()
    assert page.input_value("[name=summary]") == "多次出入院。"
    expect(page.locator(".errsum")).to_have_count(0)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".errsum")).to_be_in_viewport()  # not scrolled away to where the search had jumped
    expect(boxes(page, "仁和医院")).to_be_checked()
