"""A whole opening in a real browser, and the public pages as a person with large print meets them."""

import os

import pytest
from django.utils import timezone

from journal.models import Event
from rewards.enums import OpeningStatus
from rewards.models import Opening, Report
from tests.browser.conftest import assert_accessible, page_as  # noqa: F401 (a fixture)
from tests.factories.cases import make_case
from tests.factories.rewards import accept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def look(page, name):
    """No fault of accessibility; a picture of the page where somebody asks for pictures."""
    assert_accessible(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_a_report_by_name_is_followed_up_and_its_identity_opened_once(
    page_as,  # noqa: F811 (the fixture, asked for)
    custodians,
    insurance,
    health,
    market,
    office,
    insurance_report_officer,
    insurance_handler,
    system_admin,
):
    page = page_as()
    page.goto("/public/439926/")
    assert page.get_by_text("0799-6621120").is_visible()
    look(page, "public")
    page.get_by_role("link", name="网上举报").click()
    look(page, "public_report")
    page.get_by_role("button", name="提交举报").click()
    look(page, "public_report_faults")
    page.get_by_label("被举报对象").fill("青禾县仁和医院")
    page.locator("#id_facts").fill("护理费每天收两次，我有清单。")
    page.locator("#id_name").fill("丁家宁")
    page.locator("#id_phone").fill("13907990011")
    page.get_by_label("查证属实的，要求举报奖励").check()
    page.get_by_role("button", name="提交举报").click()
    code = page.locator(".report-code").inner_text()
    look(page, "public_received")
    page.goto("/public/follow/")
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="查询").click()
    page.get_by_text("您的身份从未被开启").wait_for()
    look(page, "public_followed")

    at = timezone.now()
    accept(
        Report.objects.get(), at=at, case=make_case(by=insurance_handler, at=at), by=insurance_report_officer
    )
    officer = page_as(insurance_report_officer)
    officer.goto("/reports/?tab=all")
    look(officer, "reports")
    officer.get_by_role("link", name="举报〔2026〕1号").click()
    look(officer, "report")
    officer.get_by_role("link", name="申请开启").click()
    officer.get_by_label("姓名和联系方式").check()
    officer.locator("#id_reason").fill("需当面核对清单")
    look(officer, "opening_new")
    officer.get_by_role("button", name="提交保管人审核").click()
    for name, keeper in (("first", custodians.first), ("second", custodians.second)):
        theirs = page_as(keeper.user)
        theirs.goto("/todo/")
        theirs.get_by_role("link", name="审核身份开启申请").first.click()
        theirs.locator("#id_passphrase").fill(keeper.passphrase)
        theirs.locator("#id_code").fill(keeper.codes[0])
        look(theirs, f"opening_{name}")
        theirs.get_by_role("button", name="同意并提交密钥").click()
        theirs.get_by_text("密钥已提交").first.wait_for()
    officer.reload()
    officer.get_by_role("button", name="显示（仅此一次）").click()
    assert officer.get_by_text("13907990011").is_visible()
    look(officer, "opening_shown")
    assert Opening.objects.get().status == OpeningStatus.SHOWN
    assert Event.objects.latest("pk").verb == "opening.shown"
    page.reload()
    assert page.get_by_text(custodians.first.user.name).is_visible()
    large = page_as()
    large.context.add_cookies([{"name": "font", "value": "large", "url": page.url}])
    large.goto("/public/439926/report/")
    look(large, "public_report_large")
    admin = page_as(system_admin)
    admin.goto("/settings/custodians/")
    look(admin, "custodians")
    keeper = page_as(custodians.first.user)
    keeper.goto("/my-key/")
    look(keeper, "own_key")
    keeper.locator("#id_passphrase").fill("换一把新的密钥口令试试")
    keeper.locator("#id_again").fill("换一把新的密钥口令试试")
    keeper.get_by_role("button", name="生成密钥").click()
    look(keeper, "key_made")
