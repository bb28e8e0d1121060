"""Fixtures every test may use. `tests.harness` has the database, its roles and the browser."""

pytest_plugins = ["tests.harness"]
