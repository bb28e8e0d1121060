"""Fixtures every test may use. `tests.harness` has the database, its roles and the browser; `tests.cast` the people."""

import pytest

pytest_plugins = ["tests.harness", "tests.cast"]

COMMITTING = {"live_server", "transactional_db", "page_as"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that commit come last: what they wrote into the record stays in their worker's database for ever.

    Of those the long journeys come first, that no worker begins one when the others have nothing left to do.
    """
    items.sort(key=lambda item: (_commits(item), _commits(item) and "journeys" not in item.path.parts))


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(item.fixturenames)
