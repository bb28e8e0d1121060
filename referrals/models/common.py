"""What several models of the room share."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.scopes import Classification


def paired(model: str, *stems: str) -> list[CheckConstraint]:
    """For each stem: `stem_at` and `stem_by` are set together or not at all."""
    return [
        CheckConstraint(
            condition=Q(**{f"{stem}_at": None, f"{stem}_by": None})
            | Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}),
            name=f"{model}_{stem}_paired",
        )
        for stem in stems
    ]


class RepliedOnPaper(models.Model):
    """The paper by which a body without an account replied: who signed it there, its date and number, its scan."""

    classification = {"paper_person": Classification.PERSONAL}

    kind_code: str

    paper_person = models.CharField(_("who signed it there"), max_length=40, blank=True)
    paper_number = models.CharField(_("their document number"), max_length=40, blank=True)
    paper_on = models.DateField(_("dated"), null=True)
    paper_file = models.FileField(max_length=200, blank=True)
    paper_name = models.CharField(max_length=150, blank=True)
    paper_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def scan_url(self) -> str:
        """Where the scan is handed out."""
        return reverse(f"referrals:{self.kind_code}_scan", args=[self.pk])


def paper_whole(model: str) -> CheckConstraint:
    """A reply on paper has its person, date and scan, and belongs to a reply."""
    none = Q(paper_on=None, paper_person="", paper_number="", paper_file="", paper_sha256="")
    whole = Q(paper_on__isnull=False, replied_at__isnull=False)
    whole &= ~Q(paper_person="") & ~Q(paper_file="") & ~Q(paper_sha256="")
    return CheckConstraint(condition=none | whole, name=f"{model}_paper_whole")
