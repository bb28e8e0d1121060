"""The statistics of a region's month, quarter or year, the rows behind each number, and the reports issued from them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core import wording
from core.books import XLSX
from core.refusals import Refused
from departments.models import Region
from desk import periods, statistics
from desk.forms_statistics import CorrectForm, ReturnForm
from desk.statistics_files import MOST, rows_file, table_file
from documents import rules_reports as rules
from documents.actions import reports as actions
from documents.downloads import attachment, file_name
from documents.models import PeriodReport
from workspace.actions import use_form_key
from workspace.steps import Step, StepForm

PAGE = 50
TITLE = gettext_lazy("Statistics")


def _period(request):
    """The period asked for; this year where none is, or an address edited by hand names none."""
    return periods.read(request.GET.get("period", "")) or periods.year_of(wording.today())


def _regions(user):
    """Those whose figures the person sees: the own, and those below it."""
    below = Region.objects.filter(parent=user.region).order_by("code")  # door: of one's region, asked by rules
    return [user.region, *below]


def _region(request, regions):
    wanted = request.GET.get("region", "")
    return next((each for each in regions if each.code == wanted), request.user.region)


def _see(request):
    if not rules.can_see_statistics(request.user):
        raise PermissionDenied


def _shown(lines, *, linked):
    """Rows for the template: label, whole, cells of (text, address of the rows behind it)."""
    place = reverse("desk:statistics_rows") if linked else ""
    return [
        {
            "label": line.period.label,
            "whole": line.whole,
            "cells": [
                (
                    column, statistics.said(column, line.values[column.code]),
                    f"{place}?{urlencode({'figure': column.code, 'period': line.period.code})}" if linked else "",
                )
                for column in statistics.COLUMNS
            ],
        }
        for line in lines
    ]  # fmt: skip


def _named(found):
    """Reports with `label`: their period in the reader's language."""
    found = list(found)
    for each in found:
        each.label = periods.read(each.period).label
    return found


@require_GET
@login_required
def overview(request):
    """The table of a period; each number leads to what it counts."""
    _see(request)
    user, period, regions = request.user, _period(request), _regions(request.user)
    region = _region(request, regions)
    lines = statistics.table(region, period)
    own = region == user.region
    today = wording.today()
    found = _named(PeriodReport.objects.visible_to(user).filter(region=region, period=period.code).for_list())
    year = period.since.year
    return render(
        request,
        "desk/statistics.html",
        {
            "title": TITLE, "crumbs": [(TITLE, "")], "period": period, "region": region, "own": own,
            "regions": regions, "years": list(range(today.year - 4, today.year + 1)),
            "periods": periods.offered(year), "year": year, "columns": statistics.COLUMNS, "groups": statistics.groups(),
            "lines": _shown(lines, linked=own), "unknown": statistics.unknown_note(lines[-1].values),
            "reports": found, "over": period.until < today,
            "may_draft": own and rules.can_draft_report(user) and not any(
                each.status in ("draft", "returned", "issued") for each in found
            ),
        },
    )  # fmt: skip


@require_GET
@login_required
def overview_file(request):
    """The same as Excel."""
    _see(request)
    period, at = _period(request), timezone.now()
    region = _region(request, _regions(request.user))
    actions.note_taken(period=period.code, region=region.pk, what="table", by=request.user, at=at)
    data = table_file(statistics.table(region, period), region=region, period=period, user=request.user, at=at)
    return attachment(data, name=file_name(_("Statistics"), period.label, suffix=".xlsx"), content_type=XLSX)


def _figure(request):
    """The column asked for, with the period; 404 where there is none."""
    _see(request)
    column = statistics.BY_CODE.get(request.GET.get("figure", ""))
    period = periods.read(request.GET.get("period", ""))
    if column is None or period is None:
        raise Http404
    return column, period


@require_GET
@login_required
def rows(request):
    """What a number counts, row by row; of the own region alone, for of others only sums are seen."""
    column, period = _figure(request)
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = statistics.listed(column.code, request.user.region, period, request.user, skip, skip + PAGE)
    query = {"figure": column.code, "period": period.code}
    return render(
        request,
        "desk/statistics_rows.html",
        {
            "title": f"{column.group}: {column.label}", "column": column, "period": period, "found": found,
            "crumbs": [(TITLE, f"{reverse('desk:statistics')}?period={period.code}"), (column.label, "")],
            "query": urlencode(query),
            "page": {
                "has_previous": skip > 0, "has_next": found.total > skip + PAGE, "first_query": urlencode(query),
                "previous_query": urlencode({**query, "after": max(0, skip - PAGE)}),
                "next_query": urlencode({**query, "after": skip + PAGE}), "no_keys": True,
            },
        },
    )  # fmt: skip


@require_GET
@login_required
def rows_as_file(request):
    """The rows behind a number as Excel."""
    column, period = _figure(request)
    user, at = request.user, timezone.now()
    found = statistics.listed(column.code, user.region, period, user, 0, MOST)
    actions.note_taken(period=period.code, region=user.region.pk, what=column.code, by=user, at=at)
    title = f"{column.group} {column.label} {period.label}"
    data = rows_file(found, title=title, user=user, at=at)
    return attachment(data, name=file_name(_("Statistics"), title, suffix=".xlsx"), content_type=XLSX)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request):
    """Put the numbers of a period that is over to a second person."""
    user, period = request.user, periods.read(request.GET.get("period", ""))
    if not rules.can_draft_report(user):
        raise PermissionDenied
    if period is None:
        raise Http404
    back = f"{reverse('desk:statistics')}?period={period.code}"
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            use_form_key(user=user, key=form.cleaned_data["form_key"], at=at)
            figures = statistics.frozen(statistics.table(user.region, period))
            report = actions.draft_report(period=period.code, last_day=period.until, figures=figures, by=user, at=at)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect(back)
        messages.success(request, _("The report is drafted. Another person of the office signs it."))
        return redirect("desk:statistics_report", pk=report.pk)
    context = {
        "title": _("Draft the report"), "object": f"{user.region} · {period.label}", "form": form, "label": _("Draft"),
        "effect": _("The numbers are counted now and put to another person of the office, who issues them."),
        "back_url": back,
    }  # fmt: skip
    return render(request, "partials/confirm.html", context)


