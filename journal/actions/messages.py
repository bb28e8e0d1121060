"""What has to leave the house waits in the outbox, written together with what caused it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from journal.models import Message
from journal.outbox import UnknownChannel, handlers
from journal.params import plain


@transaction.atomic
def enqueue(
    channel: str, payload: Mapping[str, Any], *, at: dt.datetime, dedupe: str | None = None
) -> Message:
    """Put a message (ids only) into the outbox; the same `dedupe` twice gives the first one back.

    :raises UnknownChannel: no room registered a handler in `journal.outbox.handlers`
    """
    if channel not in handlers:
        raise UnknownChannel(channel)
    fields = {"channel": channel, "payload": plain(payload), "created_at": at, "available_at": at}
    if dedupe is None:
        return Message.objects.create(**fields)
    message, _made = Message.objects.get_or_create(dedupe=dedupe, defaults=fields)
    return message
