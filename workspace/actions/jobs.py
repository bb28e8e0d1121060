"""Long jobs: begun by a person, done by any worker, ended once.

The row is the truth: messages may be lost, doubled or forged, workers killed. Whoever works on a job holds it under a
lease and its count of `attempts`; nobody else's word about it counts.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import registry
from core.files import keep_copy
from core.offers import Made
from core.refusals import MovedOn, Refused
from core.states import move
from departments.models import User
from journal.actions import notify
from workspace.enums import JobStatus
from workspace.models import LongJob

LEASE = dt.timedelta(minutes=3)  # each portion of a work takes less
ATTEMPTS = 3
MOST_OPEN = 3  # of one person at a time
KEPT = dt.timedelta(days=7)  # how long a file waits to be fetched
FORGOTTEN = dt.timedelta(days=30)  # how long the row says what became of it
FOLDER = "long_jobs"
RUN = "workspace.tasks.run_long_job"


class TooManyJobs(Refused):
    """So many of this person's jobs are under way that another has to wait."""

    sentence = _("Three of your long jobs are under way. Wait until one is done, or cancel one.")


@transaction.atomic
def begin_job(*, kind: str, parameters: dict[str, Any], by: User, at: dt.datetime) -> LongJob:
    """Ask for a long work in the post acted in; a worker is woken once this commits, and else the clerk finds it.

    The same asked again while it is under way is the same job: a second click makes no second file.

    :raises LookupError: no room registered this kind
    :raises TooManyJobs: `MOST_OPEN` of this person are not ended yet
    """
    registry.long_works[kind]
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at once count one after the other
    unended = LongJob.objects.filter(user=by).unended()
    if same := unended.filter(kind=kind, post=by.post, parameters=parameters).first():
        return same
    if unended.count() >= MOST_OPEN:
        raise TooManyJobs
    job = LongJob.objects.create(
        user=by, post=by.post, kind=kind, parameters=parameters, language=get_language() or "zh-hans", created_at=at
    )
    transaction.on_commit(
        lambda: current_app.send_task(RUN, args=[job.pk], retry=False, ignore_result=True), robust=True
    )
    return job


@transaction.atomic
def take_job(*, job_id: int, at: dt.datetime) -> LongJob | None:
    """Take a job nobody works on, for the length of a lease; None where there is nothing to take.

    One that was taken `ATTEMPTS` times and never ended has killed its workers: it fails.
    """
    job = LongJob.objects.select_for_update(skip_locked=True).filter(pk=job_id, ended_at=None).first()
    if job is None:
        return None
    if job.status == JobStatus.QUEUED:
        move(job, JobStatus.RUNNING, at=at, started_at=at, attempts=1, lease_until=at + LEASE)
        return job
    if job.lease_until is None or job.lease_until > at:
        return None
    if job.attempts >= ATTEMPTS:
        _fail(job, _("The work was interrupted several times. Begin it again, or ask the administrator."), at)
        return None
    job.attempts, job.lease_until, job.done = job.attempts + 1, at + LEASE, 0
    job.save(update_fields=["attempts", "lease_until", "done"])
    return job


@transaction.atomic
def advance_job(*, job: LongJob, done: int, total: int | None, at: dt.datetime) -> None:
    """Say how far it is, and hold it for another lease.

    :raises MovedOn: it was cancelled, or somebody else has taken it since
    """
    held = LongJob.objects.filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)
    if not held.update(done=done, total=total, lease_until=at + LEASE):
        raise MovedOn


def _held(job: LongJob) -> LongJob:
    """The job under lock, if it is still in the hands of whoever took it as `job`."""
    held = LongJob.objects.select_for_update().filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)
    row = held.first()
    if row is None:
        raise MovedOn
    return row


@transaction.atomic
def finish_job(*, job: LongJob, made: Made, by: User, at: dt.datetime) -> LongJob:
    """Take the file over, write what the kind of work has to record, and tell the person.

    :raises MovedOn: it was cancelled, or somebody else has taken it since; no file is kept then
    """
    row = _held(job)
    name = f"{FOLDER}/{row.pk}-{row.attempts}{Path(made.name).suffix}"
    size = keep_copy(name, Path(made.path))
    move(
        row, JobStatus.DONE, at=at, ended_at=at, expires_at=at + KEPT, lease_until=None, done=made.rows, total=made.rows,
        file=name, file_name=made.name, media_type=made.media_type, size=size, covers=made.covers,
    )  # fmt: skip
    registry.long_works[row.kind].ended(made, row.parameters, by=by, at=at)
    notify(
        [by], "long_job.done", target=row, department=by.department, at=at, tone="g", dedupe=f"long_job:{row.pk}",
        long_work=row.kind, rows=made.rows,
    )  # fmt: skip
    return row


@transaction.atomic
def fail_job(*, job: LongJob, sentence: Any, at: dt.datetime) -> None:
    """End a job that cannot be done with a sentence for its person.

    :raises MovedOn: it was cancelled, or somebody else has taken it since
    """
    _fail(_held(job), sentence, at)


def _fail(job: LongJob, sentence: Any, at: dt.datetime) -> None:
    move(job, JobStatus.FAILED, at=at, ended_at=at, lease_until=None, sentence=str(sentence)[:500])
    notify([job.user], "long_job.failed", target=job, at=at, tone="r", dedupe=f"long_job:{job.pk}", long_work=job.kind)


@transaction.atomic
def cancel_job(*, job: LongJob, at: dt.datetime) -> None:
    """Give a job up; whoever works on it stops at its next portion. The caller asked whose it is.

    :raises WrongState: it has ended
    :raises MovedOn: it has moved on since it was read
    """
    move(job, JobStatus.CANCELLED, at=at, ended_at=at, lease_until=None)


@transaction.atomic
def take_file(*, job: LongJob, by: User, at: dt.datetime) -> str:
    """The name in the storage of a finished job's file, with a line on the record that a copy was taken.

    The rights are asked again: a file that holds a row its reader may not see any more is not given out.

    :raises Refused: it is not there any more, another post asked for it, or rights have ended (`record` then)
    """
    if not job.file or job.expires_at is None or job.expires_at <= at:
        raise Refused(_("This file was kept for seven days and then removed: begin the work again."))
    if by.post is None or by.post.pk != job.post_id:
        raise Refused(_("This file was made for another post of yours. Change the post you act in first."))
    work = registry.long_works[job.kind]
    lost = work.lost(bytes(job.covers or b""), by)
    if lost:
        raise Refused(
            _("Since this file was made, %(n)d of its rows have been closed to you. Begin the work again.") % {"n": lost},
            record=True,
        )
    work.taken(job.done, job.parameters, by=by, at=at)
    return job.file


@transaction.atomic
def forget_jobs(*, at: dt.datetime) -> int:
    """Remove files whose time is over, those a killed worker left, and rows a month after their end; by the clerk.

    Returns how many files went.
    """
    over = LongJob.objects.filter(expires_at__lte=at).exclude(file="")
    gone = 0
    for job in over.only("file"):
        default_storage.delete(job.file)
        gone += 1
    over.update(file="", covers=None)
    LongJob.objects.filter(ended_at__lte=at - FORGOTTEN).delete()
    if not default_storage.exists(FOLDER):
        return gone
    known = set(LongJob.objects.exclude(file="").values_list("file", flat=True))
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if path not in known and default_storage.get_modified_time(path) < at - KEPT:
            default_storage.delete(path)
            gone += 1
    return gone
