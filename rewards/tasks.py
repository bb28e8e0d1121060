"""Celery tasks of this room: messages carry nothing, the rows decide."""

from celery import shared_task
from django.utils import timezone

from rewards.actions import bulk_rewards


@shared_task(ignore_result=True)
def compute_rewards() -> None:
    """Bring every reward to what ledger, rules and answers say. As often as run, from any number of workers."""
    bulk_rewards.compute_rewards(at=timezone.now())
