"""Doing a long job: taken under a lease, a portion at a time, in the rights its person has at that moment."""

import datetime as dt
import logging
import tempfile
import threading
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import registry
from core.refusals import MovedOn, Refused
from departments.models import User
from workspace.actions.jobs import advance_job, fail_job, finish_job, take_job
from workspace.models import LongJob
from workspace.posts import person_in

log = logging.getLogger(__name__)

PATIENCE = dt.timedelta(seconds=20)  # how long a message may take before the clerk takes the row itself
_working = threading.Lock()  # the clerk works on one at a time: clocks come first


class Work:
    """What a kind of work is given (`core.offers.LongWork.run`)."""

    def __init__(self, job: LongJob, folder: Path) -> None:
        self._job, self.folder = job, folder
        self.parameters: dict[str, Any] = job.parameters
        self.at = job.started_at or job.created_at

    def person(self) -> User:
        """Who asked, in the post they asked in, as both stand now.

        :raises Refused: the post has ended, or the account is blocked
        """
        return person_in(self._job.post_id, at=timezone.now())

    def step(self, done: int, total: int | None) -> None:
        """:raises MovedOn: cancelled, or taken over by another worker: stop."""
        advance_job(job=self._job, done=done, total=total, at=timezone.now())


def run_job(job_id: int) -> bool:
    """Do one job if nobody else does; whether it was this call that finished it."""
    job = take_job(job_id=job_id, at=timezone.now())
    if job is None:
        return False
    with translation.override(job.language), tempfile.TemporaryDirectory(prefix="long-job-") as folder:
        work = Work(job, Path(folder))
        try:
            made = registry.long_works[job.kind].run(work)
            finish_job(job=job, made=made, by=work.person(), at=timezone.now())
            return True
        except MovedOn:
            log.info("long job %s: given up or taken over", job.pk)
        except Refused as refusal:
            _failed(job, refusal)
        except (OperationalError, InterfaceError):  # the database is away: taken again when the lease is over
            log.warning("long job %s: the database is away", job.pk)
            connection.close()
        except Exception:
            log.exception("long job %s", job.pk)
            _failed(job, _("This could not be done. Begin it again; if it fails again, tell the administrator."))
    return False


def _failed(job: LongJob, sentence: Any) -> None:
    try:
        fail_job(job=job, sentence=sentence, at=timezone.now())
    except MovedOn:
        log.info("long job %s: given up before it failed", job.pk)


def waiting(*, at: dt.datetime) -> list[int]:
    """The jobs nobody works on, the oldest first."""
    return list(LongJob.objects.to_be_taken(at, after=PATIENCE).order_by("pk").values_list("pk", flat=True)[:20])


def pick_up(*, at: dt.datetime) -> threading.Thread | None:
    """For the clerk: jobs whose message was lost, and those of killed workers, in a thread beside the clocks."""
    found = waiting(at=at)
    if not found or not _working.acquire(blocking=False):
        return None
    thread = threading.Thread(target=_run_all, args=(found,), name="long jobs", daemon=True)
    thread.start()
    return thread


def _run_all(job_ids: list[int]) -> None:
    try:
        for job_id in job_ids:
            run_job(job_id)
    except DatabaseError:
        log.exception("long jobs")
    finally:
        connection.close()
        _working.release()
