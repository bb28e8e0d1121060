"""Coming, going and changing posts: each a line of the record (等保 8.1.4.3)."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import BadInput, MovedOn
from departments.models import Post, SignIn, User
from departments.record import record


@transaction.atomic
def signed_in(
    *, by: User, session_key: str, address: str | None = None, browser: str = "", at: dt.datetime
) -> None:
    """Record that a person signed in, and keep the session in the list of their own; ended ones leave it."""
    sign_ins = SignIn.objects.filter(user=by)
    sign_ins.exclude(session_key__in=Session.objects.filter(expire_date__gt=at).values("session_key")).delete()
    SignIn.objects.create(
        user=by, session_key=session_key, began_at=at, seen_at=at, address=address, browser=browser[:200]
    )
    record("user.signed_in", target=by, by=by, at=at)


@transaction.atomic
def signed_out(*, by: User, session_key: str | None, at: dt.datetime, idle: bool = False) -> None:
    """Record that a person signed out, or was signed out after doing nothing for too long."""
    SignIn.objects.filter(user=by, session_key=session_key).delete()
    record("user.signed_out", target=by, by=by, at=at, idle=idle)


@transaction.atomic
def seen(*, session_key: str, at: dt.datetime) -> None:
    """Note that somebody works in a session; asked for once a minute at most."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=at)


@transaction.atomic
def moved(*, old: str, new: str) -> None:
    """A session goes on under another key, as after a change of password."""
    SignIn.objects.filter(session_key=old).update(session_key=new)


@transaction.atomic
def end_session(*, sign_in: SignIn, by: User, at: dt.datetime) -> None:
    """End one of one's own sessions at another desk.

    :raises MovedOn: it has ended by itself
    """
    found = SignIn.objects.select_for_update().filter(pk=sign_in.pk, user=by).first()
    if found is None:
        raise MovedOn
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()
    record("user.session_ended", target=by, by=by, at=at, count=1)


@transaction.atomic
def end_sessions(*, user: User, but: str = "", by: User | None, at: dt.datetime) -> int:
    """End every session of a person, but the one under the key `but`; how many there were.

    Asked for when the password, the second factor or the posts of a person change (FACTS §2.10).
    """
    sign_ins = SignIn.objects.select_for_update().filter(user=user).exclude(session_key=but)
    keys = [each.session_key for each in sign_ins]
    if keys:
        SignIn.objects.filter(session_key__in=keys).delete()
        Session.objects.filter(session_key__in=keys).delete()
        record("user.session_ended", target=user, by=by, at=at, count=len(keys))
    return len(keys)


@transaction.atomic
def locked_out(*, staff_number: str, at: dt.datetime) -> None:
    """Record that signing in was locked. Whether the staff number exists is not told apart, here or there."""
    record("user.locked_out", target=None, by=None, at=at, staff_number=staff_number[:20])


@transaction.atomic
def switch_post(*, by: User, post: Post, at: dt.datetime) -> Post:
    """Act in another of one's own posts from now on.

    :raises BadInput: the post is another person's, or is not held today
    """
    held = by.posts.current(local_date(at)).select_related("department__region").filter(pk=post.pk).first()
    if held is None:
        raise BadInput(_("You do not hold this post."), field="post")
    by.post = held
    record(
        "user.switched_post",
        target=by,
        by=by,
        at=at,
        post=held.pk,
        department=held.department_id,
        role=held.role,
    )
    return held
