"""Pages in a real Chromium, for the browser tests of every room.

    def test_something(page_as, insurance_handler):
        page = page_as(insurance_handler)
        page.goto("/cases/")
        assert_accessible(page)

`page_as(user)` opens a browser context of its own, signed in; `page_as()` is signed out. A page fails its
test at the end if its console showed an error or the content security policy stopped something.
Browser tests use `transactional_db` (the server answers from another thread).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

BACKEND = "django.contrib.auth.backends.ModelBackend"
# Our pages are not widgets inside another page; the rest of axe's rules hold in full.
AXE = Axe()


def assert_accessible(page, context=None):
    """No violation of axe's WCAG 2.1 A and AA rules on the page (or the part `context` selects)."""
    found = AXE.run(
        page,
        context=context,
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    ).response["violations"]
    said = [
        f"{each['id']}: {each['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in each["nodes"][:4])
        for each in found
    ]
    assert not said, "\n".join(said)


@pytest.fixture
def page_as(new_context, live_server, transactional_db):
    """Factory: a page of `live_server` signed in as a user (or signed out), with relative addresses."""
    problems = []

    def opened(user=None, **options):
        context = new_context(base_url=live_server.url, **options)
        if user is not None:
            client = Client()
            client.force_login(user, BACKEND)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.problems = problems
        return page

    yield opened
    expected = ("the server responded with a status of 4",)
    assert [each for each in problems if not any(words in each for words in expected)] == []
