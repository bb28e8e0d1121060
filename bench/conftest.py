"""Measurements use the tests' database harness: made and migrated by the owner, worked on as the application."""

import pytest

pytest_plugins = ["tests.harness"]


@pytest.fixture(autouse=True)
def _numbers_at_once():
    """The numbers of the frame are kept as they are for people; `timed` says which of its figures counts anew."""
