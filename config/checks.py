"""What the house refuses to start its migrations on."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

FOLDED = ("departments", "0001_tables")
BEFORE = ("departments", "0001_initial")


@register(Tags.database)
def made_by_the_first_chain(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A database of before the tables were folded (ADR 0071): its tables stand, but not under the names known now."""
    wrong: list[CheckMessage] = []
    for alias in databases or ():
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        if BEFORE in applied and FOLDED not in applied:
            wrong.append(
                Error(
                    "This database was made by an earlier chain of migrations.",
                    hint="Make it anew: `make clean` throws this checkout's own database away; a database from outside "
                    "is dropped and created by hand (docs/adr/0071-tables-in-one-step.md).",
                    id="config.E001",
                )
            )
    return wrong
