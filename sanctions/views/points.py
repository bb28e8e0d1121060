"""Points of persons, yearly scores of institutions, lists of both, and what they lead to."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case as Choice
from django.db.models import F, Sum, Value, When
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.subjects import subject_for_lead
from cases.enums import SubjectKind
from cases.models import Subject
from core.refusals import BadInput
from core.tally import tally
from core.wording import today
from documents.downloads import attachment
from sanctions import reading_credit as reading
from sanctions import rules_credit as rules
from sanctions.actions.following import points_of
from sanctions.actions.imports import import_points, import_scores
from sanctions.actions.points import enter_points
from sanctions.actions.scores import enter_score
from sanctions.enums_credit import Confirmation, ConsequenceKind, ConsequenceStatus, EntryKind
from sanctions.forms_credit import ImportForm, PointsForm, ScoreForm
from sanctions.models import AnnualScore, Consequence, PointEntry, PointImport
from sanctions.points_rules import BANDS, Points
from sanctions.points_sheet import POINT_HEADS, SCORE_HEADS, template
from sanctions.publication_files import MEDIA
from workspace.once import submit

PAGE = 50


def _crumbs(label=""):
    here = [(_("Points and scores"), reverse("sanctions:points") if label else "")]
    return [*here, (label, "")] if label else here


def _year(request):
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else today().year


def _people(user, year):
    """Persons with confirmed points in a year: (subject id, given, repaired, most in one act), the most first."""
    given = Choice(When(kind=EntryKind.POINTS, then=F("points")), default=Value(0))
    repaired = Choice(When(kind=EntryKind.REPAIR, then=F("points")), default=Value(0))
    rows = PointEntry.objects.visible_to(user).standing().filter(year=year).order_by()
    return rows.values("subject", "subject__name", "subject__id_masked").annotate(
        given=Sum(given), repaired=Sum(repaired)
    )


@require_GET
@login_required
def points(request):
    """Four tabs: persons and their band, entries, yearly scores, and what is proposed."""
    user = request.user
    if not rules.can_list_points(user):
        raise PermissionDenied
    year = _year(request)
    people = _people(user, year)
    entries = PointEntry.objects.visible_to(user).filter(year=year)
    scored = AnnualScore.objects.visible_to(user).filter(year=year)
    proposed = Consequence.objects.visible_to(user).filter(year=year)
    found = {"people": people.values("subject"), "entries": entries, "scores": scored, "tasks": proposed}
    tab = request.GET.get("tab", "people")
    tab = tab if tab in found else "people"
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    listed = {
        "people": people.order_by("-given", "subject"),
        "entries": entries.select_related("subject", "institution", "entered_by").order_by(
            "-dated_on", "-pk"
        ),
        "scores": scored.select_related("subject", "entered_by").order_by("score", "pk"),
        "tasks": proposed.select_related("subject", "department").order_by("-pk"),
    }[tab]
    page = list(listed[skip : skip + PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    if tab == "people":
        page = [(row, Points(row["given"], row["repaired"])) for row in page]
    lit = reading.lamps(page) if tab == "tasks" else {}
    words = {
        "people": _("Persons"), "entries": _("Entries"), "scores": _("Yearly scores"),
        "tasks": _("What they lead to"),
    }  # fmt: skip
    counts = [people.count(), *tally([entries, scored, proposed])]
    asked = {"tab": tab, "year": year}
    context = {
        "title": _("Points and scores"), "crumbs": _crumbs(), "tab": tab, "year": year, "years": _years(),
        "tabs": [(code, words[code], n) for code, n in zip(found, counts, strict=True)],
        "rows": [(row, lit.get(row.pk)) for row in page] if tab == "tasks" else page, "bands": BANDS,
        "may_enter": rules.can_enter_points(user),
        "page": {
            "has_previous": skip > 0, "has_next": more, "first_query": urlencode(asked),
            "previous_query": urlencode({**asked, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({**asked, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "sanctions/points.html", context)


def _years():
    now = today().year
    return range(now, now - 5, -1)


@sensitive_post_parameters("id_number")
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def new_points(request):
    """The points of one act, or points repaired; the person is found again by the number."""
    user = request.user
    if not rules.can_enter_points(user):
        raise PermissionDenied
    form = PointsForm(request.POST or None, initial={"dated_on": today()})
    if request.method == "POST" and form.is_valid():

        def work(at):
            given = form.cleaned_data
            institution = _body(user, given["institution_code"], "institution_code")
            person = subject_for_lead(
                region=user.region, kind=SubjectKind.PRACTITIONER, name=given["name"], id_number=given["id_number"],
                by=user, at=at,
            )  # fmt: skip
            made = enter_points(
                department=user.department, subject=person, points=given["points"], dated_on=given["dated_on"],
                behaviour=given["behaviour"], basis=given["basis"], kind=given["kind"], institution=institution, by=user,
                at=at,
            )  # fmt: skip
            return made.get_absolute_url()

        answer = submit(
            request,
            form,
            work,
            verb="sanction.points_entered",
            done=_("Entered: another person confirms it."),
        )
        if answer is not None:
            return answer
    return _form(request, form, _("Enter points"))


def _form(request, form, title):
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": reverse("sanctions:points"), "crumbs": _crumbs(title),
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def _body(user, code, field, *, needed=False):
    """The institution with this code the person may see; None without a code.

    :raises BadInput: none has it (by `field`)
    """
    code = code.strip().upper()
    found = Subject.objects.visible_to(user).filter(uscc=code).first() if code else None
    if found is None and (code or needed):
        raise BadInput(_("No institution of this region has this code. Enter it first."), field=field)
    return found


@require_http_methods(["GET", "POST"])
@login_required
def new_score(request):
    """An institution's score of a year."""
    user = request.user
    if not rules.can_enter_points(user):
        raise PermissionDenied
    form = ScoreForm(request.POST or None, initial={"year": today().year})
    if request.method == "POST" and form.is_valid():

        def work(at):
            given = form.cleaned_data
            made = enter_score(
                department=user.department, subject=_body(user, given["code"], "code", needed=True), year=given["year"],
                score=given["score"], basis=given["basis"], by=user, at=at,
            )  # fmt: skip
            return made.get_absolute_url()

        answer = submit(
            request, form, work, verb="sanction.score_entered", done=_("Entered: another person confirms it.")
        )
        if answer is not None:
            return answer
    return _form(request, form, _("Enter a yearly score"))


