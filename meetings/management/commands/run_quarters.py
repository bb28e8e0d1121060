"""`manage.py run_quarters`: what the Celery task of that name does, at once and in this process."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from meetings.actions.bulk_quarters import run_quarters


class Command(BaseCommand):
    help = "Open the meetings of quarters that have begun, remind departments of topics, collect agendas."

    def handle(self, *args, **options):
        opened, reminded, collected = run_quarters(at=timezone.now())
        self.stdout.write(
            f"{opened} meetings opened, {reminded} departments reminded, {collected} agendas collected"
        )
