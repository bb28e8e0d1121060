"""The list of inspections, one of them with its tabs, a visit, a finding, and their files."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.tally import tally
from documents.models import IssuedDocument
from inspections import draw_reading, reading, rules, rules_work, workbench
from inspections.actions import closing, planning
from inspections.actions.taking_back import LETTER
from inspections.enums import InspectionStatus
from inspections.forms import PlanForm
from inspections.frequency import Frequency, caps_of, visits_before
from inspections.models import Finding, Inspection, Member, Partner, Target, Visit
from workspace.once import submit

PAGE = 50
S = InspectionStatus
TABS = ("plan", "team", "visits", "findings", "summary", "history")


def _tabs(user):
    seen = Inspection.objects.visible_to(user)
    silent = Partner.objects.visible_to(user).unanswered().filter(leads=False, inspection__status=S.DRAFT)
    mine = [source.values("pk") for source in (workbench.to_lead(user), workbench.to_sign(user))]
    mine += [
        source.values("inspection") for source in (workbench.to_answer(user), workbench.to_sign_summary(user))
    ]
    chosen = seen.none()
    for each in mine:
        chosen = chosen | seen.filter(pk__in=each)
    return {
        "mine": chosen, "all": seen, "silent": seen.filter(pk__in=silent.values("inspection")),
        **{state: seen.filter(status=state) for state in S},
    }  # fmt: skip


@require_GET
@login_required
def inspection_list(request):
    """Inspections, the latest first, by state; who has not answered is a tab of its own."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    found = _tabs(user)
    tab = request.GET.get("tab", "all")
    tab = tab if tab in found else "all"
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    rows = list(reading.for_list(found[tab]).order_by("-starts_on", "-pk")[skip : skip + PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    words = {
        "mine": _("To be done by me"), "all": pgettext("inspections", "All"), "silent": _("Waiting for answers"),
        **dict(S.choices),
    }  # fmt: skip
    title = _("Joint inspections")
    context = {
        "title": title, "crumbs": [(title, "")], "tab": tab, "rows": rows, "may_plan": rules.can_plan(user),
        "tabs": [(code, words[code], n) for code, n in zip(found, tally(found.values()), strict=True)],
        "page": {
            "has_previous": skip > 0, "has_next": more, "first_query": urlencode({"tab": tab}),
            "previous_query": urlencode({"tab": tab, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({"tab": tab, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "inspections/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """A plan of one's own department, which leads it."""
    user = request.user
    if not rules.can_plan(user):
        raise PermissionDenied
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def work(at: dt.datetime) -> str:
            plan = {name: form.cleaned_data[name] for name in planning.PLAN}
            return planning.draft_inspection(lead=user.department, by=user, at=at, **plan).get_absolute_url()

        answer = submit(
            request,
            form,
            work,
            verb="inspection.drafted",
            done=_("Drafted: name its targets and departments."),
        )
        if answer is not None:
            return answer
    title = _("Plan an inspection")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": reverse("inspections:list"),
        "crumbs": [(_("Joint inspections"), reverse("inspections:list")), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def _load(user, pk) -> Inspection:
    found = Inspection.objects.visible_to(user).select_related(
        "lead", "region", "drafted_by", "submitted_by", "approved_by", "returned_by", "approval_form"
    )
    return get_object_or_404(found, pk=pk)


def _partners(user, inspection):
    found = Partner.objects.visible_to(user).filter(inspection=inspection, dropped_at=None)
    rows = list(found.select_related("department", "answered_by").order_by("-leads", "role", "pk"))
    for row in rows:
        row.inspection = inspection
    return rows


@require_GET
@login_required
def detail(request, pk):
    """One inspection: where it stands, what this person may do, and a tab of it."""
    user = request.user
    inspection = _load(user, pk)
    reads = rules.can_read(user, inspection)
    tab = request.GET.get("tab", "plan")
    tab = tab if tab in TABS else "plan"
    partners = _partners(user, inspection)
    own = next((row for row in partners if row.department_id == user.department.pk), None)
    offers = reading.inspection_offers(user, inspection, own)
    text, why = reading.next_step(inspection, partners)
    step = {"text": text, "why": why, "lamp": "y"} if text else None
    silent = [row for row in partners if row.answer == "none"]
    waits = inspection.status == S.DRAFT and inspection.asked_at is not None and silent and own not in silent
    if step and offers and not offers[0].danger and not waits:  # nothing to press while others have to answer
        step |= {"url": offers[0].url, "label": offers[0].label}
        offers = offers[1:]
    targets = Target.objects.visible_to(user).filter(inspection=inspection).staying()
    found = inspection.findings.all()
    counts = {
        "team": len(partners), "visits": targets.count(), "findings": found.count(),
    }  # fmt: skip
    words = {
        "plan": pgettext("inspection", "Plan"), "team": _("Departments and people"), "visits": _("Targets and visits"),
        "findings": pgettext("inspection", "Findings"), "summary": _("Summary"), "history": _("History"),
    }  # fmt: skip
    context = {
        "inspection": inspection, "tab": tab, "offers": offers, "step": step, "reads": reads, "own": own,
        "tabs": [(code, words[code], counts.get(code)) for code in TABS],
        "clocks": reading.clocks("inspection_partner", [row.pk for row in partners]),
        "postponements": list(inspection.postponements.select_related("by")),
        "draws": draw_reading.panel(user, inspection),
    }  # fmt: skip
    context |= _of_tab(tab, user, inspection, partners, reads)
    return render(request, "inspections/inspection.html", context)


def _of_tab(tab, user, inspection, partners, reads) -> dict:
    if tab == "team":
        return {"partners": _team(user, inspection, partners)}
    if tab == "visits":
        return {"targets": _targets(user, inspection, reads)}
    if tab == "findings":
        rows = Finding.objects.visible_to(user).filter(inspection=inspection).for_reader(user)
        tally_of = inspection.findings.for_reader(user).values_list("outcome", "case_hidden")
        return {
            "findings": list(rows.select_related("visit__target__subject", "category", "department", "case")
                             .order_by("number")),
            "by_outcome": _by_outcome(tally_of),
        }  # fmt: skip
    if tab == "summary":
        summary = closing.newest(inspection)
        paper = IssuedDocument.objects.visible_to(user).filter(
            target_kind="inspection_summary", target_id=summary.pk if summary else None
        ).first()  # fmt: skip
        return {
            "summary": summary if reads else None, "signatures": reading.signatures(partners, summary),
            "still_open": closing.still_open(inspection) if inspection.status == S.REPORTED and reads else [],
            "paper": paper,
        }  # fmt: skip
    if tab == "history":
        return {"days": reading.history(inspection, user)}
    return {}


def _by_outcome(rows):
    labels = dict(Finding._meta.get_field("outcome").choices) | {"": _("handled separately")}
    outcomes = ["" if hidden else outcome for outcome, hidden in rows]
    return [(labels[code], outcomes.count(code)) for code in labels if code in outcomes]


def _team(user, inspection, partners):
    members = (
        Member.objects.visible_to(user).filter(inspection=inspection).there().select_related("certificate")
    )
    by_partner: dict[int, list[Member]] = {}
    for member in members.order_by("pk"):
        member.inspection = inspection
        by_partner.setdefault(member.partner_id, []).append(member)
    lamps = reading.lamps([row for row in partners if row.answer == "none" and not row.leads])
    shown = []
    for row in partners:
        people = by_partner.get(row.pk, [])
        for member in people:
            member.partner = row
        shown.append({
            "partner": row, "lamp": lamps.get(row.pk) if inspection.asked_at else None,
            "people": [(member, rules.can_leave(user, member)) for member in people],
            "may_drop": rules.can_drop_partner(user, row), "may_edit": rules.can_edit_partner(user, row),
        })  # fmt: skip
    return shown


def _targets(user, inspection, reads):
    rows = Target.objects.visible_to(user).filter(inspection=inspection).select_related("subject", "notice")
    there: dict[int, list[Visit]] = {}
    if reads:
        for visit in Visit.objects.visible_to(user).filter(inspection=inspection).order_by("visited_on"):
            there.setdefault(visit.target_id, []).append(visit)
    letters: dict[int, list[IssuedDocument]] = {}
    taken_back = IssuedDocument.objects.visible_to(user).filter(kind=LETTER, target_kind=Target.kind_code)
    for paper in taken_back.filter(target_id__in=rows.values("pk")).order_by("pk"):
        letters.setdefault(paper.target_id, []).append(paper)
    before, caps = visits_before(inspection), caps_of(inspection.region)
    shown = []
    for row in rows.order_by("pk"):
        row.inspection = inspection
        shown.append({
            "target": row, "letters": letters.get(row.pk, []), "visits": there.get(row.pk, []),
            "frequency": Frequency(row.subject, caps.get(row.subject.kind), *before.get(row.subject_id, (0, 0))),
            "may_visit": rules_work.can_visit(user, row),
            "may_drop": all(each.status == "void" for each in there.get(row.pk, [])) and rules.can_drop_target(user, row),
        })  # fmt: skip
    return shown
