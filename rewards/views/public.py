"""Without an account: the hotlines, the form, the follow-up page (S0 C28, S2 E53). Nothing here is ever cached."""

import time

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import Refused
from departments.models import Department, Region
from rewards import limits, receipts, vault
from rewards.actions.reports import (
    ReceivedBefore,
    add_to_report,
    receiving_department,
    register_report,
    report_officers,
    withdraw_report,
)
from rewards.enums import Channel, Naming
from rewards.forms_reports import AddForm, FollowForm, ReportForm
from rewards.models import Report
from rewards.reading_reports import openings_shown, rewards_shown
from rewards.views.sent_again import keep_what_changed

SESSION_KEY = "followed_report"
FOLLOWED_SECONDS = 15 * 60


def _region(code):
    region = get_object_or_404(Region.objects.filter(code=code))  # door: counties are public
    if receiving_department(region) is None:
        raise Http404
    return region


def _receives(region):
    """Whether anybody would read what is reported here: else the page names the hotlines, and takes no report."""
    return report_officers(receiving_department(region), local_date(timezone.now())).exists()


@require_GET
def counties(request):
    """The counties that receive reports here; where there is only one, its page."""
    found = list(Region.objects.filter(  # door: counties are public
        departments__function="insurance", departments__active=True
    ).distinct().order_by("code"))  # fmt: skip
    if len(found) == 1:
        return redirect("rewards:public", code=found[0].code)
    return render(request, "rewards/public_counties.html", {"counties": found})


@require_GET
def start(request, code):
    """Hotlines of every department, and the ways to report."""
    region = _region(code)
    departments = Department.objects.active().filter(region=region)  # door: hotlines are published (C28)
    departments = departments.exclude(hotline="").exclude(function__in=("office", "other")).order_by("pk")
    return render(
        request, "rewards/public.html", {"region": region, "departments": departments, "receives": _receives(region)}
    )


def _wait(request):
    answer = render(request, "rewards/public_wait.html", status=429)
    answer["Retry-After"] = "600"
    return answer


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def report(request, code):
    """The form. Its answer shows the receipt code, once; sent again it is the same report and the same code."""
    region = _region(code)
    if not _receives(region):
        return redirect("rewards:public", code=code)
    adding = "more" in request.POST
    if request.method == "POST" and limits.too_often(request, "more" if adding else "report"):
        return _wait(request)
    sealable = vault.can_seal(region)
    if request.method == "GET":
        form = ReportForm(initial={} if sealable else {"naming": Naming.ANONYMOUS})
    else:
        form = ReportForm(request.POST, request.FILES, more=adding)
        if not adding and form.is_valid():
            try:
                done = register_report(
                    department=receiving_department(region), channel=Channel.WEB, by=None, at=timezone.now(),
                    **form.given(),
                )  # fmt: skip
            except ReceivedBefore as before:
                return _received(
                    request, region, before.details["code"], again=keep_what_changed(before, form)
                )
            except Refused as refusal:
                form.refused(refusal)
            else:
                return _received(request, region, done.code)
        elif adding:
            form.errors.clear()
    return render(
        request,
        "rewards/public_report.html",
        {"region": region, "form": form, "sealable": sealable},
    )


def _received(request, region, code, again=None):
    """again: what became of a form sent a second time, see `keep_what_changed`."""
    context = {"region": region, "code": receipts.grouped(code), "again": again}
    return render(request, "rewards/public_received.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def follow(request):
    """Type the receipt code."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limits.too_often(request, "follow"):
            return _wait(request)
        if form.is_valid():
            found = Report.objects.filter(  # door: whoever holds the receipt code
                receipt_digest=receipts.digest(form.cleaned_data["code"])
            ).first()  # fmt: skip
            token = receipts.token_digest(form.cleaned_data["token"].strip())
            if (
                found is not None
                and found.token_digest
                and not constant_time_compare(found.token_digest, token)
            ):
                found = None
            if found is not None:
                request.session[SESSION_KEY] = {"pk": found.pk, "until": int(time.time()) + FOLLOWED_SECONDS}
                return redirect("rewards:followed")
            form.add_error("code", _("No report has this code, or the token is not the one given with it."))
    return render(request, "rewards/public_follow.html", {"form": form})


def _followed(request):
    held = request.session.get(SESSION_KEY) or {}
    if held.get("until", 0) < time.time():
        return None
    return Report.objects.filter(pk=held["pk"]).first()  # door: the code was given in this session


@never_cache
@require_GET
def followed(request):
    """State, answers, and how often the identity was opened, by whose keys."""
    report = _followed(request)
    return _page(request, report, AddForm()) if report is not None else redirect("rewards:follow")


def _page(request, report, form):
    return render(
        request,
        "rewards/public_followed.html",
        {
            "report": report,
            "additions": report.additions.all(),
            "files": report.files.count(),
            "openings": openings_shown(report),
            "rewards": rewards_shown(report),
            "form": form,
            "withdraw_key": new_form_key(),
        },
    )


@never_cache
@require_POST
def add(request):
    """More words, more files, by the receipt code."""
    report = _followed(request)
    if report is None:
        return redirect("rewards:follow")
    if limits.too_often(request, "report"):
        return _wait(request)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, report, form)
    try:
        add_to_report(
            report=report, text=form.cleaned_data["text"], files=form.cleaned_data["files"], by=None,
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        form.refused(refusal)
        return _page(request, report, form)
    messages.success(request, _("Added. The report officer was told."))
    return redirect(reverse("rewards:followed"))


@never_cache
@require_POST
def withdraw(request):
    """Take the report back; it is verified all the same."""
    report = _followed(request)
    if report is None:
        return redirect("rewards:follow")
    try:
        withdraw_report(report=report, by=None, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. What it says is verified all the same."))
    return redirect("rewards:followed")


@never_cache
@require_POST
def leave(request):
    """Close the follow-up page: the next person at this computer needs the code again."""
    request.session.pop(SESSION_KEY, None)
    return redirect("rewards:follow")
