"""The checklists: those that ship, and one's own department's, which take their place."""

import datetime as dt

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.forms import KeyedForm, VersionedForm
from inspections import rules
from inspections.actions.checklists import lines_in, save_checklist
from inspections.forms import area
from inspections.models import Checklist
from workspace.once import submit


class _Fields(KeyedForm):
    title = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    lines = forms.CharField(
        label=gettext_lazy("Lines"), widget=area(12), max_length=20000,
        help_text=gettext_lazy("One a line; what it rests on stands after a vertical bar: what is looked at | basis"),
    )  # fmt: skip
    active = forms.BooleanField(label=gettext_lazy("Active"), required=False)


class ChecklistForm(_Fields):
    pass


class EditChecklistForm(_Fields, VersionedForm):
    pass


def lines_of(checklist: Checklist) -> str:
    return "\n".join(
        f"{item.text} | {item.basis}" if item.basis else item.text for item in checklist.items.all()
    )


@require_GET
@login_required
def checklist_list(request):
    """What each department looks at; one's own may be changed, a shipped one copied."""
    user = request.user
    if not rules.can_see_certificates(user):
        raise PermissionDenied
    rows = Checklist.objects.visible_to(user).select_related("department").prefetch_related("items")
    title = _("Checklists")
    context = {
        "title": title, "crumbs": [(_("Joint inspections"), reverse("inspections:list")), (title, "")],
        "rows": [(row, rules.can_keep_checklist(user, row)) for row in rows],
        "may_keep": rules.can_keep_certificates(user),
    }  # fmt: skip
    return render(request, "inspections/checklists.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk=None):
    """A checklist of one's own department; a new one begins with the lines of the one that ships."""
    user, posted = request.user, request.method == "POST"
    checklist = None
    if pk is not None:
        found = Checklist.objects.visible_to(user).prefetch_related("items")
        checklist = get_object_or_404(found, pk=pk)
    if not (rules.can_keep_checklist(user, checklist) if checklist else rules.can_keep_certificates(user)):
        raise PermissionDenied
    data = request.POST if posted else None
    if checklist is not None:
        initial = {"title": checklist.title, "lines": lines_of(checklist), "active": checklist.active}
        form = EditChecklistForm(
            data,
            initial=initial,
            instance=checklist,
            now=lambda row: {"title": row.title, "lines": lines_of(row)},
        )
    else:
        shipped = (
            Checklist.objects.visible_to(user)
            .filter(department=None, function=user.department.function)
            .first()
        )
        initial = {"title": shipped.title, "lines": lines_of(shipped)} if shipped else {}
        form = ChecklistForm(data, initial=initial | {"active": True})
    back = reverse("inspections:checklists")
    if posted and form.is_valid():

        def work(at: dt.datetime) -> str:
            save_checklist(
                department=user.department, checklist=checklist, version=form.cleaned_data.get("expected_version"),
                title=form.cleaned_data["title"], lines=lines_in(form.cleaned_data["lines"]),
                active=form.cleaned_data["active"], by=user, at=at,
            )  # fmt: skip
            return back

        answer = submit(
            request,
            form,
            work,
            verb="inspection.checklist_saved",
            done=_("Saved: it holds for visits begun from now on."),
        )
        if answer is not None:
            return answer
    title = _("Checklist of our department")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": back, "crumbs": [(_("Checklists"), back), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)
