"""What inspections refer to in the lower rooms' dictionaries."""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef

from departments.models import Category
from inspections.models import ChecklistItem, Finding, VisitItem


def beside(others: Callable[[Iterable[int]], set[int]]) -> Callable[[Iterable[int]], set[int]]:
    """The categories the others refer to, and those a finding or a line of a checklist has."""

    def in_use(ids: Iterable[int]) -> set[int]:
        wanted = list(ids)
        ours = Exists(Finding.objects.filter(category=OuterRef("pk")))
        ours |= Exists(ChecklistItem.objects.filter(category=OuterRef("pk")))
        ours |= Exists(VisitItem.objects.filter(category=OuterRef("pk")))
        return others(wanted) | set(Category.objects.filter(ours, pk__in=wanted).values_list("pk", flat=True))

    return in_use
