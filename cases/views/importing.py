"""Leads from an Excel list: looked through cell by cell, then all registered or none; the file stays with the form."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import lead_sheet, rules, stash
from cases.actions.importing import import_leads
from cases.excel import MEDIA_TYPE
from cases.forms.files import read_kept, write_kept
from cases.forms.importing import ImportForm
from core.refusals import BadInput
from documents.downloads import attachment
from workspace.once import submit


@require_safe
@login_required
def template(request):
    """The empty list with its drop-down lists."""
    if not rules.can_register(request.user):
        raise PermissionDenied
    return attachment(lead_sheet.template(), name=_("Leads, template") + ".xlsx", content_type=MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
@login_required
def import_list(request):
    user = request.user
    if not rules.can_register(user):
        raise PermissionDenied
    if request.method == "GET":
        return _page(request, ImportForm(), [], [])
    kept = _kept(request)
    data = request.POST.copy()
    data["kept"] = write_kept(user, kept)
    form = ImportForm(data)
    if not form.is_valid():
        return _page(request, form, [], kept)
    carried = read_kept(user, request.POST.get("kept", ""))[:1]
    if "import" in data and carried and "upload" not in request.FILES:
        # a list that was registered is gone: the second of two clicks is known by the form's key, not by the list
        answer = _import(request, form, carried)
        if answer is not None:
            stash.drop(carried)
            return answer
    try:
        upload = request.FILES.get("upload") or next(iter(stash.take(kept)), None)
        if upload is None:
            raise BadInput(_("Choose a file."), field="upload")
        lines = lead_sheet.read(upload, by=user, at=timezone.now())
        if "upload" in request.FILES:
            kept, wrong = stash.keep([upload])
            if wrong:
                raise BadInput(wrong[0], field="upload")
            form.data["kept"] = write_kept(user, kept)
    except BadInput as refusal:
        form.add_error("upload", str(refusal))
        return _page(request, form, [], [])
    if "annotated" in data:
        name = _("Leads, with what is wrong") + ".xlsx"
        return attachment(lead_sheet.annotated(lines), name=name, content_type=MEDIA_TYPE)
    return _page(request, form, lines, kept)


def _kept(request):
    """The list the form carries, if it is still there and no other was chosen."""
    if "upload" in request.FILES:
        return []
    kept, _gone = stash.sort_out(read_kept(request.user, request.POST.get("kept", "")))
    return kept[:1]


def _import(request, form, kept):
    def work(at):
        lines = lead_sheet.read(stash.take(kept)[0], by=request.user, at=at)
        if any(line.faults for line in lines):
            raise BadInput(_("Some cells are wrong: nothing was registered."), field="upload")
        import_leads(leads=[line.lead for line in lines], by=request.user, at=at)
        return reverse("cases:list")

    return submit(request, form, work, verb="registry.imported", done=_("Registered: every row of the list."))


def _page(request, form, lines, kept):
    wrong = sum(len(line.faults) for line in lines)
    title = _("Import leads from Excel")
    context = {
        "form": form, "title": title, "lines": lines, "wrong": wrong, "kept": kept, "most": lead_sheet.MOST,
        "heads": lead_sheet.LAYOUT.heads,
        "label": ngettext("Register %(n)d lead", "Register %(n)d leads", len(lines)) % {"n": len(lines)},
        "crumbs": [(_("Case registry"), reverse("cases:list")), (title, "")],
    }  # fmt: skip
    return render(request, "cases/import.html", context)
