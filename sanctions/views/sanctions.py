"""The list of sanctions, one of them with the track of each department, and proposing one from a case."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Case
from cases.views.loading import crumbs, load_case
from core.gathering import Gathering
from core.tally import tally
from sanctions import choices, reading, rules, steps, workbench
from sanctions.actions import proposing
from sanctions.enums import PENDING, SanctionStatus
from sanctions.forms import EditProposalForm, ProposalForm
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, MeasureTask, Repair, Sanction
from sanctions.views.steps import found
from workspace.once import submit

PAGE = 50
S = SanctionStatus


def skipped(request) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() and len(after) < 7 else 0


def pager(tab: str, skip: int, more: bool) -> dict:
    return {
        "has_previous": skip > 0, "has_next": more, "first_query": urlencode({"tab": tab}),
        "previous_query": urlencode({"tab": tab, "after": max(0, skip - PAGE)}),
        "next_query": urlencode({"tab": tab, "after": skip + PAGE}),
    }  # fmt: skip


def _tabs(user):
    seen = Sanction.objects.visible_to(user)
    return {
        "mine": seen.filter(workbench.mine(user)), "pending": seen.filter(status__in=PENDING),
        "in_force": seen.filter(status__in=(S.DECIDED, S.IN_FORCE)), "suspended": seen.filter(suspended_at__isnull=False),
        "over": seen.filter(status__in=(S.EXPIRED, S.LIFTED, S.NOT_DETERMINED, S.WITHDRAWN)), "all": seen,
    }  # fmt: skip


@require_GET
@login_required
def sanction_list(request):
    """What the reader may see of sanctions, newest first, by state."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    tabs, skip = _tabs(user), skipped(request)
    tab = request.GET.get("tab", "all")
    tab = tab if tab in tabs else "all"
    rows = (
        tabs[tab]
        .for_list()
        .annotate(
            asked=Count("tasks"),
            done=Count("tasks", filter=Q(tasks__status__in=("fed_back", "refused", "cancelled"))),
        )
    )
    page = list(rows.defer("facts", "basis", "findings").order_by("-pk")[skip : skip + PAGE + 1])
    lit = reading.lamps(Sanction.kind_code, [row.pk for row in page])
    title = _("Joint sanctions")
    words = {
        "mine": _("To be done by me"), "pending": _("Under way"), "in_force": pgettext("sanctions", "In force"),
        "suspended": _("Suspended"),
        "over": _("Over"), "all": pgettext("sanctions", "All"),
    }  # fmt: skip
    context = {
        "title": title, "crumbs": [(title, "")], "tab": tab,
        "tabs": [(code, words[code], n) for code, n in zip(tabs, tally(tabs.values()), strict=True)],
        "rows": [(row, lit.get(row.pk)) for row in page[:PAGE]], "page": pager(tab, skip, len(page) > PAGE),
    }  # fmt: skip
    return render(request, "sanctions/list.html", context)


@require_GET
@login_required
def detail(request, pk):
    """One sanction: on what it rests, who was heard, the track of every department, what weighs on the subject."""
    user = request.user
    sanction = get_object_or_404(
        found(Sanction, user).select_related(
            "proposal_document", "determination_document", "document", "determined_by"
        ),
        pk=pk,
    )
    hearing = (
        Hearing.objects.visible_to(user).filter(sanction=sanction, task=None).exclude(status="discarded")
    )
    hearing = hearing.select_related(*_hearing()).first()
    tasks = list(MeasureTask.objects.visible_to(user).filter(sanction=sanction).for_list().order_by("pk"))
    lit = reading.lamps(MeasureTask.kind_code, [task.pk for task in tasks])
    whole = Sanction.objects.visible_to(user).readable_by(user).filter(pk=pk).exists()
    text, why = reading.next_of(sanction, hearing, tasks, whole)
    step = {"text": text, "why": why, "lamp": "r" if sanction.suspended_at else "y"} if text else None
    offers = reading.offers(steps.SANCTION, user, sanction)
    if rules.can_edit(user, sanction):
        offers.insert(0, reading.Offer(_("Edit"), reverse("sanctions:edit", args=[sanction.pk])))
    heard = reading.offers(steps.HEARING, user, hearing) if hearing is not None else []
    first = heard or offers
    if step and first and not first[0].danger:
        step |= {"url": first[0].url, "label": first[0].label}
    own = next((task for task in tasks if task.department_id == user.department.pk), None)
    gathering = Gathering()
    applied = AppliedMeasure.objects.visible_to(user).standing().filter(sanction=sanction)
    bars, entries = (model.objects.visible_to(user).filter(sanction=sanction) for model in (Bar, ListEntry))
    repairs = Repair.objects.visible_to(user).filter(sanction=sanction).select_related("subject", "applied__measure")
    context = {
        "whole": whole,
        "sanction": sanction, "hearing": hearing, "heard": heard, "offers": offers, "step": step, "own": own,
        "case_url": _case_url(user, sanction), "measures": gathering.rows(sanction.measures.order_by("order", "code")),
        "tasks": [(task, reading.track(task), lit.get(task.pk)) for task in tasks],
        "applied": gathering.rows(applied.select_related("measure", "department", "task", "subject")),
        "bars": gathering.rows(bars.select_related("subject", "because_of")),
        "entries": gathering.rows(entries.select_related("subject")),
        "repairs": gathering.rows(repairs),
        "clocks": reading.clocks(sanction) if user.department.pk == sanction.authority_id else [],
        "days": reading.story(sanction, user, whole),
    }  # fmt: skip
    gathering.ask()
    return render(request, "sanctions/sanction.html", context)


