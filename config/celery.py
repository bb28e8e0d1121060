"""Celery. Messages carry ids only and may be lost, doubled or forged: the rows decide (DESIGN §4)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from celery import Celery

app = Celery("house")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()
