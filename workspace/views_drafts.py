"""Keeping a form that is not finished, by the page's script or its button, and giving it up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import wording
from core.refusals import Refused, Stale
from workspace import actions, drafting
from workspace.models import Draft

CONFLICT, WRONG = 409, 400


@require_POST
@login_required
def save(request):
    """Keep what the form holds now. The script is answered in JSON, the button with the form, the draft in it."""
    place = drafting.place_of(request.POST.get("draft_url", ""), request.user)
    values, at = drafting.values_of(request.POST, place.form), timezone.now()
    by_script = "application/json" in request.headers.get("Accept", "")
    try:
        draft = actions.save_draft(
            user=request.user, form=place.code, url=place.url, values=values, known=drafting.known_version(request),
            form_key=request.POST.get("form_key", "")[:64], target_id=place.target_id, case_id=place.case_id,
            title=drafting.title_of(values), at=at,
        )  # fmt: skip
    except Refused as refusal:
        return _not_kept(request, place, refusal, by_script)
    if by_script:
        said = _("Draft saved by itself %(time)s") % {"time": wording.clock(at)}
        return JsonResponse({"said": said, "version": draft.version})
    messages.success(request, _("Draft kept. Files chosen on the page are not part of it."))
    return redirect(drafting.taking(draft.url))


def _not_kept(request, place, refusal, by_script):
    """Why nothing was kept. Beside a newer draft the person decides: what they typed goes along with the page."""
    status = CONFLICT if isinstance(refusal, Stale) else WRONG
    if by_script:
        return JsonResponse({"said": str(refusal)}, status=status)
    context = {
        "title": _("The draft was not kept"), "refusal": refusal, "place": place, "take_url": drafting.taking(place.url),
        "newer": refusal.details.get("version"), "crumbs": [(_("Draft"), "")],
        "fields": [
            (name, value) for name, sent in request.POST.lists() for value in sent
            if name not in ("csrfmiddlewaretoken", "draft_known")
        ],
    }  # fmt: skip
    return render(request, "workspace/draft_conflict.html", context, status=status)


@require_POST
@login_required
def drop(request, pk):
    """Give a draft up; the form opens empty again."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    actions.drop_draft(draft=draft)
    messages.success(request, _("Draft discarded."))
    return redirect(draft.url)
