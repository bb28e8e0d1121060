"""The registry (案件线索台账): views, lamps, filters in the address, sort, keyset pages, export."""

import dataclasses

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from cases import excel, listing, long_export, rules
from cases.actions.export import note_export
from cases.forms.registry import FilterForm, Known
from cases.listing import Filters
from cases.models import Case
from cases.registry_columns import COLUMNS, DENSITIES, SHOWN
from core.refusals import Refused
from core.wording import today
from deadlines.calendar import Calendar
from workspace.actions import begin_job, preference
from workspace.models import SavedView

PAGE = "registry"
LAMPS = {
    "g": gettext_lazy("on time"),
    "y": gettext_lazy("due soon"),
    "r": gettext_lazy("overdue"),
    "n": gettext_lazy("closed"),
}
BUILT_IN = (
    ("", gettext_lazy("All cases")),
    ("mine=on", gettext_lazy("Mine")),
    ("lamp=r", gettext_lazy("Overdue")),
    ("major=on", gettext_lazy("Major")),
)


def _said(number: int) -> str:
    return f"{listing.CAP - 1}+" if number >= listing.CAP else str(number)


def _query(request, **changes) -> str:
    """This page's query string with some values replaced (None takes one out); always from the first page."""
    query = request.GET.copy()
    query.pop("at", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()


@require_safe
@login_required
def registry(request):
    """One page of the registry under the filters of the address."""
    user = request.user
    if not rules.may_hold_cases(user):
        raise PermissionDenied
    known = Known.of(user.region)
    form = FilterForm(request.GET, known=known)
    filters = form.filters()
    sort = request.GET.get("sort", "newest")
    sort = sort if sort in listing.SORTS else "newest"
    likes = preference(user, PAGE)
    listed = listing.page(user, filters, listing.read_cursor(request.GET.get("at", ""), sort), sort)
    cases = listing.rows(listed)
    views = _views(request, known)
    lamps = [(code, label, filters.without("lamp")) for code, label in LAMPS.items()]
    numbers = listing.counts(
        user,
        [filters]
        + [_with_lamp(plain, code) for code, _label, plain in lamps]
        + [view["filters"] for view in views],
    )
    total, rest = numbers[0], numbers[1:]
    for view, number in zip(views, rest[len(lamps) :], strict=True):
        view["count"] = _said(number)
    calendar, day = Calendar.current(), today()
    shown = [name for name in likes.get("columns", SHOWN) if name in COLUMNS]
    context = {
        "cases": [_row(case, listed, calendar, day) for case in cases],
        "form": form,
        "chips": form.chips(request),
        "views": views,
        "lamp": filters.lamp,
        "lamps": [
            {"code": code, "label": label, "count": _said(number), "query": _query(request, lamp=code)}
            for (code, label, _plain), number in zip(lamps, rest, strict=False)
        ],
        "no_lamp_query": _query(request, lamp=None),
        "sort": sort,
        "sorts": {
            "due": _query(request, sort="due_last" if sort == "due" else "due"),
            "opened": _query(request, sort="oldest" if sort == "newest" else "newest"),
            "amount": _query(request, sort="amount_least" if sort == "amount" else "amount"),
        },
        "columns": COLUMNS,
        "shown": shown,
        "density": likes.get("density", "normal"),
        "densities": DENSITIES,
        "page": _pager(request, listed, total),
        "query": _query(request),
        "full_path": request.get_full_path(),
        "may_register": rules.can_register(user),
        "now": timezone.now(),
    }
    return render(request, "cases/registry.html", context)


def _with_lamp(filters: Filters, lamp: str) -> Filters:
    return dataclasses.replace(filters, lamp=lamp)


def _views(request, known) -> list[dict]:
    """The tabs: the built-in ones and the person's own, each with its filters; the one that fits is on."""
    here = _query(request, sort=None)
    tabs = [{"label": label, "query": query, "own": None} for query, label in BUILT_IN]
    own = SavedView.objects.visible_to(request.user).filter(page=PAGE)[:12]
    tabs += [{"label": view.name, "query": view.query, "own": view} for view in own]
    for tab in tabs:
        tab["filters"] = FilterForm(QueryDict(tab["query"]), known=known).filters()
        tab["on"] = tab["query"] == here
        tab["mine"] = tab["own"] is not None and tab["own"].user_id == request.user.pk
    return tabs


def _row(case, listed, calendar, day) -> dict:
    """What one line shows, made here so that the template stays flat."""
    parts = {strand.department.function: "c" for strand in case.strands.all()}
    parts[case.owner.function] = "l"
    days = calendar.working_days_between(day, case.next_due_on) if case.next_due_on else None
    closed = case.status == "closed"
    return {
        "case": case,
        # a clock that ran out since the last sweep is late now, not when the sweep says so
        "lamp": "n" if closed else "r" if days is not None and case.next_due_on < day else case.lamp,
        "days": None if closed else days,
        "words": _ended(case) if closed else "",
        "parts": list(parts.items()),
        "categories": [category.label for category in case.categories.all()],
        "summary": case.pk in listed.summaries,
    }


def _ended(case) -> str:
    """How a closed case is closed: merged into another, in the archive, or neither."""
    if case.merged:
        return pgettext("case", "merged")
    return _("archived") if case.archive == "archived" else case.get_status_display()


def _pager(request, listed, total) -> dict:
    return {
        "has_previous": listed.previous is not None,
        "has_next": listed.next is not None,
        "previous_query": _query(request, at=str(listed.previous)),
        "next_query": _query(request, at=str(listed.next)),
        "first_query": _query(request),
        "total_label": _("%(n)s cases") % {"n": _said(total)},
        "pickable": True,
    }


@require_POST
@login_required
def export(request):
    """The rows of the present filter, or the picked ones, as an Excel file; written into the record.

    More than somebody would wait for becomes a job, whose person is told when it is done.
    """
    if not rules.may_hold_cases(request.user):
        raise PermissionDenied
    query = QueryDict(request.POST.get("query", "")[:2000])
    form = FilterForm(query, known=Known.of(request.user.region))
    sort = query.get("sort", "newest")
    sort = sort if sort in listing.SORTS else "newest"
    picked = {int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19}
    if picked:  # wherever in the list they stood
        chosen = Case.objects.visible_to(request.user).filter(pk__in=picked).order_by("-opened_at", "-pk")
        listed = listing.Page(list(chosen.values_list("pk", flat=True)), frozenset(), None, None)
    else:
        listed = listing.page(request.user, form.filters(), None, sort, excel.AT_ONCE)
    at = timezone.now()
    if listed.next is not None:
        return _export_later(request, query, at)
    answer = HttpResponse(content_type=excel.MEDIA_TYPE)
    with excel.Registry(user=request.user, at=at) as book:
        book.add(listing.rows(listed))
        note_export(rows=book.rows, query=query.urlencode(), picked=bool(picked), by=request.user, at=at)
        book.write_to(answer)
    answer["Content-Disposition"] = content_disposition_header(True, long_export.file_name(at))
    answer["Cache-Control"] = "no-store"
    return answer


def _export_later(request, query, at):
    try:
        begin_job(kind=long_export.CODE, parameters={"query": query.urlencode()}, by=request.user, at=at)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("More than %(n)s cases: the file is being made here. You will be told when it is ready.")
        messages.info(request, said % {"n": f"{excel.AT_ONCE:,}"})
    return redirect("workspace:jobs")
