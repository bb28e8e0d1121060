"""`manage.py verify_papers`: compares every issued file with its fingerprint and its signature, and names what differs."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents import verification
from documents.models import IssuedDocument


class Command(BaseCommand):
    help = "Checks the kept file of every issued paper: SHA-256, signature, certificate. Ends with 1 where one differs."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="*", help="of the papers to check (default: all)")

    def handle(self, *args, number, **options):
        papers = IssuedDocument.objects.defer("context").order_by("pk")
        if number:
            papers = papers.filter(number__in=number)
        checked = signed = 0
        wrong = []
        for paper in papers.iterator(chunk_size=200):
            checked += 1
            signed += bool(paper.signer_serial)
            if fault := verification.fault_of(paper):
                wrong.append(f"{paper.number} {paper.file}: {fault}")
        if wrong:
            raise CommandError("\n".join(wrong))
        told = _("%(papers)d papers agree with what was issued; %(signed)d of them are signed.")
        self.stdout.write(told % {"papers": checked, "signed": signed})
