"""Constraints and columns several models of the room share."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q


def actor(**more):
    """Whoever acted; None while nobody has."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", **more
    )


def moment():
    """When somebody acted; None while nobody has."""
    return models.DateTimeField(null=True, blank=True)


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


def with_reason(model: str, stem: str, reason: str) -> CheckConstraint:
    """What was done at `stem_at` carries its reason, and nothing else does."""
    return CheckConstraint(
        condition=Q(**{f"{stem}_at": None, reason: ""})
        | (Q(**{f"{stem}_at__isnull": False}) & ~Q(**{reason: ""})),
        name=f"{model}_{stem}_with_reason",
    )
