"""Signing in and out, acting in another post, one's own password, and the first set-up."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import registry
from core.context import FIRST_USE
from core.display import restore
from core.refusals import Refused
from departments import demo
from departments.actions import founding, people, sessions
from departments.forms import ChangePasswordForm, SetUpForm, SignInForm
from departments.middleware import POST, act_in_post, start_session
from departments.models import Post

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request):
    """The page to go to, if it is one of ours."""
    back = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if ours else settings.LOGIN_REDIRECT_URL


def _come_in(request, user):
    login(request, user, backend=BACKEND)
    start_session(request)
    act_in_post(request)
    sessions.signed_in(by=request.user, at=timezone.now())
    unread = registry.shell.get("first_use")
    request.session[FIRST_USE] = unread(request.user) if unread else []
    answer = redirect(_next(request))
    restore(answer, request.user)
    return answer


def lockout(request, original_response=None, credentials=None):
    """What django-axes answers once it has locked: our own page, which already says so."""
    return original_response


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request):
    """The door. Five failures for one staff number from one address lock it for a while."""
    if founding.is_empty():
        return redirect("departments:set_up")
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_next(request))
    form = SignInForm(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            if form.user.posts.current().exists():
                return _come_in(request, form.user)
            form.add_error(
                None, _("You hold no post at present. Ask the system administrator of your department.")
            )
        if getattr(request, "axes_locked_out", False):
            status = 429
            form.errors.clear()
            form.add_error(
                None,
                _(
                    "Sign-in with this staff number is locked after %(times)d failures. "
                    "Try again in %(minutes)d minutes, or ask the system administrator."
                )
                % {"times": settings.AXES_FAILURE_LIMIT, "minutes": round(settings.AXES_COOLOFF_TIME * 60)},
            )
            sessions.locked_out(staff_number=request.POST.get("username", ""), at=timezone.now())
    context = {"form": form, "next": _next(request), "demo": demo.accounts() if settings.DEMO else []}
    return render(request, "departments/sign_in.html", context, status=status)


@require_POST
def demo_sign_in(request):
    """One click in the demonstration; anywhere else this address does not exist."""
    if not settings.DEMO:
        raise Http404
    user = demo.account(request.POST.get("staff_number", ""))
    if user is None:
        raise Http404
    return _come_in(request, user)


@require_POST
@login_required
def sign_out(request):
    sessions.signed_out(by=request.user, at=timezone.now())
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
@login_required
def switch_post(request):
    """Act in another post one holds. A post of another person does not exist here."""
    wanted = request.POST.get("post", "")
    post = get_object_or_404(
        Post.objects.visible_to(request.user).filter(user=request.user),
        pk=wanted if wanted.isdecimal() and len(wanted) < 19 else None,
    )
    try:
        sessions.switch_post(by=request.user, post=post, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        request.session[POST] = post.pk
    return redirect(_next(request))


@sensitive_post_parameters("old", "new", "again")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def password(request):
    """Change one's own password; asked for when an administrator has given it."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.change_own_password(
                by=request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect(settings.LOGIN_REDIRECT_URL)
    lead = (
        _("An administrator gave you this password. Choose one only you know.")
        if request.user.must_change_password
        else ""
    )
    return render(
        request,
        "partials/form_page.html",
        {"title": _("Change password"), "lead": lead, "form": form, "label": _("Change password")},
    )


@sensitive_post_parameters("password", "again")
@csrf_protect
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request):
    """The first page of an empty installation; gone once somebody has an account."""
    if not founding.is_empty():
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {name: value for name, value in form.cleaned_data.items() if name != "again"}
        try:
            admin = founding.found_county(**words, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            return _come_in(request, admin)
    return render(request, "departments/set_up.html", {"form": form})
