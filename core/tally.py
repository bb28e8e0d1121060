"""Counting many things in one statement: the numbers beside the navigation, the tabs and the saved views.

A room hands over what is to be counted, not the number, so that the frame of a page costs one statement
however many rooms contribute to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Rows:
    """A SELECT whose rows are counted, written by hand where the ORM would be slower."""

    sql: str
    params: tuple[Any, ...] = ()


# a number, what is to be counted, several of these added up, or nothing to say (None)
Countable = int | QuerySet | Rows | Sequence["Countable"] | None


def _written(part: QuerySet | Rows) -> Rows | None:
    """The SELECT of a part; None where Django knows already that it has no row."""
    if isinstance(part, Rows):
        return part
    try:
        sql, params = part.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    return Rows(sql, tuple(params))


def _parts(wanted: Countable) -> list[int | QuerySet | Rows]:
    if wanted is None:
        return []
    if isinstance(wanted, int | QuerySet | Rows):
        return [wanted]
    return [part for each in wanted for part in _parts(each)]


def plan(wanted: Iterable[Countable]) -> tuple[list[Rows], Callable[[Sequence[int]], list[int | None]]]:
    """What is to be asked for these numbers, and how the answers become them again, in order."""
    asked: list[Rows] = []
    places: list[tuple[int | None, list[int]]] = []
    for each in wanted:
        known = 0
        indexes: list[int] = []
        for part in _parts(each):
            if isinstance(part, int):
                known += part
            elif (rows := _written(part)) is not None:
                indexes.append(len(asked))
                asked.append(rows)
        places.append((None if each is None else known, indexes))

    def resolve(counted: Sequence[int]) -> list[int | None]:
        return [
            known if known is None else known + sum(counted[n] for n in indexes) for known, indexes in places
        ]

    return asked, resolve


def tally(wanted: Iterable[Countable]) -> list[int | None]:
    """The number for each of `wanted`, in order: one statement, or none where there is nothing to ask.

    None stays None, as long as it is not part of a sum.
    """
    asked, resolve = plan(wanted)
    counted: tuple[int, ...] = ()
    if asked:
        columns = ", ".join(f"(SELECT count(*) FROM ({rows.sql}) AS t{n})" for n, rows in enumerate(asked))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [value for rows in asked for value in rows.params])
            counted = cursor.fetchone()
    return resolve(counted)
