"""From a right password to a session: the second factor stands between the two."""

import time

from django.conf import settings
from django.contrib.auth import login, logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from core import registry, visitors
from core.context import FIRST_USE
from core.display import restore
from departments.actions import sessions
from departments.actions.passwords import expire_password
from departments.middleware import act_in_post, start_session
from departments.models import Authenticator, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half_in"  # session: whose password was right, when, and what must still be so when the second factor comes
HALF_SECONDS = 5 * 60


def next_page(request):
    """The page to go to, if it is one of ours."""
    back = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if ours else settings.LOGIN_REDIRECT_URL


def half_in(request, user):
    """The password was right: on to the second factor, where the installation asks for one."""
    if request.user.is_authenticated:
        sessions.signed_out(by=request.user, session_key=request.session.session_key, at=timezone.now())
        logout(request)
    if not settings.SECOND_FACTOR:
        return come_in(request, user)
    request.session.flush()  # nothing of whoever sat here before, such as a secret shown to them
    request.session[HALF] = [user.pk, int(time.time()), user.get_session_auth_hash(), _authenticator_of(user)]
    return redirect(f"{reverse('departments:second_step')}?{urlencode({'next': next_page(request)})}")


def _authenticator_of(user):
    """Which authenticator the person has, as a text; empty where none."""
    made_at = Authenticator.objects.filter(user=user).values_list("made_at", flat=True).first()
    return made_at.isoformat() if made_at else ""


def who_is_half_in(request):
    """The person whose password was right in the last minutes, or None; also where password or authenticator are
    others since: who knows the old password only is not let on."""
    pk, when, password, authenticator = request.session.get(HALF, (None, 0, "", ""))
    if not 0 <= int(time.time()) - when <= HALF_SECONDS:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()  # door: the person themselves, by their own session
    if user is None or user.get_session_auth_hash() != password or _authenticator_of(user) != authenticator:
        return None
    return user


def come_in(request, user):
    """Begin the session; the page to go to."""
    login(request, user, backend=BACKEND)
    request.session.pop(HALF, None)
    start_session(request)
    act_in_post(request)
    at = timezone.now()
    sessions.signed_in(
        by=request.user, session_key=request.session.session_key, at=at,
        address=visitors.address_of(request) or None, browser=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    expire_password(user=user, at=at)
    unread = registry.shell.get("first_use")
    request.session[FIRST_USE] = unread(request.user) if unread else []
    answer = redirect(next_page(request))
    restore(answer, request.user)
    return answer
