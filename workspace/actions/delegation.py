"""Standing in for a colleague who is away: named, taken up, ended, and told when it is over."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from core.registry import kinds
from departments.models import Post, User
from journal.actions import notify, record
from journal.models import Notification
from workspace.models import Delegation
from workspace.rules_delegation import fits

LONGEST = dt.timedelta(days=184)


@transaction.atomic
def set_delegation(
    *, away: Post, delegate: User, since: dt.date, until: dt.date, reason: str = "", by: User, at: dt.datetime
) -> Delegation:
    """Let `delegate` stand in for the holder of the post `away`, both local dates included. Both are told.

    The caller asked `workspace.rules_delegation.can_set_for`.

    :raises BadInput: dates that cannot be right, somebody without a fitting post or away as well
    :raises AlreadyDone: somebody stands in for this person on some of these days already
    """
    today = local_date(at)
    if since < today:
        raise BadInput(_("This day has passed."), field="since")
    if until < since:
        raise BadInput(_("The end lies before the beginning."), field="until")
    if until - since > LONGEST:
        raise BadInput(_("At most half a year at a time."), field="until")
    held = Post.objects.current(since).filter(user=delegate, user__is_active=True)
    if delegate.pk == away.user_id or not any(fits(away, post) for post in held.select_for_update()):
        raise BadInput(_("Choose a colleague of the department in a fitting post."), field="delegate")
    others = Delegation.objects.filter(ended_at=None, since__lte=until, until__gte=since)
    if others.filter(away=delegate, department=away.department_id).exists():
        raise BadInput(_("This colleague is away on some of these days as well."), field="delegate")
    try:
        with transaction.atomic():
            made = Delegation.objects.create(
                away_id=away.user_id, delegate=delegate, department_id=away.department_id, role=away.role,
                since=since, until=until,
                reason=reason.strip(), set_by=by, set_at=at,
            )  # fmt: skip
    except IntegrityError:  # the database keeps one at a time
        raise AlreadyDone(
            _("Somebody stands in for this person on some of these days already. End that first."), field="since"
        ) from None
    _say("delegation.set", made, by=by, at=at)
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: User, at: dt.datetime) -> Delegation:
    """End it now. Both are told. The caller asked `workspace.rules_delegation.can_end`.

    :raises WrongState: it has ended
    """
    now = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if now.ended_at is not None or now.until < local_date(at):
        raise WrongState(_("This has ended already."))
    now.ended_by, now.ended_at, now.told_end = by, at, True
    now.save(update_fields=["ended_by", "ended_at", "told_end"])
    _say("delegation.ended", now, by=by, at=at)
    return now


@transaction.atomic
def take_up_for(*, delegation: Delegation, by: User, at: dt.datetime) -> None:
    """Note that somebody begins to act for the colleague they stand in for."""
    record("delegation.taken_up", target=delegation, by=by, at=at, away_user=delegation.away_id)


def _say(verb: str, delegation: Delegation, *, by: User | None, at: dt.datetime) -> None:
    said: dict[str, Any] = {
        "away_user": delegation.away_id, "delegate_user": delegation.delegate_id,
        "since": delegation.since.isoformat(), "until": delegation.until.isoformat(),
    }  # fmt: skip
    case = SimpleNamespace(pk=None, owner_id=delegation.department_id, region_id=delegation.department.region_id)
    record(verb, target=delegation, by=by, at=at, case=case, **said)
    both = [user for user in (delegation.away, delegation.delegate) if user != by]
    notify(
        both, verb, target=delegation, at=at, department=delegation.department, tone="n",
        actor_user=by.pk if by else None, **said,
    )  # fmt: skip


@transaction.atomic
def see_to_delegations(*, at: dt.datetime) -> tuple[int, int]:
    """Tell both whose days are over, and pass clocks' reminders on to who stands in; run by the clerk.

    (ended, reminders passed on). What the delegate may not see is not passed on. Twice at once tells once.
    """
    today, reminders = local_date(at), 0
    over = Delegation.objects.filter(ended_at=None, told_end=False, until__lt=today)
    ended = list(over.select_for_update(skip_locked=True, of=("self",)).select_related("away", "delegate", "department"))
    for delegation in ended:
        _say("delegation.over", delegation, by=None, at=at)
    Delegation.objects.filter(pk__in=[each.pk for each in ended]).update(told_end=True)
    for delegation in Delegation.objects.on(today).select_related("away", "delegate", "department__region"):
        reminders += _pass_on(delegation, at)
    return len(ended), reminders


def _pass_on(delegation: Delegation, at: dt.datetime) -> int:
    """The reminders of the last day to the one away, of clocks which the delegate sees too."""
    posts = Post.objects.current(local_date(at)).filter(department=delegation.department)
    held = list(posts.filter(user__in=(delegation.away_id, delegation.delegate_id)).select_related("department__region"))
    minded = [post for post in held if (post.user_id, post.role) == (delegation.away_id, delegation.role)]
    fitting = (
        post
        for post in held
        if post.user_id == delegation.delegate_id and any(fits(mind, post) for mind in minded)
    )
    delegate = delegation.delegate
    delegate.post = next(fitting, None)
    since = max(at - dt.timedelta(days=1), delegation.set_at)
    notes = Notification.objects.filter(
        recipient=delegation.away_id, target_kind="deadline", created_at__gt=since
    )
    kind = kinds.get("deadline")
    if delegate.post is None or kind is None:
        return 0
    found = list(notes.order_by("pk"))
    seen = {each.pk: each for each in kind.visible(delegate).filter(pk__in={note.target_id for note in found})}
    told = 0
    for note in found:
        if (clock := seen.get(note.target_id)) is not None:
            case = SimpleNamespace(pk=clock.case_id, owner_id=clock.department_id, region_id=clock.region_id)
            told += notify(
                [delegate], note.verb, target=clock, at=at, case=case, department=delegation.department, tone=note.tone,
                dedupe=f"behalf:{delegation.pk}:{note.pk}", **note.params,
            )  # fmt: skip
    return told
