"""`manage.py anchor_journal`: writes the newest digest to a file that belongs outside the database."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journal.verify import newest_seal, read_anchors, verify


class Command(BaseCommand):
    help = (
        "Appends the end of the hash chain to a file. Copy it where no administrator of the database writes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.ANCHOR_FILE, help="file of anchors")

    def handle(self, *args, to, **options):
        known = read_anchors(to)
        proof = verify(known)
        if not proof.sound:
            raise CommandError("\n".join([_("Not anchored: the record is not sound."), *proof.broken]))
        newest = newest_seal()
        if newest is None:
            raise CommandError(_("Nothing is sealed yet."))
        if not known or known[-1]["seal"] != newest["seal"]:
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("a", encoding="utf-8") as file:
                file.write(json.dumps(newest) + "\n")
                file.flush()
                os.fsync(file.fileno())
        self.stdout.write(_("Anchored at seal %(seal)d: %(digest)s") % newest)
