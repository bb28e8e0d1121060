"""The settings page, and what the workbench of a new administrator asks for."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import registry
from core.registry import SettingsPage
from deadlines import calendar
from departments.actions.founding import found_county
from desk import set_up
from tests.cast import PASSWORD, WHEN


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now, tick=False):
        yield
    calendar.drop()


@pytest.fixture
def pages(monkeypatch):
    """An empty registry that the test fills with (order, done, step)."""
    found = []
    monkeypatch.setattr(registry, "settings_pages", found)

    def put(order, done, step=True):
        found.append(
            SettingsPage(order, f"page {order}", "about", "desk:help", "gear", lambda user: (done, "as is"), step)
        )

    return put


def test_the_first_step_not_done_is_next(pages):
    pages(20, done=False)
    pages(10, done=True)
    pages(5, done=False, step=False)
    left = set_up.left_to_do(None)
    assert [step["label"] for step in left["steps"]] == ["page 10", "page 20"]
    assert (left["done"], left["next"]["text"], left["next"]["url"]) == (1, "page 20", reverse("desk:help"))


def test_all_done_asks_for_nothing(pages):
    pages(10, done=True)
    pages(5, done=False, step=False)
    assert set_up.left_to_do(None) is None
    assert [page["done"] for page in set_up.pages(None)] == [False, True]


def test_the_first_administrator_of_an_empty_county_sees_what_to_do(client, db):
    admin = found_county(
        code="439926", county="青禾县", character="青", staff_number="gl01", name="安守规", password=PASSWORD, at=WHEN
    )
    client.force_login(admin)
    page = client.get("/")
    assert page.context["set_up"]["next"]["url"] == reverse("departments:directory")
    assert [str(step["url"]) for step in page.context["set_up"]["steps"]] == [
        "/departments/", "/people/", "/people/", "/calendar/", "/categories/", "/routes/", "/signing-rules/",
        "/settings/custodians/",
    ]  # fmt: skip
    words = page.content.decode()
    assert "初始设置" in words and "已完成 2/8 项" in words and 'href="/settings/"' in words


def test_every_page_of_settings_opens(client, system_admin):
    client.force_login(system_admin)
    for page in client.get("/settings/").context["pages"]:
        assert client.get(page["url"]).status_code == 200


def test_nobody_else_is_asked_to_set_up(client, insurance_handler, security_admin, system_admin):
    for user in (insurance_handler, security_admin):
        client.force_login(user)
        page = client.get("/")
        assert page.context["set_up"] is None and 'href="/settings/"' not in page.content.decode()
        assert client.get("/settings/").status_code == 403


def test_the_settings_cost_the_same_for_few_and_many(client, system_admin, insurance, request):
    client.force_login(system_admin)
    client.get("/settings/")
    with CaptureQueriesContext(connection) as few:
        client.get("/settings/")
    for name in ("health_head", "market_handler", "finance", "police"):
        request.getfixturevalue(name)
    with CaptureQueriesContext(connection) as many:
        client.get("/settings/")
    assert len(few) == len(many)
