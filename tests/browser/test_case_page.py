"""The case page in a browser: its tabs, and the drawer in which a picture is previewed."""

import datetime as dt
import io
import os

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from cases.actions.money import enter_money
from cases.actions.strands import after_decision as after
from cases.enums import Disposition
from cases.models import Custody
from core.dates import local_date
from tests.browser.conftest import assert_accessible
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.rewards_money import decide


def picture():
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "white").save(out, "PNG")
    return SimpleUploadedFile("现场照片.png", out.getvalue(), content_type="image/png")


def look(page, name):
    """A picture for whoever looks at the pages, where asked for."""
    if folder := os.environ.get("HOUSE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_the_tabs_and_the_drawer(page_as, county, insurance_handler, insurance_deputy_head):
    now = timezone.now()
    case = make_case(
        by=insurance_handler, at=now - dt.timedelta(days=2), subject=make_subject(county, at=now),
        files=[picture(), pdf("住院病历.pdf")],
    )  # fmt: skip
    page = page_as(insurance_handler)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/cases/{case.pk}/")
    expect(page.locator(".casetabs .on")).to_have_text("概况")
    assert_accessible(page)
    look(page, "overview")
    page.goto(f"/cases/{case.pk}/#evidence")  # an old address: the tab it is on now is pointed out
    page.locator(".casetabs").get_by_role("link", name="材料").click()
    expect(page.locator("#evidence")).to_contain_text("现场照片.png")
    link = page.get_by_role("link", name="预览: 现场照片.png")
    link.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("现场照片.png")
    expect(drawer.get_by_role("button", name="关闭")).to_be_focused()
    assert_accessible(page)
    look(page, "drawer")
    for _ in range(4):  # focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.drawer').contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.querySelector('.drawer').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(link).to_be_focused()
    assert Custody.objects.filter(kind="viewed").count() == 1
    at = now - dt.timedelta(days=1)
    strand = decide(case, at=at, disposition=Disposition.PENALTY)
    given = {"strand": strand, "by": insurance_handler, "at": at}
    enter_money(case=case, kind="fined", amount="92480", happened_on=local_date(at), **given)
    after.serve(on=local_date(at), body="直接送达法定代表人", number="青医保送〔2026〕1号", **given)
    after.pay(on=local_date(at), amount="30000", number="收据0012", **given)
    after.contest(kind="review", on=local_date(at), body="青禾县人民政府", number="青府复〔2026〕3号", **given)
    page.goto(f"/cases/{case.pk}/")
    expect(page.locator(".casetabs .on")).to_contain_text("决定后")
    expect(page.locator("#after")).to_contain_text("62,480.00")
    assert_accessible(page)
    look(page, "after")
    page.goto(f"/cases/{case.pk}/?tab=nature")
    assert_accessible(page)
    look(page, "nature")
