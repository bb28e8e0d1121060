"""Constraints and columns several models of the room share."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from sanctions.enums import TermUnit


def actor(**more):
    """Whoever acted; None for the system."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **more)


def person():
    """Whoever acted, always known."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


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


def others(model: str, *pairs: tuple[str, str]) -> list[CheckConstraint]:
    """For each pair of stems: two persons."""
    return [
        CheckConstraint(
            condition=Q(**{f"{one}_by": None})
            | Q(**{f"{two}_by": None})
            | ~Q(**{f"{one}_by": F(f"{two}_by")}),
            name=f"{model}_{one}_is_not_{two}",
        )
        for one, two in pairs
    ]


def term(model: str) -> list[CheckConstraint]:
    """A term has an amount and a unit or neither; its last day does not lie before its first."""
    return [
        CheckConstraint(
            condition=Q(amount=None, unit="") | (Q(amount__gte=1) & ~Q(unit="")), name=f"{model}_term_whole"
        ),
        CheckConstraint(
            condition=Q(until=None) | Q(since__isnull=False, until__gte=F("since")),
            name=f"{model}_days_in_order",
        ),
    ]


class Term(models.Model):
    """From `since` through `until`, both counted; `until` None: no end, or done once. `amount` `unit`: as decided."""

    since = models.DateField(_("from"), null=True, blank=True)
    amount = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=TermUnit, blank=True, default="")
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True


class Filed(models.Model):
    """A file handed in: stored under its SHA-256 (`documents.storage`)."""

    name = models.CharField(_("file"), max_length=150, blank=True, default="")
    file = models.CharField(max_length=120, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")

    class Meta:
        abstract = True


def filed(model: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(name="", file="", sha256="", media_type="")
        | (~Q(name="") & ~Q(file="") & ~Q(sha256="") & ~Q(media_type="")),
        name=f"{model}_file_whole",
    )
