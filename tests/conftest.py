"""Fixtures every test may use. `tests.harness` has the database, its roles and the browser; `tests.cast` the people."""

import pytest

pytest_plugins = ["tests.harness", "tests.cast"]

COMMITTING = {"live_server", "transactional_db", "page_as"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that commit come last: what they wrote into the record stays in their worker's database for ever."""
    items.sort(key=_commits)


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(item.fixturenames)
