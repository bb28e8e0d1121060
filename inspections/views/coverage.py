"""The coverage of a year, the visits of a body against the cap, and the caps themselves."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.enums import BODIES
from cases.models import Subject
from core.dates import local_date
from core.refusals import Refused
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.rules import can_keep_dictionaries
from documents.downloads import attachment, file_name
from inspections import coverage as figures
from inspections import pools_rules as rules
from inspections.actions.coverage import CLOCK, change_caps
from inspections.actions.pools_reading import coverage_taken
from inspections.forms_draw import CapForm
from inspections.frequency import caps_of, visits_in_year
from inspections.models import CoverageYear
from inspections.views.pools import XLSX

PAGE = 50


def _year(request) -> int:
    today = local_date(timezone.now())
    said = request.GET.get("year", "")
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else today.year
    return year if year in figures.years(today) else today.year


def _skip(request) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() and len(after) < 7 else 0


def _clock(user, year):
    """The lamp of the year's clock, where it was opened."""
    opened = CoverageYear.objects.visible_to(user).filter(year=year).first()
    if opened is None:
        return None
    owed = Deadline.objects.filter(  # door: of a year one sees
        target_kind=opened.kind_code, target_id=opened.pk, rule_code=CLOCK
    ).first()
    return lamp_of(owed, local_date(timezone.now())) if owed else None


@require_GET
@login_required
def coverage(request):
    """How many of the region's institutions had a visit in the year, and which had none."""
    user = request.user
    if not rules.can_see_coverage(user):
        raise PermissionDenied
    year, skip = _year(request), _skip(request)
    left = list(figures.not_yet(user.region, year)[skip : skip + PAGE + 1])
    title = _("Coverage of the year")
    found = figures.coverage_of(user.region, year)
    context = {
        "title": title, "crumbs": [(title, "")], "year": year, "years": figures.years(local_date(timezone.now())),
        "lines": figures.lines(found), "whole": found.whole, "left": left[:PAGE], "lamp": _clock(user, year),
        "page": {
            "has_previous": skip > 0, "has_next": len(left) > PAGE, "first_query": f"year={year}",
            "previous_query": f"year={year}&after={max(0, skip - PAGE)}", "next_query": f"year={year}&after={skip + PAGE}",
            "no_keys": True,
        },
    }  # fmt: skip
    return render(request, "inspections/coverage.html", context)


@require_GET
@login_required
def coverage_file(request):
    """The same as Excel, with every institution that is left."""
    user = request.user
    if not rules.can_see_coverage(user):
        raise PermissionDenied
    year, at = _year(request), timezone.now()
    coverage_taken(year=year, by=user, at=at)
    data = figures.workbook(figures.coverage_of(user.region, year), user=user, at=at)
    return attachment(data, name=file_name(_("Coverage"), str(year), suffix=".xlsx"), content_type=XLSX)


@require_GET
@login_required
def frequency(request):
    """频次核对: look a body up, and see how often it was visited this year, against the cap."""
    user = request.user
    if not rules.can_see_coverage(user):
        raise PermissionDenied
    text, year = request.GET.get("q", "").replace("\x00", "").strip()[:60], _year(request)
    found = (
        Subject.objects.visible_to(user).filter(kind__in=sorted(BODIES), region=user.region).matching(text)
    )
    skip = _skip(request)
    page = list(found.order_by("name", "pk")[skip : skip + PAGE + 1])
    visits = visits_in_year(page[:PAGE], year, user)
    title = _("Visits of a body this year")
    query = urlencode({"year": year, "q": text})
    context = {
        "title": title, "year": year, "years": figures.years(local_date(timezone.now())), "text": text,
        "crumbs": [(_("Coverage of the year"), reverse("inspections:coverage")), (title, "")],
        "rows": [visits[subject.pk] for subject in page[:PAGE]],
        "caps": sorted(caps_of(user.region).items()), "may_keep": rules.can_keep_caps(user),
        "page": {
            "has_previous": skip > 0, "has_next": len(page) > PAGE, "first_query": query,
            "previous_query": f"{query}&after={max(0, skip - PAGE)}", "next_query": f"{query}&after={skip + PAGE}",
            "no_keys": True,
        },
    }  # fmt: skip
    return render(request, "inspections/frequency.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def caps(request):
    """How often a year bodies of each kind are visited at most."""
    user = request.user
    if not rules.can_keep_caps(user):
        raise PermissionDenied
    now = caps_of(user.region)
    form = CapForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            change_caps(region=user.region, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The caps are saved."))
            return redirect("inspections:caps")
    title = _("Yearly cap of visits")
    up = (_("Settings"), reverse("desk:settings"))
    if not can_keep_dictionaries(user):
        up = (_("Coverage of the year"), reverse("inspections:coverage"))
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": up[1], "crumbs": [up, (title, "")],
        "lead": _("Visits a calendar year; what a report or a task from above sets off does not count towards it."),
    }  # fmt: skip
    return render(request, "partials/dictionary_form.html", context)
