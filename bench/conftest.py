"""Measurements use the tests' database harness: made and migrated by the owner, worked on as the application."""

pytest_plugins = ["tests.harness"]
