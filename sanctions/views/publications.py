"""The register of publications, one publication, the files for the platform and their receipts, the mapping."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.models import Case, Subject
from core.refusals import Refused
from core.tally import tally
from departments.rules import can_keep_dictionaries
from documents import storage
from documents.downloads import attachment, file_name
from sanctions import reading_credit as reading
from sanctions import rules_credit as rules
from sanctions import workbench_credit as workbench
from sanctions.actions import publication_exports as exports
from sanctions.actions.publication import prepare_publication
from sanctions.enums_credit import PublicationStatus, Receipt
from sanctions.forms_credit import ExportForm, MappingForm, NewPublicationForm, PublicationFilterForm
from sanctions.models import Publication, PublicationExport
from sanctions.publication_files import FIELDS, MEDIA, SUFFIX
from workspace.once import submit

PAGE = 50
S = PublicationStatus
TABS = {
    "all": (), "owed": (S.OWED, S.RETURNED, S.REJECTED), "prepared": (S.PREPARED,), "released": (S.RELEASED,),
    "published": (S.PUBLISHED,), "withdrawal": (S.WITHDRAWING, S.WITHDRAWN), "dropped": (S.DROPPED,),
}  # fmt: skip


def _crumbs(label="", url=""):
    here = [(_("Publication register"), reverse("sanctions:publications") if label else "")]
    return [*here, (label, url)] if label else here


@require_GET
@login_required
def publications(request):
    """What is owed to the public, prepared, released, published and withdrawn."""
    user = request.user
    if not rules.can_list_publications(user):
        raise PermissionDenied
    seen = Publication.objects.visible_to(user)
    form = PublicationFilterForm(request.GET)
    form.is_valid()
    kind, q = form.cleaned_data.get("kind", ""), form.cleaned_data.get("q", "").strip()
    found = {"mine": workbench.publications(user)}
    found |= {code: seen.filter(status__in=states) if states else seen for code, states in TABS.items()}
    tab = request.GET.get("tab", "all")
    tab = tab if tab in found else "all"
    rows = found[tab]
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(name__icontains=q) | rows.filter(number__icontains=q)
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    page = list(rows.for_list().order_by("-pk")[skip : skip + PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    lit = reading.lamps(page)
    words = {
        "mine": _("To be done by me"), "all": _("All publications"), "owed": _("To be prepared"),
        "prepared": _("To be released"), "released": _("Released"), "published": _("Published"),
        "withdrawal": _("Withdrawal"), "dropped": _("Not published"),
    }  # fmt: skip
    asked = {"tab": tab, "kind": kind, "q": q}
    context = {
        "title": _("Publication register"), "crumbs": _crumbs(), "tab": tab, "form": form,
        "tabs": [(code, words[code], n) for code, n in zip(found, tally(found.values()), strict=True)],
        "rows": [(row, lit.get(row.pk)) for row in page], "may_prepare": rules.can_prepare_any(user),
        "may_export": rules.can_export(user), "may_map": rules.can_keep_mapping(user),
        "page": {
            "has_previous": skip > 0, "has_next": more, "first_query": urlencode(asked),
            "previous_query": urlencode({**asked, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({**asked, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "sanctions/publications.html", context)


@require_GET
@login_required
def publication(request, pk):
    """One publication: what goes out, where it stands, its clocks and files."""
    user = request.user
    found = Publication.objects.visible_to(user)
    row = get_object_or_404(
        found.select_related(
            "department__region", "subject", "case", "prepared_by", "released_by", "withdrawn_by"
        ),
        pk=pk,
    )
    offers = reading.publication_offers(user, row)
    context = {
        "title": str(row), "crumbs": _crumbs(str(row)), "row": row, "offers": offers, "clocks": reading.clocks(row),
        "case": row.case if row.case_id and Case.objects.visible_to(user).filter(pk=row.case_id).exists() else None,
        "subject_seen": Subject.objects.visible_to(user).filter(pk=row.subject_id).exists(),
        "lines": list(row.lines.select_related("export__department")), "days": reading.story(row, user),
        "own_hand": row.status == S.PREPARED and row.prepared_by_id == user.pk,
    }  # fmt: skip
    return render(request, "sanctions/publication.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_publication(request):
    """Prepare information that hangs on no row of ours, or of a subject one comes from (`subject`)."""
    user = request.user
    if not rules.can_prepare_any(user):
        raise PermissionDenied
    asked = request.GET.get("subject", "") or request.POST.get("subject", "")
    subject = None
    if asked.isdecimal() and len(asked) < 19:
        subject = get_object_or_404(Subject.objects.visible_to(user), pk=int(asked))
    form = NewPublicationForm(request.POST or None, initial={"code": subject.uscc or "" if subject else ""})
    if subject is not None and not subject.is_body:
        del form.fields["code"]
    if request.method == "POST" and form.is_valid():
        given = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("form_key", "seen", "version")
        }
        code = given.pop("code", "").strip().upper()
        about = Subject.objects.visible_to(user).filter(uscc=code).first() if code else subject
        if about is None:
            form.add_error("code", _("No institution of this region has this code. Enter it first."))
        else:

            def work(at):
                made = prepare_publication(department=user.department, subject=about, by=user, at=at, **given)
                return made.get_absolute_url()

            answer = submit(
                request,
                form,
                work,
                verb="sanction.publication_prepared",
                done=_("Prepared: another person releases it."),
            )
            if answer is not None:
                return answer
    title = _("Prepare a publication")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": reverse("sanctions:publications"),
        "crumbs": _crumbs(title), "lead": str(subject) if subject else "",
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_GET
@login_required
def proof(request, pk):
    """The proof that it left the platform."""
    row = get_object_or_404(Publication.objects.visible_to(request.user).exclude(proof=""), pk=pk)
    try:
        data = storage.fetch(row.proof, row.proof_sha256)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return attachment(data, name=row.proof_name, content_type=row.proof_type)


# -- files for the platform -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def export_list(request):
    """Files made so far, and what may go into the next one."""
    user = request.user
    if not rules.can_export(user):
        raise PermissionDenied
    ready = (
        Publication.objects.visible_to(user).filter(status=S.RELEASED).exclude(lines__receipt=Receipt.WAITING)
    )
    ready = list(ready.order_by("pk")[: exports.MOST])
    form = ExportForm(request.POST or None, rows=ready, initial={"rows": [str(row.pk) for row in ready]})
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in ready if str(row.pk) in form.cleaned_data["rows"]]

        def work(at):
            made = exports.export_publications(rows=chosen, form=form.cleaned_data["form"], by=user, at=at)
            return made.get_absolute_url()

        answer = submit(
            request, form, work, verb="sanction.publications_exported",
            done=_("The file is made. Nothing is published before the platform's receipt is entered."),
        )  # fmt: skip
        if answer is not None:
            return answer
    title = _("Files for the credit platform")
    files = PublicationExport.objects.visible_to(user).select_related("by")[:PAGE]
    context = {"title": title, "crumbs": _crumbs(title), "form": form, "ready": ready, "files": files}
    return render(request, "sanctions/exports.html", context)


def _export(user, pk):
    return get_object_or_404(
        PublicationExport.objects.visible_to(user).select_related("department", "by"), pk=pk
    )


@require_GET
@login_required
def export(request, pk):
    """One file: its rows and what the platform said to each."""
    file, user = _export(request.user, pk), request.user
    title = _("File %(n)d of %(day)s") % {"n": file.pk, "day": timezone.localdate(file.at).isoformat()}
    context = {
        "title": title, "file": file, "lines": list(file.lines.select_related("publication")),
        "may_receive": rules.can_receive(user, file), "days": reading.story(file, user),
        "crumbs": [
            (_("Publication register"), reverse("sanctions:publications")),
            (_("Files for the credit platform"), reverse("sanctions:exports")), (title, ""),
        ],
    }  # fmt: skip
    return render(request, "sanctions/export.html", context)


@require_POST
@login_required
def export_file(request, pk):
    """The file as it was made; taking it away is on the record."""
    file = _export(request.user, pk)
    if not rules.is_exporter(request.user):
        raise PermissionDenied
    try:
        data = storage.fetch(file.file, file.sha256)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(file)
    exports.note_file_taken(export=file, by=request.user, at=timezone.now())
    suffix = SUFFIX[file.format]
    return attachment(
        data, name=file_name(_("credit platform"), str(file.pk), suffix=suffix), content_type=MEDIA[suffix]
    )


# -- the mapping ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def mapping(request):
    """Which column of the platform takes which of our fields."""
    user = request.user
    if not rules.can_keep_mapping(user):
        raise PermissionDenied
    held = exports.mapping_of(user.region)
    form = MappingForm(request.POST or None, now=exports.values_of(held))
    if request.method == "POST" and form.is_valid():
        try:
            exports.change_mapping(region=user.region, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The mapping is saved."))
            return redirect("sanctions:mapping")
    title = _("Mapping of the credit platform")
    up = (_("Settings"), reverse("desk:settings"))
    if not can_keep_dictionaries(user):
        up = (_("Publication register"), reverse("sanctions:publications"))
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": up[1], "crumbs": [up, (title, "")],
        "lead": _("The county's own") if held.region_id else _("As shipped: the county has not chosen yet"),
        "fields": list(FIELDS.items()),
    }  # fmt: skip
    return render(request, "sanctions/mapping.html", context)
