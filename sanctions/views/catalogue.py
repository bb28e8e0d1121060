"""The measure catalogue, kept by the county's system administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.enums import SubjectKind
from core.refusals import Refused
from sanctions import rules
from sanctions.actions.catalogue import add_measure_to_catalogue, change_measure_in_catalogue, values_of
from sanctions.forms_lists import AddMeasureForm, ChangeMeasureForm
from sanctions.models import Measure


def _crumbs(*more):
    return [(_("Settings"), reverse("desk:settings")), *more]


@require_GET
@login_required
def measures(request):
    """Every measure by department; readers see it, the administrator changes it."""
    user = request.user
    if not rules.can_list(user) and not rules.can_keep_catalogue(user):
        raise PermissionDenied
    labels = dict(SubjectKind.choices)
    rows = [
        (measure, "、".join(str(labels[kind]) for kind in measure.kinds))
        for measure in Measure.objects.visible_to(user).order_by("order", "code")
    ]
    title = _("Sanction measures")
    keeps = rules.can_keep_catalogue(user)
    crumbs = (
        _crumbs((title, "")) if keeps else [(_("Joint sanctions"), reverse("sanctions:list")), (title, "")]
    )
    return render(
        request,
        "sanctions/measures.html",
        {"title": title, "rows": rows, "crumbs": crumbs, "may_edit": keeps},
    )


def _form_page(request, form, title):
    back = reverse("sanctions:measures")
    crumbs = _crumbs((_("Sanction measures"), back), (title, ""))
    context = {"form": form, "title": title, "label": _("Save"), "back_url": back, "crumbs": crumbs}
    return render(request, "partials/dictionary_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def add(request):
    """A measure of the county's own."""
    if not rules.can_keep_catalogue(request.user):
        raise PermissionDenied
    form = AddMeasureForm(request.POST or None, initial={"order": 1000, "effect": "plain"})
    if request.method == "POST" and form.is_valid():
        try:
            measure = add_measure_to_catalogue(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("“%(measure)s” can be chosen from now on.") % {"measure": measure})
            return redirect("sanctions:measures")
    return _form_page(request, form, _("Add a measure to the catalogue"))


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """Change or switch off a measure; what was taken by it stays as it was decided."""
    if not rules.can_keep_catalogue(request.user):
        raise PermissionDenied
    measure = get_object_or_404(Measure.objects.visible_to(request.user), pk=pk)
    form = ChangeMeasureForm(request.POST or None, now=values_of(measure))
    if request.method == "POST" and form.is_valid():
        try:
            change_measure_in_catalogue(
                measure=measure, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("“%(measure)s” is changed.") % {"measure": measure})
            return redirect("sanctions:measures")
    return _form_page(request, form, measure.label)
