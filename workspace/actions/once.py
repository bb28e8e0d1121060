"""A form works once, however often and from however many connections it is sent."""

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction

from core.refusals import AlreadyDone
from departments.models import User
from workspace.models import FormKey

KEPT = dt.timedelta(days=30)


def _used(user: User, key: str) -> AlreadyDone:
    """The refusal of a second use, with the address of the first one's result (`details["result_url"]`)."""
    url = FormKey.objects.filter(user=user, key=key).values_list("result_url", flat=True).first() or ""
    return AlreadyDone(result_url=url)


@transaction.atomic
def use_form_key(*, user: User, key: str, at: dt.datetime, result_url: str = "") -> FormKey:
    """Use an idempotency key up. Call it inside the transaction of what must happen once.

    A second submission waits for the first: it is refused if that commits, and goes on if it fails.

    :raises AlreadyDone: the key was used; `details["result_url"]` is where its result is
    """
    try:
        with transaction.atomic():
            return FormKey.objects.create(user=user, key=key, used_at=at, result_url=result_url)
    except IntegrityError:
        raise _used(user, key) from None


@transaction.atomic
def do_once(*, user: User, key: str, at: dt.datetime, work: Callable[[], str]) -> str:
    """Run `work` under an idempotency key; it returns the address of its result, which is kept and returned.

    If `work` refuses, the key stays unused, so that the corrected form may be sent under it again.

    :raises AlreadyDone: see `use_form_key`
    """
    used = use_form_key(user=user, key=key, at=at)
    used.result_url = work()[:300]
    used.save(update_fields=["result_url"])
    return used.result_url


@transaction.atomic
def forget_form_keys(*, at: dt.datetime) -> int:
    """Drop keys nobody will send again; run by the clerk. Returns how many."""
    return FormKey.objects.filter(used_at__lt=at - KEPT).delete()[0]
