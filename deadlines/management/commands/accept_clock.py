"""`manage.py accept_clock`: sweep again after somebody has looked at a machine whose clock had jumped."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from deadlines.actions.bulk_sweep import accept_clock


class Command(BaseCommand):
    help = "Accept the machine's clock as it is now; the sweep of deadlines goes on from here."

    def handle(self, **options):
        now = timezone.now()
        accept_clock(at=now)
        self.stdout.write(f"Accepted: {now.isoformat()}")
