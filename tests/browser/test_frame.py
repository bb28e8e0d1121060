"""The frame in a real Chromium: keyboard, switches, accessibility, content security policy."""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from core import registry
from core.registry import TaskRow, TaskSource
from departments.models import Department
from journal.actions import notify
from tests.browser.conftest import assert_accessible

pytestmark = pytest.mark.browser
AT = dt.datetime(2026, 11, 16, 2, 0, tzinfo=dt.UTC)


def rows(number):
    lamps = [("r", -1), ("y", 0), ("g", 4)]
    return [
        TaskRow(
            phrase=f"确认签收：第{n + 1}件线索", url=f"/help/?n={n}", case_title="城北中心超量开药", case_url="/help/",
            source="县卫健局", lamp=lamps[n % 3][0], days=lamps[n % 3][1], due=dt.date(2026, 11, 15 + n),
            action_label="签收", action_url="/notifications/read/", method="post" if n % 2 else "get",
        )
        for n in range(number)
    ]  # fmt: skip


@pytest.fixture
def tasks(monkeypatch):
    """Six tasks, figures and a diary, as rooms would contribute them."""
    monkeypatch.setattr(
        registry,
        "task_sources",
        [TaskSource("todo", 1, rows=lambda user, limit: rows(6), count=lambda user: 6)],
    )
    monkeypatch.setattr(
        registry,
        "figures",
        {
            "cases_by_lamp": lambda user: {"g": 35, "y": 5, "r": 2},
            "recovered_by_month": lambda user, months: {month: Decimal("418000") for month in months},
            "due_soon": lambda user, limit: [
                {"on": dt.date(2026, 11, 20), "text": "告知截止", "url": "/help/"}
            ],
            "clock_record": lambda user, since, until: [("医保局", 41, 4, 1), ("卫健局", 22, 3, 3)],
        },
    )


@pytest.mark.parametrize("display", [{}, {"theme": "dark"}, {"font": "large"}])
@pytest.mark.parametrize("path", ["/", "/todo/", "/notifications/", "/help/", "/no/such/page/"])
def test_pages_are_accessible(page_as, tasks, insurance_handler, live_server, path, display):
    target = Department.objects.get(pk=insurance_handler.department.pk)
    notify([insurance_handler], next(iter(registry.verbs)), target=target, at=AT, tone="r")
    page = page_as(insurance_handler)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in display.items()]
    )
    page.goto(path)
    assert_accessible(page)


def focus(page):
    return page.evaluate("document.activeElement.id")


def test_slash_and_ctrl_k_go_to_the_search_and_letters_typed_there_are_letters(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    page.keyboard.press("/")
    assert focus(page) == "q-all"
    page.keyboard.type("?ngtjx/")
    assert page.input_value("#q-all") == "?ngtjx/"
    expect(page.locator("#keys-sheet")).to_be_hidden()
    page.keyboard.press("Escape")
    assert focus(page) == ""
    page.keyboard.press("Control+k")
    assert focus(page) == "q-all"


def test_question_mark_opens_the_sheet_and_escape_closes_it(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("#keys-sheet")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("n")  # behind the sheet nothing moves
    page.keyboard.press("Escape")
    expect(page.locator("#keys-sheet")).to_be_hidden()
    assert page.url.endswith("/")


def test_letters_lead_to_the_tasks_the_registry_and_a_new_lead(page_as, insurance_handler):
    page = page_as(insurance_handler)
    for keys, url in (("gt", "**/todo/"), ("gl", "**/cases/"), ("n", "**/cases/new/")):
        page.goto("/help/")
        page.keyboard.type(keys)
        page.wait_for_url(url)


def test_a_letter_out_of_its_order_leads_nowhere(page_as, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/help/")
    page.keyboard.type("tlgxt")
    page.keyboard.press("Alt+n")
    page.keyboard.press("Control+n")
    # an input method is at work: the key belongs to it
    page.evaluate(
        """() => {
            const send = init => document.body.dispatchEvent(
                new KeyboardEvent("keydown", Object.assign({ bubbles: true, cancelable: true }, init)));
            send({ key: "n", isComposing: true });
            send({ key: "n", keyCode: 229 });
            send({ key: "?", isComposing: true });
        }"""
    )
    page.wait_for_timeout(300)
    assert page.url.endswith("/help/")
    expect(page.locator("#keys-sheet")).to_be_hidden()


def test_rows_are_walked_and_opened_by_keyboard(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(page.locator("tr.cursor")).to_contain_text("第2件")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/?n=1")


def test_large_type_turns_at_once_and_stays(page_as, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/help/")
    page.click("text=大字版")
    page.wait_for_selector("html[data-font=large]")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
    page.goto("/")
    assert page.get_attribute("html", "data-font") == "large"
    page.click("text=大字版")
    page.wait_for_selector("html[data-font=normal]")


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


LIGHT, DARK = "rgb(243, 245, 248)", "rgb(16, 22, 31)"


def test_who_never_chose_has_the_light_of_the_computer_and_a_choice_overrules_it(page_as, insurance_handler):
    page = page_as(insurance_handler, color_scheme="dark")
    page.goto("/help/")
    assert ground(page) == DARK
    page.emulate_media(color_scheme="light")
    assert ground(page) == LIGHT
    page.click("button[name=theme]:visible")
    page.wait_for_selector("html[data-bs-theme=dark]")
    assert ground(page) == DARK
    assert page.evaluate("document.activeElement.value") == "light"  # the button one may go back by
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-bs-theme=light]")
    page.emulate_media(color_scheme="dark")
    assert ground(page) == LIGHT
    page.reload()
    assert ground(page) == LIGHT
    page.click("summary.who")
    page.click("text=深浅色跟随电脑设置")
    assert ground(page) == DARK
    page.emulate_media(media="print")
    assert ground(page) == "rgb(255, 255, 255)"


def test_everything_works_without_javascript(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler, java_script_enabled=False)
    page.goto("/help/")
    page.click("text=大字版")
    expect(page.locator("html")).to_have_attribute("data-font", "large")
    page.click("button[name=theme]:visible")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.click("text=EN")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    page.click("summary.who")
    expect(page.locator(".menu-box")).to_be_visible()


def test_a_form_is_sent_once_however_often_it_is_clicked(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    sent = page.locator("form[action='/notifications/read/'] button").first.evaluate(
        """button => {
            let sent = 0;
            document.addEventListener("submit", event => {
                if (!event.defaultPrevented) { sent += 1; }
                event.preventDefault();
            });
            button.click();
            button.click();
            return [sent, button.getAttribute("aria-disabled")];
        }"""
    )
    assert sent == [1, "true"]


def test_nothing_sticks_out_on_a_small_screen(page_as, tasks, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 800, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_menu_closes_by_escape_and_by_a_click_elsewhere(page_as, insurance_handler):
    page = page_as(insurance_handler)
    page.goto("/")
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.click("h1")):
        page.click("summary.who")
        expect(page.locator("details.menu[open]")).to_have_count(1)
        close()
        expect(page.locator("details.menu[open]")).to_have_count(0)
