"""`manage.py verify_draw 439926-2026-001`: works a draw out again from its record, in the database or in a file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from inspections.draw_check import agrees, check
from inspections.draw_record import published
from inspections.models import Draw


class Command(BaseCommand):
    help = "Works a draw (双随机抽取) out again and compares every step; ends with 1 where something differs."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", default="", help="of the draw, such as 439926-2026-001")
        parser.add_argument(
            "--file", type=Path, help="a downloaded record instead; the database is not asked"
        )

    def handle(self, *args, number, file, **options):
        if bool(number) == bool(file):
            raise CommandError(_("Name one draw by its number, or a record by --file."))
        record = self.read(file) if file else self.find(number)
        checks = check(record)
        for each in checks:
            self.stdout.write(
                ("  ok  " if each.agrees else "WRONG ") + each.what + (f": {each.said}" if each.said else "")
            )
        if not agrees(checks):
            raise CommandError(_("This record does not agree with itself."))
        self.stdout.write(self.said(record))

    @staticmethod
    def read(file):
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CommandError(_("The record cannot be read: %(fault)s") % {"fault": fault}) from None
        return record if isinstance(record, dict) else {}

    @staticmethod
    def find(number):
        draw = Draw.objects.select_related("committed_by", "committed_for", "drawn_by", "drawn_for").filter(
            number=number
        )
        found = draw.first()
        if found is None:
            raise CommandError(_("There is no draw of this number."))
        return published(found)

    @staticmethod
    def said(record):
        if record["public_number"]:
            return _("%(number)s agrees: %(targets)d targets and %(teams)d teams come out again.") % {
                "number": record["number"], "targets": len(record["targets"]), "teams": len(record["teams"]),
            }  # fmt: skip
        if record["seed"]:
            said = _("%(number)s was given up before it was made; its list and its seed agree.")
        else:
            said = _("%(number)s was not drawn yet; its list agrees, its seed is still secret.")
        return said % {"number": record["number"]}
