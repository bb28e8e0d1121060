"""Asking for many things in one statement: what stands on a page, and what hangs on the rows of a list.

A page of many rooms asks each of them something small, and the way to the database and back costs more than the
answer. Each queryset becomes one column of a single SELECT, as JSON; Django makes its objects of it as it always does.
Only rows are fetched so that fit into memory at once: what is shown on one page.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.tally import Countable, plan


def _day(told: str) -> dt.date:
    """A date; an instant where the database gives one for it (`TruncMonth` of a date), which Django makes a date of."""
    return dt.date.fromisoformat(told) if len(told) == len("2026-01-01") else dt.datetime.fromisoformat(told)


# kind of column → what PostgreSQL's JSON says of it, as the driver would have given it
_NATIVE: dict[str, Any] = {
    "DateTimeField": dt.datetime.fromisoformat,
    "DateField": _day,
    "TimeField": dt.time.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "UUIDField": uuid.UUID,
    "JSONField": lambda value: json.dumps(value, default=float),
    "BinaryField": lambda value: bytes.fromhex(value[2:]),
}


def together(querysets: Iterable[QuerySet], counts: Iterable[Countable] = ()) -> list[int | None]:
    """Fetch the rows of all these querysets and count those things, in one statement.

    The querysets keep their rows: to go through them afterwards asks nothing. Returned are the counts, in order.
    """
    asked: list[tuple[QuerySet, Any]] = []
    columns: list[str] = []
    values: list[Any] = []
    for queryset in querysets:
        compiler = queryset.query.clone().get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # nobody's: there is no SQL for it
            queryset._result_cache = []
            continue
        asked.append((queryset, compiler))
        columns.append(f"(SELECT coalesce(json_agg(t), '[]')::text FROM ({sql}) AS t)")
        values += params
    rows, resolve = plan(counts)
    for each in rows:
        columns.append(f"(SELECT count(*) FROM ({each.sql}) AS t)")
        values += each.params
    if not columns:
        return resolve(())
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(columns), values)
        found = cursor.fetchone()
    for (queryset, compiler), told in zip(asked, found, strict=False):
        _fill(queryset, compiler, told)
    return resolve(found[len(asked) :])


def _fill(queryset: Any, compiler: Any, told: str) -> None:
    """Let Django make its objects of the rows, by the compiler that wrote the SQL."""
    native = [_NATIVE.get(column[0].output_field.get_internal_type()) for column in compiler.select]
    rows = [
        tuple(
            value if value is None or make is None else make(value)
            for value, make in zip(row.values(), native, strict=True)
        )
        for row in json.loads(told, parse_float=Decimal)
    ]
    compiler.execute_sql = lambda *args, **kwargs: [rows]
    copy = queryset.all()
    copy.query.get_compiler = lambda *args, **kwargs: compiler
    queryset._result_cache = list(copy._iterable_class(copy))
    if queryset._prefetch_related_lookups:
        queryset._prefetch_related_objects()


def foresee(owners: Sequence[Any], asked: Mapping[str, QuerySet], counts: Iterable[Countable] = ()) -> list[int | None]:
    """Ask together for what `core.memory.remembered` will be asked for under these keys by one of `owners`."""
    numbers = together(asked.values(), counts)
    for owner in owners:
        memory = getattr(owner, "memory", None)
        if memory is not None:
            memory.update({key: list(queryset) for key, queryset in asked.items()})
    return numbers


def hang_on(things: Sequence[Any], **relations: QuerySet) -> None:
    """What points at these things by a foreign key, as `prefetch_related` brings it, all relations in one statement.

    relations: the name under which a thing knows its rows → those rows, whosever they are.
    """
    if not things:
        return
    asked = {}
    for name, queryset in relations.items():
        key: Any = things[0]._meta.get_field(name)
        key = key.field  # the foreign key behind the name
        asked[name] = (key, queryset.filter(**{f"{key.name}__in": [thing.pk for thing in things]}))
    together(queryset for _key, queryset in asked.values())
    for name, (key, queryset) in asked.items():
        mine: dict[Any, list[Any]] = {thing.pk: [] for thing in things}
        by_pk = {thing.pk: thing for thing in things}
        for row in queryset:
            owner = getattr(row, key.attname)
            key.set_cached_value(row, by_pk[owner])
            mine[owner].append(row)
        for thing in things:
            kept = getattr(thing, name).all()
            kept._result_cache = mine[thing.pk]
            if not hasattr(thing, "_prefetched_objects_cache"):
                thing._prefetched_objects_cache = {}
            thing._prefetched_objects_cache[name] = kept
