"""A day of every role in a real Chromium: each line of the side navigation, the keys of lists, a row opened, the way back.

The world is that of the doors (tests/access): something of everything stands in it. A page that answers with an error, says
something on the console, breaks the content security policy or is wider than the screen fails the day of whoever saw it.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.access.conftest import _numbers_kept, world  # noqa: F401
from tests.browser.conftest import page_as  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# every post of FACTS §4, and handlers of other departments: fixtures of the cast
PEOPLE = (
    "insurance_handler", "insurance_section_head", "insurance_deputy_head", "insurance_head", "insurance_legal",
    "insurance_registrar", "insurance_finance", "insurance_report_officer", "health_handler", "finance_handler",
    "reform_handler", "police_handler", "office_coordinator", "county_leader", "system_admin", "security_admin",
    "audit_admin",
)  # fmt: skip
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def lines(page):
    """The addresses of the side navigation, as this person has it."""
    return page.eval_on_selector_all("nav.sidebar a.nav-i", "all => all.map(each => each.getAttribute('href'))")


def opened(page, address):
    """The page, which must answer and keep within the screen."""
    answer = page.goto(address)
    assert answer.ok, f"{address}: {answer.status}"
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate(WIDE) <= 0, f"{address} is wider than the screen"


def walk(page):
    """Every line of the navigation; where rows stand, the second is reached by keys, opened, and left again."""
    seen = []
    for address in lines(page):
        opened(page, address)
        seen.append(urlsplit(address).path)
        if page.locator("table[data-rows] tbody tr:has(a[href])").count():
            page.keyboard.press("j")
            row = page.locator("table[data-rows] tbody tr.cursor")
            expect(row).to_have_count(1)
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            expect(page.locator("h1")).to_have_count(1)
            assert page.evaluate(WIDE) <= 0, f"{page.url} is wider than the screen"
    return seen


def test_the_day_of_every_role(request, page_as, world):  # noqa: F811
    """One world for all: building it takes longer than a day in it."""
    wrong = []
    for name in PEOPLE:
        page = page_as(request.getfixturevalue(name))
        page.set_viewport_size({"width": 1366, "height": 768})
        try:
            opened(page, "/")
            seen = walk(page)
            assert len(seen) == len(set(seen)) >= 2, seen
        except AssertionError as failed:
            wrong.append(f"{name}: {failed}")
        page.context.close()
    assert not wrong, "\n".join(wrong)