# -- lists -----------------------------------------------------------------------------------------------------

LISTS = {
    "points": (import_points, POINT_HEADS, "sanction.points_imported"),
    "scores": (import_scores, SCORE_HEADS, "sanction.scores_imported"),
}  # fmt: skip


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def import_list(request, kind):
    """A list as Excel: all of it, or nothing, with what is wrong said cell by cell."""
    user = request.user
    if not rules.can_enter_points(user):
        raise PermissionDenied
    take, heads, verb = LISTS[kind]
    form = ImportForm(request.POST or None, request.FILES or None)
    cells = []
    if request.method == "POST" and form.is_valid():

        def work(at):
            try:
                made = take(upload=form.cleaned_data["upload"], by=user, at=at)
            except BadInput as refusal:
                cells.extend(refusal.details.get("cells", []))
                raise
            return reverse("sanctions:point_list", args=[made.pk])

        answer = submit(request, form, work, verb=verb, done=_("Taken in: another person confirms it."))
        if answer is not None:
            return answer
    title = _("Take in a list of points") if kind == "points" else _("Take in a list of yearly scores")
    context = {
        "form": form, "title": title, "label": _("Take in"), "back_url": reverse("sanctions:points"), "kind": kind,
        "crumbs": _crumbs(title), "cells": cells, "heads": heads,
    }  # fmt: skip
    return render(request, "sanctions/import.html", context)


@require_GET
@login_required
def list_template(request, kind):
    """The empty list to fill in."""
    if not rules.can_enter_points(request.user):
        raise PermissionDenied
    name = _("points") if kind == "points" else _("yearly scores")
    return attachment(template(LISTS[kind][1]), name=f"{name}.xlsx", content_type=MEDIA[".xlsx"])


@require_GET
@login_required
def point_list(request, pk):
    """One list that was handed in, and its entries."""
    user = request.user
    source = get_object_or_404(PointImport.objects.visible_to(user).select_related("department", "by"), pk=pk)
    entries = list(
        PointEntry.objects.visible_to(user).filter(source=source).select_related("subject").order_by("pk")
    )
    scored = list(
        AnnualScore.objects.visible_to(user).filter(source=source).select_related("subject").order_by("pk")
    )
    waits = [row for row in (*entries, *scored) if row.status == Confirmation.ENTERED]
    may = bool(waits) and rules.can_confirm_list(user, source) and source.by_id != user.pk
    title = str(source)
    context = {
        "title": title, "source": source, "entries": entries, "scores": scored, "waits": len(waits), "may_confirm": may,
        "crumbs": _crumbs(title),
    }  # fmt: skip
    return render(request, "sanctions/point_list.html", context)


# -- one row ---------------------------------------------------------------------------------------------------


def _row(request, model, pk, *more):
    found = model.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("subject", "department", *more), pk=pk)


@never_cache
@require_GET
@login_required
def entry(request, pk):
    """One entry of points, and what stands against the person in its year."""
    row = _row(request, PointEntry, pk, "institution", "entered_by", "confirmed_by", "ended_by", "source")
    user = request.user
    context = {
        "title": str(row.subject), "crumbs": _crumbs(str(row.subject)), "row": row,
        "total": points_of(row.subject, row.year),
        "offers": reading.entry_offers(user, row, "points"), "days": reading.story(row, user), "kind": "points",
        "own_hand": row.status == Confirmation.ENTERED and row.entered_by_id == user.pk,
    }  # fmt: skip
    return render(request, "sanctions/points_entry.html", context)


@require_GET
@login_required
def score(request, pk):
    """One yearly score."""
    row = _row(request, AnnualScore, pk, "entered_by", "confirmed_by", "ended_by", "source")
    user = request.user
    context = {
        "title": str(row), "crumbs": _crumbs(str(row)), "row": row, "offers": reading.entry_offers(user, row, "score"),
        "days": reading.story(row, user), "kind": "score",
        "own_hand": row.status == Confirmation.ENTERED and row.entered_by_id == user.pk,
    }  # fmt: skip
    return render(request, "sanctions/points_entry.html", context)


@require_GET
@login_required
def consequence(request, pk):
    """What points or a score ask for."""
    row, user = _row(request, Consequence, pk, "done_by", "dismissed_by"), request.user
    over = row.kind == ConsequenceKind.TERMINATE and row.status == ConsequenceStatus.DONE
    seen = over and Subject.objects.visible_to(user).filter(pk=row.subject_id).exists()
    context = {
        "title": str(row), "crumbs": _crumbs(str(row)), "row": row, "offers": reading.consequence_offers(user, row),
        "clocks": reading.clocks(row), "days": reading.story(row, user), "at": timezone.now(),
        "terminated": reverse("cases:subject", args=[row.subject_id]) if seen else "",
    }  # fmt: skip
    return render(request, "sanctions/consequence.html", context)
