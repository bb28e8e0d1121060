"""When the house itself was not usable: the list for everybody, noted and taken back by the system administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from core.wording import clock, day
from deadlines import forms, rules
from deadlines.actions.outages import note_outage, take_back_outage
from deadlines.models import Outage

TITLE = gettext_lazy("Outages")
PAGE = 50


@require_safe
@login_required
def outages(request):
    """Those of the county and of the whole installation, the latest first; taken back ones stay to be read."""
    if not rules.can_see_dictionaries(request.user):
        raise PermissionDenied
    found = Outage.objects.visible_to(request.user).select_related("region", "noted_by", "taken_back_by")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": TITLE,
        "crumbs": [(TITLE, "")],
        "rows": [(each, rules.can_take_back_outage(request.user, each)) for each in page],
        "notes": rules.notes_outages(request.user),
        "page": {
            "has_previous": page.has_previous(),
            "has_next": page.has_next(),
            "previous_query": f"page={page.number - 1}",
            "next_query": f"page={page.number + 1}",
            "total_label": _("%(n)s outages in all") % {"n": f"{page.paginator.count:,}"},
        },
    }
    return render(request, "deadlines/outages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request):
    """Note an outage that is over."""
    if not rules.notes_outages(request.user):
        raise PermissionDenied
    form = forms.OutageForm(request.POST or None)
    back = reverse("deadlines:outages")
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        region = request.user.region if given.pop("where") == "region" else None
        try:
            note_outage(region=region, by=request.user, at=timezone.now(), **given)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The outage is on the record."))
            return redirect(back)
    title = _("Note an outage")
    context = {
        "form": form,
        "title": title,
        "lead": _("Last days stay as they are; figures can leave out what was late because of it"),
        "label": title,
        "back_url": back,
        "crumbs": [(TITLE, back), (title, "")],
    }
    return render(request, "deadlines/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_back(request, pk):
    """Take one back that was noted by mistake: asks once more, with the reason."""
    outage = get_object_or_404(Outage.objects.visible_to(request.user), pk=pk)
    if not rules.can_take_back_outage(request.user, outage):
        raise PermissionDenied
    form = forms.TakeBackForm(request.POST or None)
    back = reverse("deadlines:outages")
    if request.method == "POST" and form.is_valid():
        try:
            take_back_outage(outage=outage, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Taken back; no figure leaves anything out for it."))
            return redirect(back)
    title = _("Take the outage back")
    span = f"{day(outage.begins_at)} {clock(outage.begins_at)} – {day(outage.ends_at)} {clock(outage.ends_at)}"
    context = {
        "form": form,
        "title": title,
        "object": f"{span} {outage.what}",
        "effect": _("It stays to be read with your reason; figures count what was late then as late again."),
        "label": title,
        "back_url": back,
        "danger": True,
        "crumbs": [(TITLE, back), (title, "")],
    }
    return render(request, "partials/confirm.html", context)
