"""`manage.py clerk`: sweep, sealer and outbox relay in one process, as the clerk's database role."""

import signal

from django.core.management.base import BaseCommand

from journal import clerk


class Command(BaseCommand):
    help = "Does what is due until SIGTERM: deadline sweep, sealer, outbox relay (run with HOUSE_ROLE=clerk)."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do every job once and stop")

    def handle(self, *args, once, **options):
        loop = clerk.Clerk()
        if once:
            self.stdout.write(f"{loop.once()} jobs done")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, loop.stop)
        self.stdout.write("the clerk works: " + ", ".join(job.name for job in loop.jobs))
        loop.forever()
        self.stdout.write("the clerk has stopped")
