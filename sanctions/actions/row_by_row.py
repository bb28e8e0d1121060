"""How the jobs of this room go through what is due: in batches to the end, and past a row that cannot be done."""

import logging
from collections.abc import Callable

from django.db.models import QuerySet

log = logging.getLogger(__name__)
BATCH = 200


def each_due(due: QuerySet, columns: tuple[str, ...], work: Callable[..., int], what: str) -> int:
    """Do `work(pk, *columns)` for every row that is due, by pk; the sum of what it answers.

    work: one transaction of its own. A row it cannot do is written to the log with its number and left to the next run;
    the others do not wait for it. How many were left is logged too.
    """
    done, left, last = 0, 0, 0
    while rows := list(due.filter(pk__gt=last).order_by("pk").values_list("pk", *columns)[:BATCH]):
        for row in rows:
            try:
                done += work(*row)
            except Exception:
                left += 1
                log.exception("%s %s: not done, the next run tries again", what, row[0])
        last = rows[-1][0]
    if left:
        log.error("%s: %d were left to the next run", what, left)
    return done
