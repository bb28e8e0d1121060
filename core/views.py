"""Views that belong to no room: the display switches and the error pages."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST

from core import registry
from core.display import CHOICES, LANGUAGE, on_offer, set_cookies


@require_POST
def display(request):
    """Remember a type size, a theme or a language and go back to the page one came from.

    In a cookie, and with the person who is signed in. 400 for anything that is not on offer; 204 for a script that has
    already changed the page itself.
    """
    chosen = {name: request.POST[name] for name in (*CHOICES, LANGUAGE) if name in request.POST}
    if not chosen or any(value not in on_offer(name) for name, value in chosen.items()):
        return HttpResponseBadRequest()
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = HttpResponse(status=204) if request.headers.get("HX-Request") else redirect(back)
    set_cookies(answer, chosen)
    keep = registry.shell.get("keep_display")
    if keep and request.user.is_authenticated:
        keep(user=request.user, values=chosen, at=timezone.now())
    return answer


@requires_csrf_token
def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


@requires_csrf_token
def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


@requires_csrf_token
def csrf_failure(request, reason=""):
    """The form's secret did not match: the page was open too long, or cookies are off."""
    return render(request, "errors/csrf.html", status=403)


@requires_csrf_token
def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def conflict(request, refusal):
    """Somebody was first, or the version is stale, and there is no page to show it on."""
    return render(request, "errors/409.html", {"refusal": refusal}, status=409)


@requires_csrf_token
def server_error(request):
    """Rendered without context processors: nothing here may ask the database."""
    return render(None, "errors/500.html", status=500)
