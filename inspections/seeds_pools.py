"""The yearly cap of visits as shipped: an internal figure, for 国办发〔2024〕54号 leaves the number to the place (T6)."""

from collections.abc import Callable
from typing import Any

from deadlines.seeds import LONG_AGO

CAPS = {"institution": 2, "pharmacy": 2, "supplier": 1}


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    stamps = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
    for kind, most in CAPS.items():
        model("inspections", "VisitCap").objects.get_or_create(
            region=None, kind=kind, defaults={"most": most, **stamps}
        )
