"""Celery tasks of this room: a message carries one id and may be lost, doubled or forged; the row decides."""

from celery import shared_task

from workspace.running import run_job


@shared_task(ignore_result=True)
def run_long_job(job_id: int) -> None:
    """Do a long job if nobody else does. One that does not exist, or has ended, is nothing to do."""
    run_job(int(job_id))
