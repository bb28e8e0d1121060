"""Which rows of the lower rooms' dictionaries cases refer to (`core.registry.in_use`)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from cases.models import Case
from departments.models import Category


def categories_in_use(ids: Iterable[int]) -> set[int]:
    """Those of these categories that any case of any region has; never which or how many."""
    referring = Case.categories.through.objects.filter(category=OuterRef("pk"))
    return set(
        Category.objects.filter(pk__in=list(ids)).filter(Exists(referring)).values_list("pk", flat=True)
    )
