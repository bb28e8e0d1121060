"""The system administrator's pages: engaging people, filling and ending posts, blocking."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.refusals import Refused, StillOpen
from departments import rules
from departments.actions import people as actions
from departments.actions import second_factor
from departments.forms import EngageForm, FillPostForm, NewPasswordForm, ReasonForm
from departments.models import Department, Post, User
from departments.panels import notes_on


def _person(request, pk, *, rule=rules.can_manage):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not rule(request.user, person):
        raise PermissionDenied
    return person


def _crumbs(*more):
    return [(_("People and posts"), reverse("departments:people")), *more]


def _person_url(person):
    return reverse("departments:person", args=[person.pk])


@require_safe
@login_required
def people(request):
    """Everybody of the region with their posts; the search narrows by name or staff number."""
    if not rules.can_list_people(request.user):
        raise PermissionDenied
    held = Post.objects.visible_to(request.user).current().select_related("department")
    words = request.GET.get("q", "").strip()
    rows = User.objects.visible_to(request.user).named(words).prefetch_related(
        Prefetch("posts", queryset=held, to_attr="held")
    )  # fmt: skip
    return render(
        request,
        "departments/people.html",
        {"rows": list(rows), "q": words, "can_manage": rules.can_manage_people(request.user)},
    )


@require_safe
@login_required
def person(request, pk):
    """One person: posts held and past, and what the administrator may do."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not rules.can_list_people(request.user):
        raise PermissionDenied
    held = set(found.posts.current().values_list("pk", flat=True))
    posts = [
        {
            "post": post,
            "held": post.pk in held,
            "can_end": post.pk in held and rules.can_end(request.user, post),
        }
        for post in found.posts.select_related("department__region")
    ]
    manages = rules.can_manage(request.user, found)
    return render(
        request,
        "departments/person.html",
        {
            "person": found,
            "note": notes_on([found.pk]).get(found.pk, ""),
            "posts": posts,
            "can_manage": manages,
            "can_fill": manages and found.pk != request.user.pk and found.is_active,
            "can_block": rules.can_block(request.user, found),
            "can_reset": manages and found.pk != request.user.pk and hasattr(found, "authenticator"),
            "crumbs": _crumbs((found.name, "")),
        },
    )


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def engage(request):
    """An account for a new person; the next page fills their first post."""
    if not rules.can_manage_people(request.user):
        raise PermissionDenied
    form = EngageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.engage(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(person)s has an account now. Fill a post next.") % {"person": new})
            return redirect("departments:fill_post", pk=new.pk)
    title = _("Engage a person")
    return _form_page(request, title, form, _("Engage"), reverse("departments:people"), _crumbs((title, "")))


@login_required
@require_http_methods(["GET", "POST"])
def fill_post(request, pk):
    """A post for this person in a department of the region."""
    found = _person(request, pk)
    if found.pk == request.user.pk:
        raise PermissionDenied
    departments = Department.objects.visible_to(request.user).fillable(request.user.region)
    form = FillPostForm(request.POST or None, departments=departments)
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.fill_post(user=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(
                request, _("%(person)s holds the post now: %(post)s.") % {"person": found, "post": post}
            )
            return redirect(_person_url(found))
    title = _("Fill a post")
    crumbs = _crumbs((found.name, _person_url(found)), (title, ""))
    return _form_page(request, title, form, _("Fill the post"), _person_url(found), crumbs, lead=found.name)


@login_required
@require_http_methods(["GET", "POST"])
def end_post(request, pk):
    """End a post today. What is still open is named, and keeps it."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("user", "department"), pk=pk
    )
    if not rules.can_end(request.user, post):
        raise PermissionDenied
    refusal = None
    if request.method == "POST":
        try:
            actions.end_post(post=post, by=request.user, at=timezone.now())
        except StillOpen as open_matters:
            refusal = f"{open_matters} {'；'.join(open_matters.details['items'])}"
        except Refused as other:
            refusal = str(other)
        else:
            messages.success(request, _("The post has ended: %(post)s.") % {"post": post})
            return redirect(_person_url(post.user))
    return render(
        request,
        "partials/confirm.html",
        {
            "title": _("End a post"),
            "object": f"{post.user} · {post}",
            "effect": _("Access through this post ends at once. Open matters must be handed over first."),
            "label": _("End the post"),
            "danger": True,
            "refusal": refusal,
            "back_url": _person_url(post.user),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def block(request, pk):
    """Shut somebody out at once, with a reason."""
    found = _person(request, pk, rule=rules.can_block)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.block(user=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(person)s is blocked.") % {"person": found})
            return redirect(_person_url(found))
    return render(
        request,
        "partials/confirm.html",
        {
            "title": _("Block an account"),
            "object": f"{found} ({found.staff_number})",
            "effect": _(
                "The person is signed out everywhere at once. Their leaders are told what is left open."
            ),
            "form": form,
            "label": _("Block"),
            "danger": True,
            "back_url": _person_url(found),
        },
    )


@require_POST
@login_required
def unblock(request, pk):
    """Let somebody in again."""
    found = _person(request, pk, rule=rules.can_block)
    try:
        actions.unblock(user=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(person)s may sign in again.") % {"person": found})
    return redirect(_person_url(found))


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def new_password(request, pk):
    """A new first password for somebody who forgot theirs."""
    found = _person(request, pk)
    if found.pk == request.user.pk:
        return redirect("departments:password")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_new_password(
                user=found, password=form.cleaned_data["password"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(person)s has a new password.") % {"person": found})
            return redirect(_person_url(found))
    title = _("New password")
    crumbs = _crumbs((found.name, _person_url(found)), (title, ""))
    return _form_page(
        request, title, form, _("Set the password"), _person_url(found), crumbs, lead=found.name
    )


@login_required
@require_http_methods(["GET", "POST"])
def reset_second_factor(request, pk):
    """Take a lost authenticator away; the person sets up a new one at the next sign-in."""
    found = _person(request, pk)
    if found.pk == request.user.pk:
        raise PermissionDenied
    refusal = None
    if request.method == "POST":
        try:
            second_factor.reset_second_factor(user=found, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("%(person)s sets up a new authenticator at the next sign-in.") % {"person": found})
            return redirect(_person_url(found))
    return render(
        request,
        "partials/confirm.html",
        {
            "title": _("Reset the second factor"),
            "object": f"{found} ({found.staff_number})",
            "effect": _(
                "Authenticator and recovery codes are taken away and every session ends. Make sure first that it is "
                "this person who asks: see them, or call the number in the directory."
            ),
            "label": _("Reset the second factor"),
            "danger": True,
            "refusal": refusal,
            "back_url": _person_url(found),
        },
    )


def _form_page(request, title, form, label, back_url, crumbs, lead=""):
    return render(
        request,
        "partials/form_page.html",
        {"title": title, "lead": lead, "form": form, "label": label, "back_url": back_url, "crumbs": crumbs},
    )
