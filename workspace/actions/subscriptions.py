"""Digests: a saved view told in numbers, worked out for its reader when it is sent. No title ever leaves the house."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import registry
from core.dates import SHANGHAI, local_date
from core.refusals import BadInput, Refused
from departments.models import User
from journal.actions import notify
from workspace.enums import Rhythm
from workspace.models import SavedView, Subscription
from workspace.posts import person_in

log = logging.getLogger(__name__)

OPENS = 8  # o'clock in Shanghai: nobody is told at night
NUMBERS = ("total", "fresh", "soon", "late")


@transaction.atomic
def subscribe(*, view: SavedView, rhythm: str, by: User, at: dt.datetime) -> Subscription:
    """Be told of a view from the next working day, or the next week, on; said again, it only changes the rhythm.

    The caller loaded `view` through `visible_to(by)`.

    :raises BadInput: no rhythm of ours, or a page that has no numbers
    """
    if rhythm not in Rhythm.values:
        raise BadInput(_("Choose how often."), field="rhythm")
    if view.page not in registry.digests:
        raise BadInput(_("This page has no digest."), field="rhythm")
    told = {"rhythm": rhythm, "post": by.post}
    row, _made = Subscription.objects.update_or_create(
        user=by, view=view, defaults=told,
        create_defaults={**told, "created_at": at, "told_at": at, "told_on": local_date(at)},
    )  # fmt: skip
    return row


@transaction.atomic
def unsubscribe(*, view: SavedView, by: User) -> int:
    """Be told no more; how many subscriptions there were."""
    return Subscription.objects.filter(user=by, view=view).delete()[0]


def send_digests(*, at: dt.datetime) -> int:
    """The job: tell everybody whose digest is due on this working day, each exactly once; how many were told.

    One that cannot be told is written down and left for the next run; the others do not wait for it.
    """
    today = local_date(at)
    if at.astimezone(SHANGHAI).hour < OPENS or not registry.working_days["is_working"](today):
        return 0
    monday = today - dt.timedelta(days=today.weekday())
    due = Subscription.objects.filter(
        Q(rhythm=Rhythm.DAILY, told_on__lt=today) | Q(rhythm=Rhythm.WEEKLY, told_on__lt=monday)
    )
    sent = 0
    for pk, told_on in due.order_by("pk").values_list("pk", "told_on"):
        try:
            sent += send_digest(subscription_id=pk, told_on=told_on, at=at)
        except Exception:
            log.exception("subscription %s cannot be told", pk)
    return sent


@transaction.atomic
def send_digest(*, subscription_id: int, told_on: dt.date, at: dt.datetime) -> bool:
    """Tell one reader the numbers of a view as the reader may see them now; whether it was this call that did.

    It ends with the post it was asked for in, and where the view is no longer shared with its reader.
    """
    row = Subscription.objects.select_for_update(skip_locked=True, of=("self",)).select_related("view")
    found = row.filter(pk=subscription_id, told_on=told_on).first()
    if found is None:  # told, or in the hands of another process
        return False
    try:
        reader = person_in(found.post_id, at=at)
    except Refused:
        found.delete()
        return False
    view = found.view
    if not SavedView.objects.visible_to(reader).filter(pk=view.pk).exists() or view.page not in registry.digests:
        found.delete()
        return False
    said = registry.digests[view.page](view.query, reader, found.told_at)
    today = local_date(at)
    notify(
        [reader], "view.digest", target=("saved_view", view.pk), department=reader.department, at=at,
        tone="r" if said["late"] else "n", dedupe=f"digest:{found.pk}:{today}", **{name: said[name] for name in NUMBERS},
    )  # fmt: skip
    found.told_on, found.told_at = today, at
    found.save(update_fields=["told_on", "told_at"])
    return True
