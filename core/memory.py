"""Asking once what one request asks again and again, such as the signing rules in force.

Only a person a request was made for has a memory (`departments.middleware`), and it ends with the request;
anybody else, a task or a test, asks anew each time. Nothing that decides access to a row is kept here: of a door
only how it is asked for in SQL, never what the database answered.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

T = TypeVar("T")


def begin(user: Any) -> None:
    """Give the person of a new request an empty memory."""
    user.memory = {}


def remembered(user: Any, key: str, make: Callable[[], T]) -> T:
    """What `make` gave the first time this request asked for `key`."""
    memory: dict[str, T] | None = getattr(user, "memory", None)
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return memory[key]


def ids(user: Any, key: str, make: Callable[[], QuerySet]) -> Any:
    """The ids of a queryset, to stand behind `__in`; its SQL is composed once a request.

    Composing a door's conditions takes longer than asking them, and a page asks the same door a dozen times. `make`
    depends on nothing but the person and the post acted in, and carries no ids it has looked up itself.
    """

    def compose() -> Any:
        found = make().order_by().values("pk")
        try:
            sql, params = found.query.sql_with_params()
        except EmptyResultSet:  # nobody's: there is no SQL for it
            return found
        return RawSQL(sql, params)  # noqa: S611 (the ORM's own SQL, its values apart)

    post = getattr(user, "post", None)
    return remembered(user, f"{key}.{post.pk if post else 0}", compose)
