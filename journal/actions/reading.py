"""A person reads what they were told. No event: this is about the reader only."""

from django.db import transaction

from journal.models import Notification


@transaction.atomic
def read_one(*, notification, by, at):
    """Mark one notification of `by` as read at `at`; a second time changes nothing.

    Returns whether it was unread.
    """
    return bool(Notification.objects.visible_to(by).unread().filter(pk=notification.pk).update(read_at=at))


@transaction.atomic
def read_all(*, by, at):
    """Mark everything `by` was told up to `at` as read; returns how many were unread."""
    return Notification.objects.visible_to(by).unread().filter(created_at__lte=at).update(read_at=at)
