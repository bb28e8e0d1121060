"""Celery tasks of this room: messages carry nothing, the rows decide."""

from celery import shared_task
from django.utils import timezone

from meetings.actions import bulk_quarters, extracts, minutes


@shared_task(ignore_result=True)
def run_quarters() -> None:
    """Open the quarter's meetings, remind, collect. As often as run, from any number of workers."""
    bulk_quarters.run_quarters(at=timezone.now())


@shared_task(ignore_result=True)
def draft_minutes() -> None:
    """Draft the minutes of every meeting that was held and has none. As often as run."""
    minutes.draft_due(at=timezone.now())


@shared_task(ignore_result=True)
def print_extracts() -> None:
    """Print the extracts that have their number and no paper. As often as run."""
    extracts.print_due(at=timezone.now())
