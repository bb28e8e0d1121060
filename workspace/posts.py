"""A person for work done without them: in the post they asked in, as it stands at that moment."""

import datetime as dt

from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import Refused
from departments.models import Post, User


def person_in(post_id: int, *, at: dt.datetime) -> User:
    """The person who holds this post on the local day of `at`, acting in it.

    :raises Refused: nobody does
    """
    held = Post.objects.current(local_date(at)).filter(pk=post_id, user__is_active=True)
    post = held.select_related("user", "department__region").first()
    if post is None:
        raise Refused(_("The post this was asked for in has ended."))
    user: User = post.user
    user.post = post
    return user
