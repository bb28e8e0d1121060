"""Coming, going and changing posts: each a line of the record (等保 8.1.4.3)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import BadInput
from departments.models import Post, User
from departments.record import record


@transaction.atomic
def signed_in(*, by: User, at: dt.datetime) -> None:
    """Record that a person signed in."""
    record("user.signed_in", target=by, by=by, at=at)


@transaction.atomic
def signed_out(*, by: User, at: dt.datetime, idle: bool = False) -> None:
    """Record that a person signed out, or was signed out after doing nothing for too long."""
    record("user.signed_out", target=by, by=by, at=at, idle=idle)


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
