"""Signing in and out, acting in another post, one's own password, and the first set-up."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import BadInput, Refused
from departments import demo, guesses
from departments.actions import founding, people, sessions
from departments.coming_in import come_in, half_in, next_page
from departments.forms import ChangePasswordForm, SetUpForm, SignInForm
from departments.middleware import POST
from departments.models import Post


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
        return redirect(next_page(request))
    form = SignInForm(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            if form.user.posts.current().exists():
                return half_in(request, form.user)
            form.add_error(
                None, _("You hold no post at present. Ask the system administrator of your department.")
            )
        if form.locked:
            status = TOO_MANY
    context = {"form": form, "next": next_page(request), "demo": demo.accounts() if settings.DEMO else []}
    return render(request, "departments/sign_in.html", context, status=status)


@require_POST
def demo_sign_in(request):
    """One click in the demonstration; anywhere else this address does not exist."""
    if not settings.DEMO:
        raise Http404
    user = demo.account(request.POST.get("staff_number", ""))
    if user is None:
        raise Http404
    return come_in(request, user)


@require_POST
@login_required
def sign_out(request):
    sessions.signed_out(by=request.user, session_key=request.session.session_key, at=timezone.now())
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
    return redirect(next_page(request))


TOO_MANY = 429


@sensitive_post_parameters("old", "new", "again")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def password(request):
    """Change one's own password; asked for when an administrator has given it."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if guesses.prove(request, request.user.staff_number, form.cleaned_data["old"]) != request.user:
                raise BadInput(_("This is not your present password."), field="old")
            user = people.change_own_password(
                by=request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                session_key=request.session.session_key,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            old = request.session.session_key
            update_session_auth_hash(request, user)
            sessions.moved(old=old, new=request.session.session_key)
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
            return half_in(request, admin)
    return render(request, "departments/set_up.html", {"form": form})
