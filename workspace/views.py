"""Saving and removing one's own views and preferences: plain POST forms that lead back to their page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import registry
from core.context import FIRST_USE
from core.refusals import Refused
from workspace import actions, rules
from workspace.choices import CHOICES, PAGES
from workspace.forms_digest import DigestForm
from workspace.kinds import view_url
from workspace.models import SavedView, Subscription


def _back(request):
    """The page the form came from, on this site only."""
    url = request.POST.get("next", "")
    return redirect(url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else "/")


@require_POST
@login_required
def save_view(request):
    page = request.POST.get("page", "")
    if page not in PAGES:
        raise Http404
    try:
        view = actions.save_view(
            user=request.user,
            page=page,
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            shared=bool(request.POST.get("shared")) and request.user.department is not None,
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("View saved: %(name)s") % {"name": view.name})
    return _back(request)


@require_POST
@login_required
def delete_view(request, pk):
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    if not rules.can_delete_view(request.user, view):
        raise PermissionDenied
    actions.delete_view(view=view)
    messages.success(request, _("View removed."))
    return _back(request)


@require_http_methods(["GET", "POST"])
@login_required
def digest(request, pk):
    """Whether and how often one is told of a view in numbers."""
    user = request.user
    view = get_object_or_404(SavedView.objects.visible_to(user).filter(page__in=registry.digests), pk=pk)
    mine = Subscription.objects.visible_to(user).filter(view=view).first()
    form = DigestForm(request.POST or None, initial={"rhythm": mine.rhythm if mine else ""})
    if request.method == "POST" and form.is_valid():
        if rhythm := form.cleaned_data["rhythm"]:
            actions.subscribe(view=view, rhythm=rhythm, by=user, at=timezone.now())
        else:
            actions.unsubscribe(view=view, by=user)
        messages.success(request, _("Saved."))
        return redirect(view_url(view))
    title = _("Digest of a view")
    context = {
        "form": form, "title": title, "lead": view.name, "label": _("Save"), "back_url": view_url(view),
        "crumbs": [(view.name, view_url(view)), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_POST
@login_required
def set_preference(request, page):
    allowed = CHOICES.get(page)
    if allowed is None:
        raise Http404
    values = {}
    for name, words in allowed.items():
        if name not in request.POST:
            continue
        chosen = [word for word in request.POST.getlist(name) if word in words]
        values[name] = chosen if name.endswith("s") else (chosen[0] if chosen else words[0])
    actions.set_preference(user=request.user, page=page, values=values, at=timezone.now())
    return _back(request)


@require_POST
@login_required
def put_help_away(request, page):
    """The first-use help of a page is known: it goes at once, and for good."""
    if page not in registry.first_use:
        raise Http404
    actions.put_help_away(user=request.user, page=page, at=timezone.now())
    request.session[FIRST_USE] = [name for name in request.session.get(FIRST_USE, ()) if name != page]
    return _back(request)
