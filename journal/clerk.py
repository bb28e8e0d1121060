"""The clerk: one process that does what is due, over and over, without a broker (DESIGN §4).

Jobs are registered by the rooms. Each may run twice, late, or in two processes at once: the rows decide. A
job that fails holds up no other, and a database that goes away is waited for.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds between looks at what is due
RETRY = 5.0  # seconds before a failed job is tried again, at the least
LEAP = 60.0  # seconds by which the wall clock may run ahead of or behind the steady clock between two looks


@dataclass
class Job:
    """`run(at=…)` every `seconds`."""

    name: str
    seconds: float
    run: Callable[..., Any]


jobs: list[Job] = []
before_each: list[Callable[[], None]] = []  # what a room must do before any job, as a request does at its start


def register(name: str, seconds: float, run: Callable[..., Any]) -> None:
    """Add a job; registering the same name again replaces it."""
    jobs[:] = [job for job in jobs if job.name != name]
    jobs.append(Job(name, seconds, run))


def job_named(name: str) -> Job:
    """:raises LookupError: no room registered it"""
    for job in jobs:
        if job.name == name:
            return job
    raise LookupError(name)


def run_job(job: Job, *, at: dt.datetime) -> bool:
    """Do one job; whether it went well. Never raises: what went wrong is logged and tried again later."""
    try:
        for prepare in before_each:
            prepare()
        job.run(at=at)
    except (OperationalError, InterfaceError) as error:
        log.warning("%s: the database is away: %s", job.name, str(error).strip())
        connection.close()
        return False
    except DatabaseError:
        log.exception("%s failed", job.name)
        connection.close()
        return False
    except Exception:
        log.exception("%s failed", job.name)
        return False
    return True


class Clerk:
    """The loop. `stop()` ends it after the job in hand."""

    def __init__(self, chosen: list[Job] | None = None) -> None:
        self.jobs = jobs if chosen is None else chosen
        self._stop = threading.Event()
        self._due: dict[str, float] = {}
        self._offset: float | None = None

    def stop(self, *_signal: Any) -> None:
        self._stop.set()

    def leapt(self) -> bool:
        """Whether the wall clock jumped since the last look. A clock that jumps is refused once, not obeyed:
        the jobs wait until it has run steadily for one `RETRY`."""
        offset = time.time() - time.monotonic()
        before, self._offset = self._offset, offset
        return before is not None and abs(offset - before) > LEAP

    def once(self) -> int:
        """Do what is due now; how many jobs ran."""
        now = time.monotonic()
        if self.leapt():
            log.error("the wall clock jumped: no job runs for %s seconds", RETRY)
            self._due = {job.name: now + RETRY for job in self.jobs}
            return 0
        ran = 0
        for job in self.jobs:
            if self._stop.is_set():
                break
            if time.monotonic() < self._due.get(job.name, 0.0):
                continue
            ran += 1
            well = run_job(job, at=timezone.now())
            self._due[job.name] = time.monotonic() + (job.seconds if well else max(job.seconds, RETRY))
        return ran

    def forever(self) -> None:
        while not self._stop.is_set():
            self.once()
            self._stop.wait(PAUSE)
        connection.close()
