"""Forms somebody has begun: kept, given up, and gone once they were sent."""

import datetime as dt
import json

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import AlreadyDone, BadInput, Stale
from departments.models import User
from workspace.models import Draft, FormKey

KEPT = dt.timedelta(days=30)
MOST_DRAFTS = 100
MOST_TEXT = 200_000  # characters of all its fields together

NEWER = _("A newer draft of this form was saved meanwhile, perhaps in another window.")


@transaction.atomic
def save_draft(
    *,
    user: User,
    form: str,
    url: str,
    values: dict[str, list[str]],
    known: int | None,
    form_key: str = "",
    target_id: int | None = None,
    case_id: int | None = None,
    title: str = "",
    at: dt.datetime,
) -> Draft:
    """Keep a form somebody has begun, half-valid or not: one draft for each person and address.

    known: the version the page took up or saved last; None where it knows of none.

    :raises Stale: there is a draft this page does not know of; it stays (`details["version"]`)
    :raises AlreadyDone: the form was sent meanwhile
    :raises BadInput: too long, or a hundred drafts already
    """
    if len(json.dumps(values, ensure_ascii=False)) > MOST_TEXT:
        raise BadInput(_("This is too long to be kept as a draft."))
    if form_key and FormKey.objects.filter(user=user, key=form_key).exists():
        raise AlreadyDone
    kept = {
        "form": form, "values": values, "title": title[:120], "target_id": target_id, "case_id": case_id,
        "saved_at": at,
    }  # fmt: skip
    standing = Draft.objects.select_for_update().filter(user=user, url=url).first()
    if standing is not None:
        if standing.version != known:
            raise Stale(NEWER, version=standing.version)
        for name, value in {**kept, "version": standing.version + 1}.items():
            setattr(standing, name, value)
        standing.save()
        return standing
    if Draft.objects.filter(user=user).count() >= MOST_DRAFTS:
        raise BadInput(_("You keep a hundred drafts already; finish or discard one first."))
    try:
        with transaction.atomic():
            return Draft.objects.create(user=user, url=url, **kept)
    except IntegrityError:  # another window was first
        raise Stale(NEWER, version=1) from None


@transaction.atomic
def drop_draft(*, draft: Draft) -> None:
    """Give a draft up. The caller loaded it as the person's own."""
    draft.delete()


@transaction.atomic
def drop_sent(*, user: User, url: str, known: int | None, form_key: str) -> int:
    """Remove the draft the sent form went on from, which its key being used tells; how many there were.

    known: the version the page took up or saved last; another draft at the same address stays.
    """
    if known is None or not FormKey.objects.filter(user=user, key=form_key).exists():
        return 0
    return Draft.objects.filter(user=user, url=url, version=known).delete()[0]


@transaction.atomic
def forget_drafts(*, at: dt.datetime) -> int:
    """Drop drafts nobody has touched for thirty days; run by the clerk. Returns how many."""
    return Draft.objects.filter(saved_at__lt=at - KEPT).delete()[0]
