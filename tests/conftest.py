"""Fixtures every test may use. `tests.harness` has the database, its roles and the browser; `tests.cast` the people."""

pytest_plugins = ["tests.harness", "tests.cast"]
