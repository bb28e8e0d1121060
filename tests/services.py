"""Starts what the tests need, before Django's settings look for it: real PostgreSQL and Valkey.

A pytest plugin loaded by ``-p tests.services`` (pyproject.toml), so run ``python -m pytest``. The other half,
fixtures, is `tests.harness`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))
from common import digest, locked  # noqa: E402, F401  (set-up's own, which need no installation)

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

os.environ["HOUSE_ROLE"] = "app"
os.environ["HOUSE_HTTPS"] = "0"
os.environ.pop("HOUSE_DEMO", None)
os.environ.pop("HOUSE_DEBUG", None)
# Playwright's synchronous API keeps an event loop in the thread in which live_server tests use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

if not WORKER:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "house.py"), "up"], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"The services of the tests do not start:\n{done.stdout}{done.stderr}")
    subprocess.run([sys.executable, str(ROOT / "tools" / "messages.py"), "--compile"], check=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settings that only tests change: own cache and broker, cheap passwords, files in a temporary folder."""
    from django.conf import settings

    from config import environment

    step = 2 + 2 * int(WORKER.removeprefix("gw") or 0)
    settings.CACHES["default"]["LOCATION"] = environment.numbered(settings.REDIS_URL, step)
    settings.CELERY_BROKER_URL = environment.broker_url(environment.numbered(settings.REDIS_URL, step + 1))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.DATABASES["default"]["OPTIONS"] |= {"options": "-c synchronous_commit=off"}
