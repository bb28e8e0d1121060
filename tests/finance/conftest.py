"""People of the finance department beside the handler of the cast."""

import pytest

from departments.enums import Role
from tests.cast import person


@pytest.fixture
def writer(finance_handler):
    return finance_handler


@pytest.fixture
def deputy(finance):
    return person("cz04", "段文博", finance, Role.DEPUTY_HEAD)


@pytest.fixture
def clerk(finance):
    return person("cz02", "金满仓", finance, Role.FINANCE)
