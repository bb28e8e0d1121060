"""The dictionaries of this room as values: what a form shows, what an action compares, what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import registry
from departments.enums import Function
from departments.models import Category, Region, Route

# who may be competent for a violation: the office coordinates, and a body without an account is asked on paper
COMPETENT = tuple(each for each in Function if each not in (Function.OFFICE, Function.OTHER))
# who may send a letter here: a body without an account sends paper
SENDERS = tuple(each for each in Function if each != Function.OTHER)

LABELS = {
    "name": pgettext_lazy("dictionary", "Name"),
    "source": pgettext_lazy("dictionary", "Source"),
    "order": _("position"),
    "functions": _("competent departments"),
    "fraud": _("suspected fraud"),
    "short_name": _("character in document marks"),
}


def category_values(category: Category) -> dict[str, Any]:
    """What may be edited of a category, with the functions competent for it in the order of the seals."""
    competent = {row.function for row in category.competences.all()}
    return {
        "name": category.name,
        "source": category.source,
        "order": category.order,
        "functions": [function.value for function in Function if function in competent],
        "fraud": category.fraud,
    }


def region_values(region: Region) -> dict[str, Any]:
    """What may be edited of a region; its code stays."""
    return {"name": region.name, "short_name": region.short_name}


def route_values(routes: Iterable[Route]) -> dict[str, Any]:
    """What may be edited of the routes of one kind from one function: three values a receiver, open ones or not."""
    held = {route.receiver: route for route in routes}
    values: dict[str, Any] = {}
    for function in Function.values:
        route = held.get(function)
        values[f"to_{function}"] = route is not None
        values[f"proposed_{function}"] = route is not None and route.proposed
        values[f"basis_{function}"] = route.basis if route is not None else ""
    return values


def categories_in_use(categories: Iterable[Category]) -> set[int]:
    """The ids of the categories something refers to, as the rooms above say."""
    return registry.in_use["category"]([category.pk for category in categories])


def listed_categories() -> QuerySet[Category]:
    """Every category with who is competent, those in force first."""
    return Category.objects.order_by("-active", "order", "code").prefetch_related("competences")


# -- words of the record ---------------------------------------------------------------------------------------
def function_words(value: Any) -> str:
    """A list of functions as words; nobody where it is empty."""
    codes = value if isinstance(value, list) else []
    said = [str(Function(code).label) if code in Function.values else str(code) for code in codes]
    return gettext(", ").join(said) or gettext("nobody")


def change_words(value: Any) -> str:
    """`{field: [old, new]}` as “name: old → new”."""
    changes: Mapping[str, Any] = value if isinstance(value, dict) else {}
    return gettext("; ").join(
        gettext("%(field)s: %(old)s → %(new)s")
        % {"field": LABELS.get(name, name), "old": _one(old), "new": _one(new)}
        for name, (old, new) in changes.items()
    )


def _one(value: Any) -> str:
    if isinstance(value, list):
        return function_words(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value) if value not in ("", None) else "—"
