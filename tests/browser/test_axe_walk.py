"""No violation of accessibility, no error of the console, nothing that sticks out: on every page.

Here each template is looked at once in either language; `make soak` walks every address (AXE_WALK=all).
"""

import os

import pytest

from tests.access.conftest import world  # noqa: F401
from tests.browser.walk import Walk, cast, stops

pytestmark = pytest.mark.browser
LANGUAGES = os.environ.get("AXE_LANGUAGES", "zh-hans en").split()
EVERYTHING = os.environ.get("AXE_WALK") == "all"


def once_a_template(found):
    """The first address of each template."""
    first = {}
    for stop in found:
        first.setdefault(stop.template, stop)
    return list(first.values())


def test_every_page_is_accessible_and_keeps_its_width(request, page_as, live_server, world):  # noqa: F811
    people = cast(request)
    found = list(stops(world, people))
    walk = Walk(page_as, people, live_server.url, whole=EVERYTHING)
    for stop in found if EVERYTHING else once_a_template(found):
        for language in LANGUAGES:
            walk.go(stop, language)
    assert not walk.found, f"{len(walk.found)} on {len(found)} pages:\n" + "\n".join(walk.found)
