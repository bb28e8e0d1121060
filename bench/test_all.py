"""Runs every measurement of this folder on a database of its own: `make bench`.

A measurement is a module with a `TITLE` and a function `measure() -> dict` of figures.
"""

import importlib
import pkgutil

import pytest

import bench
from bench import report

HELPERS = {"report", "test_all", "conftest", "county", "large", "soak"}
MODULES = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in HELPERS)


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.django_db(transaction=True)
def test_measure(name):
    module = importlib.import_module(f"bench.{name}")
    figures = module.measure()
    assert figures
    report.keep(module.TITLE, figures)
