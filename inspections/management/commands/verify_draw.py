"""`manage.py verify_draw 439926-2026-001`: works a draw out again from its record, in the database or in a file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from inspections.draw_check import agrees, check, same_here
from inspections.draw_record import published
from inspections.models import Draw
from journal.models import Event


class Command(BaseCommand):
    help = "Works a draw (双随机抽取) out again and compares every step; ends with 1 where something differs."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", default="", help="of the draw, such as 439926-2026-001")
        parser.add_argument(
            "--file", type=Path, help="a downloaded record instead, compared with the one kept here where there is one"
        )

    def handle(self, *args, number, file, **options):
        if bool(number) == bool(file):
            raise CommandError(_("Name one draw by its number, or a record by --file."))
        record = self.read(file) if file else self.find(number)
        checks = check(record)
        if file:
            checks += self.beside(record)
        for each in checks:
            self.stdout.write(
                ("  ok  " if each.agrees else "WRONG ") + each.what + (f": {each.said}" if each.said else "")
            )
        if not agrees(checks):
            raise CommandError(_("This record does not agree."))
        self.stdout.write(self.said(record))

    @staticmethod
    def read(file):
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CommandError(_("The record cannot be read: %(fault)s") % {"fault": fault}) from None
        return record if isinstance(record, dict) else {}

    def beside(self, record):
        """A file compared with the draw of its number and its event here."""
        draw = self.draw(str(record.get("number", "")))
        if draw is None:
            self.stdout.write(_("There is no draw of this number here: the record was compared with itself alone."))
            return []
        events = Event.objects.filter(verb="draw.committed", target_kind=Draw.kind_code, target_id=draw.pk)
        event = events.first()
        return same_here(record, published(draw), event.params if event else {})

    @staticmethod
    def draw(number):
        found = Draw.objects.select_related("committed_by", "committed_for", "drawn_by", "drawn_for")
        return found.filter(number=number).first()

    def find(self, number):
        found = self.draw(number)
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
