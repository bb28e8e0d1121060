"""The roof as a Django application: loads Celery's app so that every process can send tasks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import celery, checks  # noqa: F401  (importing makes the current app, and registers the check)
