"""Which post a person acts in, how long a desk may stand alone, and whose password is not theirs yet."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import memory
from departments.actions.sessions import signed_out

SEEN = "seen"  # session: when this person last did something, seconds since 1970; set at sign-in
POST = "post"  # session: the id of the post acted in
STEP = 60  # seconds by which `SEEN` may lag, so that not every request writes the session


class ActingPostMiddleware:
    """Sets `request.user.post` from the session; a post that has ended gives way to the first one held."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated:
            if self._left_alone(request):
                signed_out(by=user, at=timezone.now(), idle=True)
                logout(request)
                messages.info(
                    request,
                    _("You were signed out after %(minutes)d minutes without activity.")
                    % {"minutes": settings.IDLE_SECONDS // 60},
                )
                return _to_sign_in(request)
            act_in_post(request)
            if user.must_change_password and request.path not in _open_addresses():
                return _away(request, reverse("departments:password"))
        return self.get_response(request)

    def _left_alone(self, request):
        seen = request.session.get(SEEN)
        if seen is None:  # not signed in through the page: only the session's own end counts
            return False
        now = int(time.time())
        if now - seen > settings.IDLE_SECONDS:
            return True
        if now - seen > STEP:
            request.session[SEEN] = now
        return False


def act_in_post(request):
    """Give `request.user` the post of the session, or the first one held; None where none is held."""
    memory.begin(request.user)
    posts = list(request.user.posts.current().select_related("department__region").order_by("id"))
    wanted = request.session.get(POST)
    request.user.post = next((post for post in posts if post.pk == wanted), posts[0] if posts else None)
    request.user.held = posts


def start_session(request):
    """Begin counting how long the desk stands alone."""
    request.session[SEEN] = int(time.time())


def _open_addresses():
    return {reverse("departments:password"), reverse("departments:sign_out"), reverse("core:display")}


def _to_sign_in(request):
    here = (
        request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else "/"
    )
    return _away(request, f"{settings.LOGIN_URL}?{urlencode({'next': here})}")


def _away(request, url):
    """Another page, for a browser and for htmx, which would put it into the middle of this one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
