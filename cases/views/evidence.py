"""Evidence: taken in by its bytes, shown with its custody record, and every download written down."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import catalogue, previews, rules
from cases.actions import evidence as actions
from cases.actions import export
from cases.downloads import as_filed
from cases.forms.case import EvidenceForm, NameReasonForm
from cases.models import Custody, Evidence
from cases.views.loading import case_url, crumbs, form_page, load_case
from documents.downloads import attachment, file_name
from documents.rendering import render as render_paper


def _load(user, pk):
    evidence = get_object_or_404(
        Evidence.objects.visible_to(user).select_related("department", "added_by"), pk=pk
    )
    evidence.case = load_case(user, evidence.case_id)
    return evidence


def _custody(user, evidence):
    """Every hand that held it, as far as this person is to know."""
    held = Custody.objects.visible_to(user).filter(evidence=evidence)
    return held.select_related("department", "to_department", "by")


@require_http_methods(["GET", "POST"])
@login_required
def add(request, pk):
    case = load_case(request.user, pk)
    if not rules.can_work(request.user, case):
        raise PermissionDenied

    def work(given, at):
        for upload in given["files"]:
            actions.add_evidence(
                case=case, upload=upload, origin=given["origin"], pages=given["pages"], by=request.user, at=at
            )

    return form_page(
        request, case, EvidenceForm, work, panel="evidence", title=_("Add evidence"), label=_("Add to the file")
    )


@require_safe
@login_required
def detail(request, pk):
    """What the file is, whether its bytes are still those that were filed, and who held it."""
    evidence = _load(request.user, pk)
    return render(
        request,
        "cases/evidence.html",
        {
            "evidence": evidence,
            "case": evidence.case,
            "custody": _custody(request.user, evidence),
            "may_show": previews.can_show(evidence),
            "sound": actions.verify_evidence(evidence),
            "may_void": evidence.voided_at is None and rules.can_work(request.user, evidence.case),
            "crumbs": crumbs(evidence.case, evidence.name),
        },
    )


@require_safe
@login_required
def preview(request, pk):
    """The file on the screen, marked with who looks and when: a page, or what the drawer of the list shows."""
    evidence = _load(request.user, pk)
    if not previews.can_show(evidence):
        raise Http404
    return render(
        request,
        "cases/preview_part.html" if request.headers.get("X-Drawer") else "cases/preview.html",
        {
            "evidence": evidence,
            "case": evidence.case,
            "is_pdf": evidence.media_type == previews.PDF,
            "mark": previews.mark_of(request.user, timezone.now()),
            "custody": _custody(request.user, evidence),
            "back_url": case_url(evidence.case, "evidence"),
            "crumbs": crumbs(evidence.case, evidence.name),
        },
    )


@require_safe
@csp_replace({"frame-ancestors": ["'self'"]})
@xframe_options_sameorigin
@login_required
def shown(request, pk):
    """The bytes of a preview; that somebody looked is written down."""
    evidence = _load(request.user, pk)
    if not previews.can_show(evidence):
        raise Http404
    try:
        with default_storage.open(str(evidence.file.name)) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    now = timezone.now()
    if evidence.media_type != previews.PDF:
        content = previews.marked(content, evidence.media_type, previews.mark_of(request.user, now))
        if content is None:
            raise Http404
    actions.view_evidence(evidence=evidence, by=request.user, at=now)
    return attachment(content, name=evidence.name, content_type=evidence.media_type, inline=True)


@require_POST
@login_required
def download(request, pk):
    """The file as it was filed; the download is written down."""
    evidence = _load(request.user, pk)
    actions.download_evidence(evidence=evidence, by=request.user, at=timezone.now())
    return as_filed(evidence)


@require_POST
@login_required
def print_catalogue(request, pk):
    """卷宗目录 as PDF, as far as this person reads the case; that it was printed is written down."""
    case = load_case(request.user, pk)
    now = timezone.now()
    paper = catalogue.catalogue(case, request.user, at=now)
    content = render_paper(paper)
    export.note_catalogue(case=case, rows=len(paper.tables[0].rows), by=request.user, at=now)
    name = file_name(case.number, paper.title, suffix=".pdf")
    return attachment(content, name=name, content_type=previews.PDF)


@require_http_methods(["GET", "POST"])
@login_required
def void(request, pk):
    evidence = _load(request.user, pk)
    if not rules.can_work(request.user, evidence.case):
        raise PermissionDenied

    def work(given, at):
        actions.void_evidence(evidence=evidence, reason=given["reason"], by=request.user, at=at)

    return form_page(
        request, evidence.case, NameReasonForm, work, panel="evidence", title=_("Take evidence out of use"),
        lead=evidence.name, label=_("Take out of use"), danger=True,
    )  # fmt: skip
