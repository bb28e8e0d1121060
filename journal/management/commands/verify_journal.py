"""`manage.py verify_journal`: proves the chain, or names the first broken row and ends with 1."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journal.verify import read_anchors, verify


class Command(BaseCommand):
    help = "Recomputes the hash chain of the record and compares it with the anchors kept outside."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, default=settings.ANCHOR_FILE, help="file of anchors")

    def handle(self, *args, anchors, **options):
        known = read_anchors(anchors)
        proof = verify(known)
        if not proof.sound:
            raise CommandError("\n".join(proof.broken))
        self.stdout.write(
            _(
                "The record is sound: %(seals)d seals, %(anchors)d anchors, %(unsealed)d events not sealed yet."
            )
            % {"seals": proof.seals, "anchors": len(known), "unsealed": proof.unsealed}
        )
        self.stdout.write(proof.newest)
