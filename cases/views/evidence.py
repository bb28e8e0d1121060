"""Evidence: taken in by its bytes, shown with its custody record, and every download written down."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import rules
from cases.actions import evidence as actions
from cases.downloads import as_filed
from cases.forms.case import EvidenceForm, NameReasonForm
from cases.models import Custody, Evidence
from cases.views.loading import crumbs, form_page, load_case


def _load(user, pk):
    evidence = get_object_or_404(
        Evidence.objects.visible_to(user).select_related("department", "added_by"), pk=pk
    )
    evidence.case = load_case(user, evidence.case_id)
    return evidence


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
    custody = (
        Custody.objects.visible_to(request.user)
        .filter(evidence=evidence)
        .select_related("department", "to_department", "by")
    )
    return render(
        request,
        "cases/evidence.html",
        {
            "evidence": evidence,
            "case": evidence.case,
            "custody": custody,
            "sound": actions.verify_evidence(evidence),
            "may_void": evidence.voided_at is None and rules.can_work(request.user, evidence.case),
            "crumbs": crumbs(evidence.case, evidence.name),
        },
    )


@require_POST
@login_required
def download(request, pk):
    """The file as it was filed; the download is written down."""
    evidence = _load(request.user, pk)
    actions.download_evidence(evidence=evidence, by=request.user, at=timezone.now())
    return as_filed(evidence)


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