def _hearing():
    return ("sanction__authority", "department", "document", "task", "drafted_by", "signed_by", "recorded_by")


def _case_url(user, sanction) -> str:
    """Where the reader sees the case, if only as a summary."""
    seen = Case.objects.visible_to(user).filter(pk=sanction.case_id).exists()
    return reverse("cases:detail", args=[sanction.case_id]) if seen else ""


@require_http_methods(["GET", "POST"])
@login_required
def propose(request, pk):
    """Propose a sanction of one of the subjects of a case."""
    user = request.user
    case = load_case(user, pk)
    if not rules.can_propose(user, case):
        raise PermissionDenied
    given = choices.for_proposal(case, user)
    initial = {"subject": given["subject"].first(), "strand": given["strand"].first(), "ground": "decision"}
    form = ProposalForm(request.POST or None, choices=given, initial=initial)
    if request.method == "POST" and form.is_valid():

        def work(at: dt.datetime) -> str:
            values = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
            made = proposing.propose_sanction(case=case, department=user.department, by=user, at=at, **values)
            return made.get_absolute_url()

        answer = submit(
            request, form, work, verb="sanction.proposed", target=case, case=case,
            done=_("Proposed: another person reviews it."),
        )  # fmt: skip
        if answer is not None:
            return answer
    title = _("Propose a joint sanction")
    context = {
        "form": form, "sections": ProposalForm.SECTIONS, "title": title, "lead": case.title,
        "label": pgettext("sanction", "Propose"),
        "back_url": reverse("cases:detail", args=[case.pk]), "crumbs": crumbs(case, title),
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """Change a proposal nobody has reviewed."""
    user = request.user
    sanction = get_object_or_404(found(Sanction, user), pk=pk)
    if not rules.can_edit(user, sanction):
        raise PermissionDenied

    def now():
        sanction.refresh_from_db()
        values = {name: getattr(sanction, name) for name in proposing.FIELDS}
        return values | {"measures": list(sanction.measures.all()), "expected_version": sanction.version}

    form = EditProposalForm(request.POST or None, choices=choices.for_proposal(sanction.case, user), now=now)
    if request.method == "POST" and form.is_valid():

        def work(at: dt.datetime) -> str:
            values = {
                name: value for name, value in form.cleaned_data.items() if name not in ("form_key", "seen")
            }
            proposing.edit_proposal(sanction=sanction, by=user, at=at, **values)
            return sanction.get_absolute_url()

        answer = submit(
            request,
            form,
            work,
            verb="sanction.edited",
            target=sanction,
            case=sanction.case,
            done=_("Changed."),
        )
        if answer is not None:
            return answer
    title = _("Change the proposal")
    sections = [
        (legend, [name for name in names if name != "subject"]) for legend, names in ProposalForm.SECTIONS
    ]
    context = {
        "form": form, "sections": sections, "title": title, "lead": str(sanction), "label": _("Save"),
        "back_url": sanction.get_absolute_url(),
        "crumbs": [
            (_("Joint sanctions"), reverse("sanctions:list")), (str(sanction), sanction.get_absolute_url()), (title, ""),
        ],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)
