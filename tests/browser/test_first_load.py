"""What a first visit costs the line of an office: at most 100 kB, compressed, charts not counted."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.browser.conftest import BACKEND
from tests.factories.cases import make_case

pytestmark = pytest.mark.browser
MOST = 100_000
CHARTS = "echarts"


def static_bytes(url):
    """As whitenoise sends the file: compressed at gzip's best level when static files are collected, where it helps."""
    content = Path(finders.find(url)).read_bytes()
    return min(len(gzip.compress(content, 9)), len(content))


def page_bytes(user, path):
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(user, BACKEND)
    answer = client.get(path)
    assert answer.headers["Content-Encoding"] == "gzip"
    return len(answer.content)


@pytest.mark.parametrize("name", ["desk:workbench", "cases:list", "cases:register"])
def test_a_first_visit_stays_below_100_kb(page_as, insurance_handler, now, name):
    for n in range(50 if name == "cases:list" else 3):
        make_case(by=insurance_handler, at=now, title=f"青禾仁和医院涉嫌分解住院案{n}")
    asked = []
    page = page_as(insurance_handler)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse(name))
    files = {url.partition("/static/")[2] for url in asked if "/static/" in url and CHARTS not in url}
    assert len(files) > 5
    weights = {path: static_bytes(path) for path in files} | {name: page_bytes(insurance_handler, reverse(name))}
    assert sum(weights.values()) <= MOST, weights
