"""Whom cases are about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import BODIES, SubjectKind
from cases.querysets import SubjectQuerySet
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Region


class Subject(Versioned):
    """An institution, pharmacy, supplier, practitioner or insured person (C18).

    Bodies have a check-digit-verified 统一社会信用代码; a person's identity number is encrypted and
    found again by a blind index. Bodies are seen by the region, persons with a case they are in.
    """

    kind_code = "subject"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {
        "id_sealed": Classification.SEALED,
        "id_index": Classification.SEALED,
        "id_masked": Classification.PERSONAL,
    }

    region = models.ForeignKey(Region, models.PROTECT, related_name="subjects")
    kind = models.CharField(_("kind"), max_length=12, choices=SubjectKind)
    name = models.CharField(_("name"), max_length=100)
    pinyin = models.CharField(max_length=100, blank=True, editable=False)
    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True)
    id_sealed = models.BinaryField(null=True, editable=False)
    id_index = models.CharField(max_length=64, null=True, editable=False)
    id_masked = models.CharField(max_length=18, blank=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    level = models.CharField(_("level"), max_length=20, blank=True)
    public = models.BooleanField(_("public ownership"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    agreement_number = models.CharField(_("agreement number"), max_length=40, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=["region", "uscc"], name="subject_uscc_once"),
            models.UniqueConstraint(fields=["region", "id_index"], name="subject_person_once"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(BODIES), id_sealed=None)
                | (~Q(kind__in=sorted(BODIES)) & Q(uscc=None)),
                name="subject_code_fits_kind",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_body(self) -> bool:
        return self.kind in BODIES
