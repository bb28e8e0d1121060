"""Constraints and columns several models of the room share."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q


def actor(**more):
    """Whoever acted; None for the system."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **more)


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
