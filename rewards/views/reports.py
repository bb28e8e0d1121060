"""The report officer's pages: the list, registration, one report."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.dates import local_date
from core.refusals import Refused
from documents.downloads import attachment
from documents.preview import draft_pdf, preview_page
from rewards import letters_reports, receipts, rules_reports, storage, vault
from rewards.actions.report_files import note_file_read
from rewards.actions.reports import ReceivedBefore, register_report
from rewards.forms_reports import OfficerReportForm
from rewards.models import Report, ReportFile, Supervisor
from rewards.reading_reports import TABS, page_of
from rewards.views.sent_again import keep_what_changed

PAGE = 50


@require_GET
@login_required
def report_list(request):
    """Reports of one's department, newest first; tabs by state."""
    user = request.user
    if not rules_reports.works_on_reports(user):
        raise PermissionDenied
    tab = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else "received"
    found = Report.objects.visible_to(user)
    before, word = request.GET.get("before", ""), request.GET.get("q", "").strip()[:60]
    # never by the receipt code: addresses are kept in logs
    narrowed = found.filter(number__icontains=word) if word else TABS[tab].narrow(found)
    rows = narrowed.select_related("case").order_by("-pk")
    keep = {"tab": tab, **({"q": word} if word else {})}
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    rows = list(rows.defer("facts")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return render(
        request,
        "rewards/reports.html",
        {
            "title": _("Reports"),
            "crumbs": [(_("Reports"), "")],
            "tab": tab,
            "word": word,
            "tabs": [(code, each.label) for code, each in TABS.items()],
            "rows": rows,
            "page": {
                "has_previous": bool(before),
                "has_next": more,
                "first_query": urlencode(keep),
                "previous_query": urlencode(keep),
                "next_query": urlencode({**keep, "before": rows[-1].pk}) if more else "",
            },
        },
    )


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@login_required
@require_http_methods(["GET", "POST"])
def new(request):
    """A report by telephone, letter, visit, 12345, petition or another body, with the fields of the public form."""
    user = request.user
    if not rules_reports.works_on_reports(user):
        raise PermissionDenied
    today = local_date(timezone.now())
    serving = Supervisor.objects.visible_to(user).serving(today)
    posted = request.method == "POST"
    adding = posted and "more" in request.POST
    form = (
        OfficerReportForm(request.POST, request.FILES, more=adding, supervisors=serving)
        if posted
        else OfficerReportForm(supervisors=serving)
    )
    if adding:
        form.errors.clear()
    elif posted and form.is_valid():
        try:
            done = register_report(department=user.department, by=user, at=timezone.now(), **form.given())
        except ReceivedBefore as before:
            first = before.details["report"]
            if Report.objects.visible_to(user).filter(pk=first.pk).exists():
                kept = keep_what_changed(before, form, by=user)
                return _registered(request, before.details["code"], first, again=kept)
            form.refused(before)
        except Refused as refusal:
            form.refused(refusal)
        else:
            return _registered(request, done.code, done.report)
    return render(
        request,
        "rewards/report_new.html",
        {
            "title": _("Register a report"),
            "crumbs": [(_("Reports"), reverse("rewards:reports")), (_("Register a report"), "")],
            "form": form,
            "sealable": vault.can_seal(user.region),
        },
    )


def _registered(request, code, report, again=None):
    return render(
        request,
        "rewards/report_registered.html",
        {"title": _("Report registered"), "code": receipts.grouped(code), "report": report, "again": again},
    )


def _load(request, pk):
    if not rules_reports.works_on_reports(request.user):
        raise Http404
    found = Report.objects.visible_to(request.user).select_related(
        "department", "region", "case", "decided_by", "told_by"
    )
    return get_object_or_404(found, pk=pk)


@never_cache
@require_GET
@login_required
def detail(request, pk):
    """One report, with the only showing of its own words, and what may be done now."""
    report = _load(request, pk)
    return render(request, "rewards/report.html", page_of(report, request.user))


@never_cache
@require_POST
@login_required
def file(request, pk, file_pk):
    """A file of a report, taken out: on the record."""
    report = _load(request, pk)
    piece = get_object_or_404(ReportFile.objects.visible_to(request.user), pk=file_pk, report=report)
    note_file_read(piece=piece, by=request.user, at=timezone.now())
    answer = attachment(
        storage.fetch(piece.place, piece.sha256), name=piece.name, content_type=piece.media_type
    )
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_GET
@login_required
def register_form(request, pk):
    """举报登记表 on the screen."""
    report = _load(request, pk)
    return preview_page(
        request, paper=letters_reports.register_form(letters_reports.register_context(report, at=timezone.now())),
        heading=report.number, back_url=report.get_absolute_url(),
        pdf_url=reverse("rewards:report_form_pdf", args=[pk]),
    )  # fmt: skip


@never_cache
@require_GET
@login_required
def register_form_pdf(request, pk):
    """The same as PDF."""
    report = _load(request, pk)
    answer = draft_pdf(
        letters_reports.register_form(letters_reports.register_context(report, at=timezone.now()))
    )
    answer["Cache-Control"] = "no-store"
    return answer
