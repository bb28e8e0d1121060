"""Asking once what one request asks again and again, such as the signing rules in force.

Only a person a request was made for has a memory (`departments.middleware`), and it ends with the request;
anybody else, a task or a test, asks anew each time. Nothing that decides access to a row is kept here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

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
