"""A form works once, however often and from however many connections it is sent."""

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.refusals import AlreadyDone
from core.sealing import seal, unseal
from departments.models import User
from workspace.models import FormKey

KEPT = dt.timedelta(days=30)


ANSWER = "workspace.FormKey.answer"


def _used(user: User, key: str, digest: str) -> AlreadyDone:
    """The refusal of a second use, with the address of the first one's result (`details["result_url"]`)."""
    known = FormKey.objects.filter(user=user, key=key).values_list("result_url", "digest").first()
    url, before = known or ("", "")
    if before != digest:
        return AlreadyDone(_("This key was used for another call. Send each call under a key of its own."))
    return AlreadyDone(result_url=url)


@transaction.atomic
def use_form_key(
    *, user: User, key: str, at: dt.datetime, result_url: str = "", digest: str = ""
) -> FormKey:
    """Use an idempotency key up. Call it inside the transaction of what must happen once.

    digest: of a call of the API; a page's form has none.

    A second submission waits for the first: it is refused if that commits, and goes on if it fails.

    :raises AlreadyDone: the key was used; `details["result_url"]` is where its result is, unless that was another call
    """
    try:
        with transaction.atomic():
            return FormKey.objects.create(user=user, key=key, used_at=at, result_url=result_url, digest=digest)
    except IntegrityError:
        raise _used(user, key, digest) from None


@transaction.atomic
def first_answer(*, user: User, key: str, digest: str, at: dt.datetime) -> tuple[int, str] | None:
    """Use the key of a call up, or return what the same call was answered with: its code of HTTP and text.

    :raises AlreadyDone: the key was used for another call, the first call is not finished, or its answer was not kept
    """
    try:
        use_form_key(user=user, key=key, at=at, digest=digest)
    except AlreadyDone as refusal:
        if "result_url" not in refusal.details:
            raise
        used = FormKey.objects.get(user=user, key=key)
        if used.code is None:
            raise AlreadyDone(_("The first call under this key is not finished yet.")) from None
        if used.answer is None:
            raise AlreadyDone(_("This call was done; its answer is given once only.")) from None
        return used.code, unseal(bytes(used.answer), purpose=ANSWER)
    return None


@transaction.atomic
def keep_answer(*, user: User, key: str, code: int, text: str | None) -> None:
    """Keep what the call under this key was answered with; without a text it is not given again."""
    answer = None if text is None else seal(text, purpose=ANSWER)
    FormKey.objects.filter(user=user, key=key).update(code=code, answer=answer)


@transaction.atomic
def forget_answer(*, user: User, key: str) -> None:
    """The call failed: its key may be used again."""
    FormKey.objects.filter(user=user, key=key, code=None).delete()


@transaction.atomic
def do_once(*, user: User, key: str, at: dt.datetime, work: Callable[[], str], digest: str = "") -> str:
    """Run `work` under an idempotency key; it returns the address of its result, which is kept and returned.

    If `work` refuses, the key stays unused, so that the corrected form may be sent under it again.

    :raises AlreadyDone: see `use_form_key`
    """
    used = use_form_key(user=user, key=key, at=at, digest=digest)
    used.result_url = work()[:300]
    used.save(update_fields=["result_url"])
    return used.result_url


@transaction.atomic
def forget_form_keys(*, at: dt.datetime) -> int:
    """Drop keys nobody will send again; run by the clerk. Returns how many."""
    return FormKey.objects.filter(used_at__lt=at - KEPT).delete()[0]
