"""Telling people inside the system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction

from core.registry import verbs
from journal.actions.events import UnknownVerb
from journal.models import Message, Notification
from journal.params import plain, target_of


@transaction.atomic
def notify(
    recipients: Iterable[Any],
    verb: str,
    *,
    target: Any,
    at: dt.datetime,
    case: Any = None,
    department: Any = None,
    tone: str = "n",
    dedupe: str | None = None,
    **params: Any,
) -> int:
    """Tell each of `recipients` (once, blocked people left out) in words rendered when they read it.

    department: the department they are told for, so that they can act in the right post.
    dedupe: a key of at most 90 characters under which nobody is told twice, however often this runs.
    Returns how many were told. One statement, whatever the number of people.

    :raises UnknownVerb: the verb is not in `core.registry.verbs`
    """
    if verb not in verbs:
        raise UnknownVerb(verb)
    people = {user.pk: user for user in recipients if user.is_active}
    keys = {pk: f"{dedupe}:{pk}" if dedupe else None for pk in people}
    if dedupe:
        told = Notification.objects.filter(dedupe__in=keys.values()).values_list("recipient_id", flat=True)
        for pk in set(told):
            people.pop(pk, None)
    if not people:
        return 0
    kind, target_id = target_of(target)
    held = plain(params)
    made = Notification.objects.bulk_create(
        [
            Notification(
                recipient_id=pk,
                department_id=department.pk if department is not None else None,
                verb=verb,
                params=held,
                case_id=case.pk if case is not None else None,
                target_kind=kind,
                target_id=target_id,
                tone=tone,
                dedupe=keys[pk],
                created_at=at,
            )
            for pk in people
        ],
        ignore_conflicts=bool(dedupe),
    )
    if settings.EMAIL_NOTICES:
        _mail(people.values(), verb, held, at, dedupe)
    return len(made)


def _mail(people: Iterable[Any], verb: str, held: dict, at: dt.datetime, dedupe: str | None) -> None:
    """An e-mail beside the notice for those with an address: it says only that something waits, and a link."""
    Message.objects.bulk_create(
        [
            Message(
                channel="email",
                payload={"user": user.pk, "verb": verb, "params": held},
                dedupe=f"mail:{dedupe}:{user.pk}" if dedupe else None,
                created_at=at,
                available_at=at,
            )
            for user in people
            if user.email
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def read_one(*, notification: Notification, by: Any, at: dt.datetime) -> bool:
    """Mark one of `by`'s own notifications as read; whether it was unread."""
    mine = Notification.objects.visible_to(by).unread().filter(pk=notification.pk)
    return bool(mine.update(read_at=at))


@transaction.atomic
def read_all(*, by: Any, at: dt.datetime) -> int:
    """Mark all of `by`'s notifications as read; how many were unread."""
    return Notification.objects.visible_to(by).unread().update(read_at=at)