@require_GET
@login_required
def reports(request):
    """Every report of the region, the newest first, a page at a time."""
    _see(request)
    before = request.GET.get("before", "")
    found = PeriodReport.objects.visible_to(request.user).for_list().order_by("-pk")
    if before.isdecimal() and len(before) < 18:
        found = found.filter(pk__lt=int(before))
    found = _named(found[: PAGE + 1])
    title = _("Statistics reports")
    more = urlencode({"before": found[PAGE - 1].pk}) if len(found) > PAGE else ""
    context = {
        "title": title, "crumbs": [(TITLE, reverse("desk:statistics")), (title, "")], "reports": found[:PAGE],
        "page": {
            "has_previous": bool(before), "has_next": bool(more), "first_query": "", "previous_query": "",
            "next_query": more, "no_keys": True,
        },
    }  # fmt: skip
    return render(request, "desk/statistics_reports.html", context)


@require_GET
@login_required
def report(request, pk):
    """A report as it was counted, and what is counted otherwise today."""
    user = request.user
    thing = get_object_or_404(PeriodReport.objects.visible_to(user).for_list(), pk=pk)
    period = periods.read(thing.period)
    now = statistics.frozen(statistics.table(thing.region, period))
    title = _("Statistics, %(period)s") % {"period": period.label}
    return render(
        request,
        "desk/statistics_report.html",
        {
            "title": title, "thing": thing, "period": period, "columns": statistics.COLUMNS, "groups": statistics.groups(),
            "crumbs": [
                (TITLE, f"{reverse('desk:statistics')}?period={period.code}"),
                (_("Statistics reports"), reverse("desk:statistics_reports")), (title, ""),
            ],
            "rows": [
                (periods.read(row["period"]).label, statistics.cells(thing.figures, row), row is thing.figures["rows"][-1])
                for row in thing.figures["rows"]
            ],
            "differences": [
                (periods.read(row["period"]).label, column, kept, counted)
                for row, column, kept, counted in statistics.differences(thing.figures, now)
            ],
            "correction": thing.corrections.visible_to(user).exclude(status="dropped").select_related("document").first(),
            "may_sign": rules.can_sign_report(user, thing), "may_count": rules.can_count_again(user, thing),
            "may_correct": rules.can_correct_report(user, thing),
        },
    )  # fmt: skip


class ReportStep(Step):
    model, template = PeriodReport, "partials/confirm.html"

    def back_url(self, thing):
        return reverse("desk:statistics_report", args=[thing.pk])

    def figures(self, thing):
        return statistics.frozen(statistics.table(thing.region, periods.read(thing.period)))

    def context(self, thing):
        period = periods.read(thing.period)
        return {"object": _("Statistics, %(period)s") % {"period": period.label}}


class CountAgain(ReportStep):
    verb, rule = "statistics.counted", staticmethod(rules.can_count_again)
    title = label = gettext_lazy("Count again")
    effect = gettext_lazy("The numbers of now take the place of those in the draft.")
    done = gettext_lazy("The numbers were counted again.")

    def act(self, thing, form, at):
        return actions.count_again(report=thing, figures=self.figures(thing), by=self.request.user, at=at)


class Sign(ReportStep):
    verb, rule, versioned = "statistics.issued", staticmethod(rules.can_sign_report), True
    title = label = gettext_lazy("Sign and issue")
    effect = gettext_lazy(
        "The report is numbered and printed with the numbers of the draft, and never changes again. "
        "A correction is a new report."
    )
    done = gettext_lazy("The report is issued.")

    def act(self, thing, form, at):
        return actions.sign_report(report=thing, by=self.request.user, at=at)


class SendBack(ReportStep):
    verb, rule, form_class = "statistics.returned", staticmethod(rules.can_sign_report), ReturnForm
    title = label = gettext_lazy("Send back")
    effect = gettext_lazy("The draft is counted again before it can be issued.")
    done = gettext_lazy("The draft was sent back.")

    def act(self, thing, form, at):
        reason = form.cleaned_data["reason"]
        return actions.return_report(report=thing, reason=reason, by=self.request.user, at=at)


class Drop(ReportStep):
    verb, rule, danger = "statistics.dropped", staticmethod(rules.can_count_again), True
    title = label = gettext_lazy("Drop the draft")
    effect = gettext_lazy("The draft is given up; another can be written for this period.")
    done = gettext_lazy("The draft was dropped.")

    def act(self, thing, form, at):
        return actions.drop_report(report=thing, by=self.request.user, at=at)


class Correct(ReportStep):
    verb, rule, form_class = "statistics.drafted", staticmethod(rules.can_correct_report), CorrectForm
    title = gettext_lazy("Correct the report")
    label = gettext_lazy("Draft the correction")
    effect = gettext_lazy("A new report with the numbers of now is drafted, which names this one. This one stays as it is.")
    done = gettext_lazy("The correction is drafted. Another person of the office signs it.")

    def act(self, thing, form, at):
        return actions.draft_report(
            period=thing.period, last_day=periods.read(thing.period).until, figures=self.figures(thing),
            corrects=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at,
        )  # fmt: skip

    def after(self, thing, result):
        return reverse("desk:statistics_report", args=[result.pk])
