"""`manage.py make_signing_certificate`: key and certificate of this installation, made once by the set-up."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from documents import signing


class Command(BaseCommand):
    help = "Makes the key and the certificate issued papers are signed with, where there are none."

    def add_arguments(self, parser):
        parser.add_argument("--name", default="", help="of the installation, as readers of PDF show it")

    def handle(self, *args, name, **options):
        demo = settings.DEMO
        name = name or ("Joint desk, demonstration" if demo else f"Joint desk {settings.PUBLIC_URL.split('//')[-1]}")
        made = signing.make(Path(settings.SIGNING_DIR), name=name, demonstration=demo, at=timezone.now())
        self.stdout.write("made" if made else "there already")
