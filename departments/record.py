"""The journal lies one floor above this room, so its functions come through the registry."""

from typing import Any

from core import registry


def record(verb: str, **fields: Any) -> Any:
    """`journal.actions.record`."""
    return registry.journal["record"](verb, **fields)


def notify(recipients: Any, verb: str, **fields: Any) -> int:
    """`journal.actions.notify`."""
    return registry.journal["notify"](recipients, verb, **fields)
