"""What one page reads of many small things, collected first and then asked in one statement (`core.together`).

A reading of several steps, the second of which asks for what the first has found, is `stepwise`: readings of many rooms
go in step, one statement a step for all of them, however many rooms there are (ADR 0083).
"""

from collections.abc import Callable, Generator, Iterable
from functools import partial, update_wrapper
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


Steps = Generator[None, None, Any]


class stepwise:  # noqa: N801 (a decorator)
    """A reading of somebody's things: `steps(*args, asked, **more)` collects in `asked`, yields until it was asked, and
    returns what it read. Called without `asked`, it asks for itself alone."""

    def __init__(self, steps: Callable[..., Steps]) -> None:
        self.steps = steps
        update_wrapper(self, steps)

    def __call__(self, *args: Any, **more: Any) -> Any:
        return in_step([begun(self, *args, **more)])[0]


def begun(read: Callable[..., Any], *args: Any, **more: Any) -> Callable[[Gathering], Steps]:
    """This reading of these arguments, to go in step with others; one that is not stepwise asks for itself."""
    steps = read.steps if isinstance(read, stepwise) else partial(_alone, read)
    return partial(steps, *args, **more)


def _alone(read: Callable[..., Any], *args: Any, **more: Any) -> Steps:
    *own, _asked = args
    return read(*own, **more)
    yield


def side_by_side(readings: Iterable[Callable[[Gathering], Steps]], asked: Gathering) -> Steps:
    """What each of these readings returns, in order; itself a step of a reading."""
    going = dict(enumerate(each(asked) for each in readings))
    told: dict[int, Any] = dict.fromkeys(going)
    while going:
        for n, reading in list(going.items()):
            try:
                next(reading)
            except StopIteration as over:
                told[n] = over.value
                del going[n]
        if going:
            yield
    return list(told.values())


def in_step(readings: Iterable[Callable[[Gathering], Steps]]) -> list[Any]:
    """What each of these readings returns, in order: one statement for each step of the longest."""
    asked = Gathering()
    going = side_by_side(readings, asked)
    while True:
        try:
            next(going)
        except StopIteration as over:
            return over.value
        asked.ask()


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
