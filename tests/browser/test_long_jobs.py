"""Long jobs and the import of leads, as somebody at a desk meets them."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible
from tests.cases.test_lead_import import book, row
from tests.factories.cases import make_case
from workspace import actions, running
from workspace.models import LongJob


@pytest.fixture
def look():
    """Pictures for whoever asks for them: LOOK names a folder."""
    folder = os.environ.get("LOOK")

    def take(page, name):
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return take


def test_a_list_is_mended_and_registered(page_as, insurance_handler, tmp_path, look):
    page = page_as(insurance_handler)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(reverse("cases:list"))
    page.click("text=导入 Excel")
    for name, rows in (("wrong", [row(), row(主要事实="", 收到日期="昨天")]), ("right", [row(收到日期="2026-01-05")] * 1)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(book(*rows).read())
        page.set_input_files("input[type=file]", str(path))
        page.click("text=检查表格")
        expect(page.locator(".tbl tbody tr")).to_have_count(len(rows))
        look(page, f"import-{name}")
        assert_accessible(page)
    page.click("text=登记 1 条线索")
    expect(page.locator("h1")).to_have_text("案件线索台账")


def test_a_finished_job_waits_with_its_file(page_as, insurance_handler, now, look):
    make_case(by=insurance_handler, at=now)
    done, _waiting = (
        actions.begin_job(kind="cases.export", parameters={"query": query}, by=insurance_handler, at=now)
        for query in ("", "sort=oldest")
    )
    running.run_job(done.pk)
    LongJob.objects.filter(status="queued").update(status="running", done=62_000, total=200_000, attempts=1)
    page = page_as(insurance_handler)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(reverse("workspace:jobs"))
    look(page, "jobs")
    assert_accessible(page)
    with page.expect_download() as got:
        page.click("text=下载")
    assert got.value.suggested_filename.endswith(".xlsx")
    page.click("text=取消")
    expect(page.locator(".tbl")).to_contain_text("已取消")
    page.goto(reverse("cases:list") + "?lamp=g")
    view = actions.save_view(user=insurance_handler, page="registry", name="正常件", query="lamp=g", at=now)
    page.reload()
    page.goto(reverse("workspace:digest", args=[view.pk]))
    look(page, "digest")
    assert_accessible(page)
