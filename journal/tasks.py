"""Celery beat triggers the same jobs as the clerk; either alone suffices.

The sealer works only where the worker connects as the clerk's role; elsewhere it leaves its work to the clerk.
"""

from celery import shared_task
from django.utils import timezone

from journal import clerk


@shared_task(ignore_result=True)
def run_clerk_job(name: str) -> None:
    """Do one of the clerk's jobs. A name nobody registered is an error, not silence."""
    clerk.run_job(clerk.job_named(name), at=timezone.now())
