"""What went to a department without an account on paper, or came from it: the day, and the scan that proves it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.scopes import Retention, Scope
from meetings.enums import PaperKind
from meetings.models.meeting import Attendance
from meetings.models.minutes import Signature
from meetings.querysets import PaperProofQuerySet


class PaperProof(models.Model):
    """One paper, entered by the office. Only ever added to; a later one of the same kind stands beside the earlier."""

    kind_code = "paper_proof"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="proofs")
    kind = models.CharField(_("kind"), max_length=10, choices=PaperKind)
    on = models.DateField(_("day of the paper"))
    signature = models.OneToOneField(Signature, models.PROTECT, null=True, related_name="proof")
    name = models.CharField(_("scan"), max_length=150)
    file = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PaperProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a department without an account")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="minutes", signature__isnull=False)
                | (~Q(kind="minutes") & Q(signature=None)),
                name="paper_proof_of_a_signature",
            ),
        ]

    def __str__(self):
        return self.name
