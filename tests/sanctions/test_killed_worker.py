"""The fan-out survives a killed worker: whatever dies when, every department's task exists once."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from sanctions.actions.bulk_sending import send_out
from sanctions.models import MeasureTask
from tests.factories import sanctions as made

# a worker of its own, killed for good in the middle of the third department, or right after it has committed
WORKER = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from django.utils import timezone
connection.settings_dict["NAME"] = sys.argv[2]
from sanctions.actions import bulk_sending
when, begun = sys.argv[1], []
start = bulk_sending.start_clock
def counted(**given):
    begun.append(given)
    if when == "within" and len(begun) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return start(**given)
bulk_sending.start_clock = counted
bulk_sending.send_out(timezone.now())
if when == "after":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(when):
    """The worker's end: killed by a signal, never of its own will."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WORKER, when, connection.settings_dict["NAME"]], cwd=settings.BASE_DIR, env=env,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()


@pytest.mark.django_db(transaction=True)
def test_every_departments_task_exists_once_whenever_the_worker_dies(members, insurance, now):
    sanction = made.determined(insurance, at=now)
    killed("within")
    assert not MeasureTask.objects.exists()
    sanction.refresh_from_db()
    assert sanction.status == "decided"
    killed("after")
    assert MeasureTask.objects.filter(sanction=sanction).count() == 6
    assert send_out(now) == 0  # the next run finds nothing to do
    departments = MeasureTask.objects.filter(sanction=sanction).values_list("department", flat=True)
    assert sorted(departments) == sorted(department.pk for department in members)
    sanction.refresh_from_db()
    assert sanction.status == "in_force"
