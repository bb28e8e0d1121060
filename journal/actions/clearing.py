"""What is kept for a short while only (Retention.SHORT): old notices and finished messages go."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection, transaction

from journal.actions.events import record

BATCH = 20_000  # rows of each table a run takes; the next run takes more

# MATERIALIZED: as a subselect the portion might be chosen anew for every row, and more would go
_NOTICES = """
WITH portion AS MATERIALIZED (
    SELECT id FROM journal_notification
    WHERE created_at < %(unread)s OR (read_at < %(read)s AND created_at < %(read)s)
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
DELETE FROM journal_notification AS n USING portion WHERE n.id = portion.id
"""
_MESSAGES = """
WITH portion AS MATERIALIZED (
    SELECT id FROM journal_message WHERE done_at < %(done)s OR failed_at < %(failed)s
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
DELETE FROM journal_message AS m USING portion WHERE m.id = portion.id
"""


@transaction.atomic
def purge(*, at: dt.datetime) -> tuple[int, int]:
    """Delete notices and messages nobody needs any more; (notices, messages) that went, in one event.

    Notices go `settings.KEEP_NOTICES_DAYS` after they were read, unread ones after twice as long; messages
    `settings.KEEP_MESSAGES_DAYS` after they were delivered, given-up ones after twice as long. What waits
    stays however old it is. What happened stands in the record for ever (FACTS §2.10). Two at once take
    different rows.
    """
    notices, messages = (
        dt.timedelta(days=days) for days in (settings.KEEP_NOTICES_DAYS, settings.KEEP_MESSAGES_DAYS)
    )
    until = {
        "read": at - notices,
        "unread": at - 2 * notices,
        "done": at - messages,
        "failed": at - 2 * messages,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTICES, {**until, "batch": BATCH})
        gone = cursor.rowcount
        cursor.execute(_MESSAGES, {**until, "batch": BATCH})
        sent = cursor.rowcount
    if gone or sent:
        record("journal.purged", target=None, by=None, at=at, notices=gone, messages=sent,
               **{f"{name}_until": moment.isoformat() for name, moment in until.items()})  # fmt: skip
    return gone, sent
