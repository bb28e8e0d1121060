"""Issued papers on the screen and as files, and the public page that checks them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core import registry
from core.refusals import BadInput, Refused
from core.visitors import address_of
from documents import rules, storage, verification, word
from documents.actions import attach_sealed_scan, note_download, void_document
from documents.delivery import delivery_record
from documents.downloads import DOCX_TYPE, attachment, file_name
from documents.forms import CheckForm, CodeForm, SealForm, VoidForm
from documents.letter import from_json
from documents.models import IssuedDocument
from documents.preview import draft_pdf, preview_page
from journal.actions import note_refusal


def _load(request, pk):
    return get_object_or_404(
        IssuedDocument.objects.visible_to(request.user).select_related("department", "issued_by"), pk=pk
    )


def _sent(request):
    """What a form is bound to: also to an empty submission, never to a first showing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _back(document, user):
    """Where the reader came from: the thing the paper is about, if they may see it."""
    kind = registry.kinds.get(document.target_kind)
    target = kind.visible(user).filter(pk=document.target_id).first() if kind else None
    return kind.url(target) if target is not None else "/"


@require_GET
@login_required
def detail(request, pk):
    """The paper as it was issued."""
    document = _load(request, pk)
    return preview_page(
        request,
        paper=from_json(document.context),
        heading=document.number,
        back_url=_back(document, request.user),
        document=document,
        can_seal=rules.can_seal(request.user, document),
        can_serve=rules.can_serve(request.user, document),
        can_void=rules.can_void(request.user, document),
    )


def _stored(request, document, what, name, sha256):
    """The bytes of a stored file; where they were tampered with, the record says so and nobody gets them."""
    try:
        return storage.fetch(name, sha256)
    except Refused as refusal:
        now = timezone.now()
        note_refusal(user=request.user, verb=f"document.{what}", target=document, sentence=refusal, at=now)
        messages.error(request, str(refusal))
        return None


def _give(request, document, what, data, suffix, content_type, *, inline=False):
    note_download(document=document, what=what, by=request.user, at=timezone.now())
    name = file_name(document.number, document.title, suffix=suffix)
    return attachment(data, name=name, content_type=content_type, inline=inline)


@require_GET
@login_required
def pdf(request, pk):
    """The frozen PDF/A file."""
    document = _load(request, pk)
    data = _stored(request, document, "pdf", document.file, document.sha256)
    if data is None:
        return redirect(document)
    inline = "save" not in request.GET
    return _give(request, document, "pdf", data, ".pdf", "application/pdf", inline=inline)


@require_GET
@login_required
def docx(request, pk):
    """An editable copy of what the paper says."""
    document = _load(request, pk)
    data = word.docx(from_json(document.context))
    return _give(request, document, "word", data, ".docx", DOCX_TYPE)


@require_GET
@login_required
def scan(request, pk):
    """The scan of the sealed copy."""
    document = get_object_or_404(
        IssuedDocument.objects.visible_to(request.user).filter(sealed_at__isnull=False), pk=pk
    )
    data = _stored(request, document, "scan", document.sealed_file, document.sealed_sha256)
    if data is None:
        return redirect(document)
    suffix = document.sealed_file[document.sealed_file.rindex(".") :]
    return _give(request, document, "scan", data, suffix, document.sealed_type)


@require_GET
@login_required
def delivery(request, pk):
    """送达回证 of a letter that is served on paper, to be printed, signed there and scanned."""
    document = _load(request, pk)
    if not rules.can_serve(request.user, document):
        raise PermissionDenied
    return draft_pdf(delivery_record(document, user=request.user, on=timezone.localdate()))


@require_http_methods(["GET", "POST"])
@login_required
def seal(request, pk):
    """Add the scan of the sealed copy."""
    document = _load(request, pk)
    if not rules.can_seal(request.user, document):
        raise PermissionDenied
    form = SealForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            attach_sealed_scan(
                document=document, upload=form.cleaned_data["scan"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The scan was added."))
            return redirect(document)
    context = {
        "title": _("Add the scan of the sealed copy"),
        "lead": document.number,
        "form": form,
        "label": _("Upload the scan"),
        "back_url": document.get_absolute_url(),
    }
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def void(request, pk):
    """Declare the paper void."""
    document = _load(request, pk)
    if not rules.can_void(request.user, document):
        raise PermissionDenied
    form = VoidForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            void_document(
                document=document, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The document is void."))
            return redirect(document)
    context = {
        "title": _("Declare the document void"),
        "object": str(document),
        "effect": _("Its number stays used and its file is kept. The public page shows it as void."),
        "form": form,
        "label": _("Declare void"),
        "danger": True,
        "back_url": document.get_absolute_url(),
    }
    return render(request, "partials/confirm.html", context)


# -- without an account --------------------------------------------------------------------------------------


def _tired(request):
    return verification.too_often(address_of(request))


@never_cache
@require_GET
def verify_entry(request):
    """Type the code of a paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = verification.tidy(form.cleaned_data["code"])
        if code:
            return redirect("documents:verify", code=code)
        form.refused(BadInput(_("A code has letters and digits only."), field="code"))
    return render(request, "documents/verify_entry.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request, code):
    """Say who issued the paper with this code, when, and whether an uploaded file is that paper."""
    if _tired(request):
        answer = render(request, "documents/verify_wait.html", status=429)
        answer["Retry-After"] = "60"
        return answer
    document = verification.by_code(code)
    if document is None:
        return render(request, "documents/verify.html", {"code": code}, status=404)
    form = CheckForm(*_sent(request))
    context = {
        "document": document,
        "kind": registry.letter_names.get(document.kind, document.get_layout_display()),
        "form": form,
        "code": document.code_in_groups,
    }
    context["standing"], context["since"] = verification.standing(document)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        digest = verification.digest_of(given["file"]) if given["file"] else given["digest"]
        context |= {"checked": True, "match": verification.matches(document, digest), "form": CheckForm()}
    return render(request, "documents/verify.html", context)
