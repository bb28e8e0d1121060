"""The outbox relay: what must leave the house leaves once, however often processes die on the way.

A message is claimed under a lease that grows with every attempt, and is done only when its effect is
recorded: the handler's own writes and `done_at` commit together. While a handler works, its row is locked,
so a lease that runs out under a slow server doubles nothing. What cannot be part of a transaction (a mail
handed to a server just before the power fails) carries the message's number, so that the other side can
tell the second copy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import urllib.request
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from journal.models import Message

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=30)
LONGEST = dt.timedelta(hours=6)
ATTEMPTS = 12  # about a day and a half; then a person has to look
BATCH = 50

# channel -> handler(message, at=…); rooms above add theirs in `apps.py: ready()`
handlers: dict[str, Callable[..., None]] = {}


class UnknownChannel(LookupError):
    """No room registered a handler for this channel."""


class Undeliverable(Exception):
    """Trying again would not help: the message is put aside with this sentence."""


# MATERIALIZED: as a subselect the batch might be chosen anew for every row, and more would be claimed
_CLAIM = """
WITH batch AS MATERIALIZED (
    SELECT id FROM journal_message
    WHERE done_at IS NULL AND failed_at IS NULL AND available_at <= %(at)s
    ORDER BY available_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
UPDATE journal_message AS m
SET attempts = m.attempts + 1,
    available_at = %(at)s + least(%(lease)s * power(2, least(m.attempts, 20)), %(longest)s)
FROM batch WHERE m.id = batch.id
RETURNING m.id, m.attempts
"""


def claim(*, at: dt.datetime, batch: int = BATCH) -> list[tuple[int, int]]:
    """Take waiting messages under a lease: (id, number of this attempt), oldest first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "lease": LEASE, "longest": LONGEST, "batch": batch})
        return sorted(cursor.fetchall())


def relay(*, at: dt.datetime) -> int:
    """Deliver what waits; how many messages were done. One bad message holds up no other."""
    return sum(_deliver(pk, attempt, at) for pk, attempt in claim(at=at))


def _deliver(pk: int, attempt: int, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            # waits: a claim that lost the race locks the row for a moment while it looks again
            message = (
                Message.objects.select_for_update()
                .filter(pk=pk, attempts=attempt, done_at=None, failed_at=None)
                .first()
            )
            if message is None:  # another process took it over
                return False
            handler = handlers.get(message.channel)
            if handler is None:
                raise Undeliverable(
                    _("No handler for the channel %(channel)s.") % {"channel": message.channel}
                )
            handler(message, at=at)
            message.done_at = at
            message.error = ""
            message.save(update_fields=["done_at", "error"])
            return True
    except Undeliverable as error:
        _note(pk, attempt, str(error), at, given_up=True)
    except Exception as error:
        log.warning("message %s, attempt %s: %s", pk, attempt, error)
        _note(pk, attempt, f"{type(error).__name__}: {error}", at, given_up=attempt >= ATTEMPTS)
    return False


def _note(pk: int, attempt: int, error: str, at: dt.datetime, *, given_up: bool) -> None:
    rows = Message.objects.filter(pk=pk, attempts=attempt, done_at=None)
    rows.update(error=error[:2000], failed_at=at if given_up else None)


def send_email(message: Message, *, at: dt.datetime) -> None:
    """Send a notice: that something waits and where, nothing of the case itself.

    payload: {"user": id, "verb": code, "params": …}. Off unless HOUSE_EMAIL_HOST is set.

    :raises Undeliverable: e-mail is switched off, or the person has no address or is blocked
    """
    from departments.models import User
    from journal.render import Saying

    if not settings.EMAIL_HOST:
        raise Undeliverable(_("E-mail is switched off: no mail server is set."))
    user = User.objects.filter(pk=message.payload["user"], is_active=True).exclude(email="").first()
    if user is None:
        raise Undeliverable(_("Nobody to write to: no address, or the account is blocked."))
    with translation.override(settings.LANGUAGE_CODE):
        text = Saying.of(message.payload["verb"], message.payload["params"]).text
        mail = EmailMessage(
            subject=_("Joint desk: something waits for you"),
            body=f"{text}\n\n{settings.HOUSE_ADDRESS}",
            to=[user.email],
            headers={"Message-ID": f"<house-{message.pk}@{settings.EMAIL_DOMAIN}>"},
            connection=get_connection(timeout=20),
        )
    mail.send()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def call_webhook(message: Message, *, at: dt.datetime) -> None:
    """POST the payload as JSON to one of the addresses the installation allows.

    payload: {"url": …, "event": …}. The header X-House-Message is the message's number (the receiver drops
    doubles by it), X-House-Signature an HMAC-SHA-256 of the body under WEBHOOK_KEY.

    :raises Undeliverable: the address is not among WEBHOOK_URLS
    :raises OSError: the other side does not answer with 2xx; tried again later
    """
    url = message.payload.get("url", "")
    if url not in settings.WEBHOOK_URLS:
        raise Undeliverable(_("This address is not among the allowed webhooks."))
    body = json.dumps(message.payload, ensure_ascii=False, sort_keys=True).encode()
    signature = hmac.new(settings.WEBHOOK_KEY.encode(), body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(  # noqa: S310  (only addresses the installation lists)
        url,
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-House-Message": str(message.pk),
            "X-House-Signature": f"sha256={signature}",
        },
    )
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        answer.read(1024)
