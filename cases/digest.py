"""The numbers of a saved view of the registry, as its reader may see them at that moment."""

import dataclasses
import datetime as dt
from typing import Any

from django.http import QueryDict

from cases import listing
from cases.forms.registry import FilterForm, Known


def numbers(query: str, user: Any, since: dt.datetime) -> dict[str, int]:
    """{"total", "fresh" (registered since), "soon", "late"}: how many cases of these filters the reader sees now."""
    filters = FilterForm(QueryDict(query), known=Known.of(user.region)).filters()

    def with_lamp(code: str) -> int:
        return listing.total(user, dataclasses.replace(filters, lamp=code)) if filters.lamp in ("", code) else 0

    return {
        "total": listing.total(user, filters),
        "fresh": listing.total(user, dataclasses.replace(filters, opened_since=since)),
        "soon": with_lamp("y"),
        "late": with_lamp("r"),
    }
