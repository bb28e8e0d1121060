"""Which post a person acts in, how long a desk may stand alone, and whose password is not theirs yet."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import memory, registry
from departments import fresh
from departments.actions import sessions

BEGAN = "began"  # session: when this person signed in, seconds since 1970
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
            if ended := self._ended(request):
                sessions.signed_out(
                    by=user, session_key=request.session.session_key, at=timezone.now(), idle=True
                )
                logout(request)
                messages.info(request, ended)
                return _to_sign_in(request)
            act_in_post(request)
            if user.must_change_password and request.path not in _open_addresses():
                return _away(request, reverse("departments:password"))
        return self.get_response(request)

    def _ended(self, request):
        """The sentence with which this session ends now; empty while it goes on."""
        seen = request.session.get(SEEN)
        if seen is None:  # not signed in through the page: only the session's own end counts
            return ""
        now = int(time.time())
        if now - seen > settings.IDLE_SECONDS:
            return _("You were signed out after %(minutes)d minutes without activity.") % {
                "minutes": settings.IDLE_SECONDS // 60
            }
        if now - request.session.get(BEGAN, now) > settings.ABSOLUTE_SECONDS:
            return _("You were signed out: a sign-in lasts %(hours)d hours at most.") % {
                "hours": settings.ABSOLUTE_SECONDS // 3600
            }
        if now - seen > STEP:
            request.session[SEEN] = now
            sessions.seen(session_key=request.session.session_key, at=timezone.now())
        return ""


class FreshSignInMiddleware:
    """The weightiest steps ask who is there once more, unless the person signed in a moment ago (ADR 0080).

    What was sent comes along in the page that asks, and goes on to the step with the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        wanted = request.resolver_match.view_name in registry.fresh_addresses
        if not wanted or not request.user.is_authenticated or fresh.is_fresh(request):
            return None
        if hasattr(view, "cls"):  # the API: a program asks its person to sign in again
            said = str(fresh.SENTENCE)
            return JsonResponse({"code": "fresh_sign_in_needed", "detail": said}, status=403)
        return fresh.ask(request)


def act_in_post(request):
    """Give `request.user` the post of the session, or the first one held; None where none is held."""
    memory.begin(request.user)
    posts = list(request.user.posts.current().select_related("department__region").order_by("id"))
    wanted = request.session.get(POST)
    request.user.post = next((post for post in posts if post.pk == wanted), posts[0] if posts else None)
    request.user.held = posts


def start_session(request):
    """Begin counting how long the desk stands alone, and how long the session lasts."""
    request.session[SEEN] = request.session[BEGAN] = int(time.time())
    fresh.renew(request)


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
