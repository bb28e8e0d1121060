"""`manage.py compute_rewards`: what the Celery task of that name does, at once and in this process."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from rewards.actions.bulk_rewards import compute_rewards


class Command(BaseCommand):
    help = "Bring every reward to what the ledger, the rules and the answers say; as often as run."

    def handle(self, *args, **options):
        self.stdout.write(f"{compute_rewards(at=timezone.now())} rewards changed")
