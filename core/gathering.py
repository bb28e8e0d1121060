"""What one page reads of many small things, collected first and then asked in one statement (`core.together`)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from core.together import together


class Gathering:
    """Querysets of one page. Each keeps its rows once `ask` was called: to go through it afterwards asks nothing."""

    def __init__(self) -> None:
        self._asked: list[QuerySet] = []
        self._then: list[Callable[[], None]] = []

    def rows(self, queryset: QuerySet) -> QuerySet:
        """These rows. Give the page this queryset itself: one made from it would ask anew."""
        self._asked.append(queryset)
        return queryset

    def hang(self, owner: Any, name: str, queryset: QuerySet) -> QuerySet:
        """Those of the queryset that point at `owner`, which afterwards knows them as `owner.<name>.all()`."""
        key = owner._meta.get_field(name).field.name
        return self.hang_each([owner], name, queryset.filter(**{key: owner.pk}))

    def hang_each(self, owners: Iterable[Any], name: str, queryset: QuerySet) -> QuerySet:
        """The same for several owners, which may themselves be gathered; the caller narrows the queryset to theirs."""
        found = self.rows(queryset)
        self._then.append(lambda: _hang(list(owners), name, found))
        return found

    def ask(self) -> None:
        """One statement for everything; what was asked before is forgotten."""
        asked, then = self._asked, self._then
        self._asked, self._then = [], []
        together(asked)
        for step in then:
            step()


def _hang(owners: list[Any], name: str, rows: Iterable[Any]) -> None:
    if not owners:
        return
    key: Any = owners[0]._meta.get_field(name)
    key = key.field  # the foreign key behind the name
    by_pk = {owner.pk: owner for owner in owners}
    mine: dict[Any, list[Any]] = {pk: [] for pk in by_pk}
    for row in rows:
        owner_pk = getattr(row, key.attname)
        key.set_cached_value(row, by_pk[owner_pk])
        mine[owner_pk].append(row)
    for owner in owners:
        kept = getattr(owner, name).all()
        kept._result_cache = mine[owner.pk]
        if not hasattr(owner, "_prefetched_objects_cache"):
            owner._prefetched_objects_cache = {}
        owner._prefetched_objects_cache[name] = kept
