"""What is asked of every request for what belongs to a person."""

from django.contrib import messages
from django.utils.translation import gettext as _

from core.registry import draft_forms
from workspace.actions import drop_sent
from workspace.drafting import address, known_version
from workspace.standing_in import BEHALF, minded

FOUND = range(300, 400)


class SentDrafts:
    """A draft goes once its form was sent, whichever room's view took it: the form's key was used then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        form = draft_forms.get(match.view_name) if request.method == "POST" and match else None
        if form is not None and response.status_code in FOUND and request.user.is_authenticated:
            url = address(form, request.path, request.GET)
            sent = {"known": known_version(request), "form_key": request.POST.get("form_key", "")}
            drop_sent(user=request.user, url=url, **sent)
        return response


class OnBehalf:
    """Whoever began to act for a colleague does so until they stop, the days are over or the post is another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.behalf = None
        if request.user.is_authenticated and (pk := request.session.get(BEHALF)) is not None:
            request.behalf = next((each for each, _away in minded(request.user) if each.pk == pk), None)
            if request.behalf is None:
                del request.session[BEHALF]
                messages.info(request, _("You act in your own name again."))
            else:
                request.user.behalf = request.behalf.away_id
        return self.get_response(request)
