"""Writing the record. One event per business action, in the action's own transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from core.registry import verbs
from journal.models import Event
from journal.params import plain, target_of


class UnknownVerb(LookupError):
    """A verb no room registered: it could never be said when the record is read."""


@transaction.atomic
def record(verb: str, *, target: Any, by: Any, at: dt.datetime, case: Any = None, **params: Any) -> Event:
    """Write that `verb` happened to `target`, done by `by` in the post they act in (None: the system).

    target: a model instance with `kind_code`, or a (kind, id) pair. case: the case it belongs to, if any;
    its region and owner department stand in where nobody acted. params: ids, codes, old and new values.

    :raises UnknownVerb: the verb is not in `core.registry.verbs`
    :raises ValueError, TypeError: see `journal.params.plain`
    """
    if verb not in verbs:
        raise UnknownVerb(verb)
    kind, pk = target_of(target)
    behalf = getattr(by, "behalf", None)
    if behalf is not None:
        params["behalf_user"] = behalf
    post = by.post if by is not None else None
    if post is not None:
        department_id, region_id = post.department_id, post.department.region_id
    else:
        department_id, region_id = getattr(case, "owner_id", None), getattr(case, "region_id", None)
    return Event.objects.create(
        at=at,
        verb=verb,
        actor_id=by.pk if by is not None else None,
        post_id=post.pk if post is not None else None,
        department_id=department_id,
        region_id=region_id,
        case_id=case.pk if case is not None else None,
        target_kind=kind,
        target_id=pk,
        params=plain(params),
    )


@transaction.atomic
def note_refusal(
    *, user: Any, verb: str, target: Any, sentence: Any, at: dt.datetime, case: Any = None
) -> Event:
    """Write, after the refused action has rolled back, that somebody tried `verb` on `target` and was refused."""
    return record(
        "journal.refused", target=target, by=user, at=at, case=case, attempt=verb, sentence=str(sentence)
    )
