"""A county with its six departments."""

import pytest


@pytest.fixture
def members(insurance, health, market, finance, reform, police):
    return [insurance, health, market, finance, reform, police]
