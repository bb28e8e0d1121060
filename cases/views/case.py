"""The case page and what happens to the case as a whole."""

import dataclasses
from collections import Counter

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import rules
from cases.actions import editing, notes, progress
from cases.forms.case import CloseForm, EditCaseForm, NoteForm, ReasonForm
from cases.models import Evidence
from cases.stages import stages_of
from cases.views.loading import case_url, crumbs, form_page, load_case
from core import registry
from core.forms import KeyedForm
from journal.models import Event
from journal.render import timeline
from workspace.once import submit

GROUPS = (
    "flow",
    "material",
    "money",
    "comment",
    "access",
    "system",
)  # one tab each; an unknown one is the last
MOST_EVENTS = 200
LONGEST_ID = 19


@require_safe
@login_required
def detail(request, pk):
    """The case page; whoever holds only a summary gets metadata and status, from a template of its own."""
    user = request.user
    case = load_case(user, pk, whole=False, strands=True)
    crumb = [(_("Case registry"), reverse("cases:list")), (case.number, "")]
    stages = stages_of(case, case.strands.all())  # a summary says their states only
    if not case.whole:
        return render(
            request,
            "cases/summary.html",
            {
                "case": case, "stages": stages, "strands": case.strands.all(), "crumbs": crumb,
                "panels": _panels(registry.summary_panels, case, user),
            },
        )  # fmt: skip
    panels = _panels(registry.case_panels, case, user)
    steps = [step for offer in registry.next_steps if (step := offer(case, user))]
    return render(
        request,
        "cases/detail.html",
        {
            "case": case,
            "crumbs": crumb,
            "stages": stages,
            "step": min(steps, key=lambda step: step.get("order", 50), default=None),
            "main": [each for each in panels if each[0].place == "main"],
            "rail": [each for each in panels if each[0].place == "rail"],
            "acts": _acts(user, case),
            **_timeline(request, case),
        },
    )


def _panels(offered, case, user):
    """(panel, its context) in order; without those that have nothing to say."""
    return [
        (panel, context)
        for panel in sorted(offered, key=lambda panel: panel.order)
        if (context := panel.load(case, user)) is not None
    ]


def _acts(user, case):
    """The buttons of the header: (address, label, primary)."""
    own = rules.can_decide(user, case)
    heads = rules.can_close(user, case)
    found = []
    if case.status == "closed":
        if heads:
            found.append((reverse("cases:reopen", args=[case.pk]), _("Reopen")))
        return found
    if own:
        found.append((reverse("cases:edit", args=[case.pk]), _("Edit")))
    if own and case.status == "registered":
        found.append((reverse("cases:begin", args=[case.pk]), _("Begin work")))
    if own and case.status == "working":
        found.append((reverse("cases:decide", args=[case.pk]), _("All decided")))
    if heads:
        found.append((reverse("cases:close", args=[case.pk]), _("Close the case")))
    return found


def _timeline(request, case):
    """The case's events by day, with the files they are about, narrowed to one group on demand."""
    events = Event.objects.visible_to(request.user).of_case(case).order_by("-id")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < LONGEST_ID:
        events = events.filter(pk__lt=int(before))
    found = list(events[: MOST_EVENTS + 1])
    days = timeline(found[:MOST_EVENTS], request.user)
    counted = Counter(_tab(line) for _day, lines in days for line in lines)
    wanted = request.GET.get("group", "")
    shown = {wanted} if wanted in GROUPS else set(GROUPS) - {"access"}  # who was let in is folded to one line
    days = [(day, [line for line in lines if _tab(line) in shown]) for day, lines in days]
    days = [(day, lines) for day, lines in days if lines]
    labels = {
        "flow": _("Flow"), "material": _("Material"), "money": _("Money"), "comment": _("Remarks"),
        "access": _("Access"), "system": _("System"),
    }  # fmt: skip
    return {
        "days": [(day, _with_files(lines)) for day, lines in days],
        "groups": [(code, labels[code], counted[code]) for code in GROUPS if counted[code]],
        "group": wanted,
        "total": counted.total(),
        "older": found[MOST_EVENTS - 1].pk if len(found) > MOST_EVENTS else None,
        "before": before,
        "folded": 0 if wanted in GROUPS else counted["access"],
    }


def _tab(line):
    return line.group if line.group in GROUPS else "system"


def _with_files(lines):
    """Evidence that was filed is a link beside its line."""
    return [
        dataclasses.replace(
            line,
            files=(
                (
                    _("Open the file's record"),
                    reverse("cases:evidence", args=[line.target_id]),
                    "file-earmark",
                ),
            ),
        )
        if line.target_kind == Evidence.kind_code
        else line
        for line in lines
    ]


def _confirm(request, pk, *, rule, form_class, work, title, effect, label, done, danger=False, items=None):
    """A confirm page naming case and effect, that runs one action once."""
    case = load_case(request.user, pk)
    if not rule(request.user, case):
        raise PermissionDenied
    return form_page(
        request, case, form_class, lambda given, at: work(case, given, at), title=title, label=label,
        effect=effect, danger=danger, items=items(case) if items else [], template="cases/confirm.html",
        done=done,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def begin(request, pk):
    def work(case, given, at):
        progress.begin_work(case=case, by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_decide, form_class=KeyedForm, work=work, title=_("Begin work"),
        effect=_("The lead is taken up and shows as being worked."), label=_("Begin work"),
        done=_("Work on the lead has begun."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def decide(request, pk):
    def work(case, given, at):
        progress.decide_case(case=case, by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_decide, form_class=KeyedForm, work=work, title=_("All decided"),
        effect=_("Every department has decided or ended its part; what remains is to perform."),
        label=_("All decided"), done=_("The case is recorded as decided."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def close(request, pk):
    """Close the case; what is still open is listed before anybody tries."""

    def work(case, given, at):
        progress.close_case(case=case, reason=given["reason"], by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_close, form_class=CloseForm, work=work, title=_("Close the case"),
        effect=_("A closed case takes no more entries; it can be reopened with a reason."),
        label=_("Close the case"), danger=True, items=progress.what_is_open,
        done=_("The case is closed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request, pk):
    def work(case, given, at):
        progress.reopen_case(case=case, reason=given["reason"], by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_close, form_class=ReasonForm, work=work, title=_("Reopen the case"),
        effect=_("The case shows as being worked again; the record says why."), label=_("Reopen"), danger=True,
        done=_("The case is reopened."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """Edit particulars; on a version somebody changed, the differences are shown and nothing typed is lost."""
    case = load_case(request.user, pk)
    if not rules.can_decide(request.user, case):
        raise PermissionDenied
    title = _("Edit the case")
    if request.method == "POST":
        form = EditCaseForm(request.POST, instance=case)
        if form.is_valid():
            given = dict(form.cleaned_data)
            version = given.pop("expected_version")
            given.pop("form_key")

            def work(at):
                editing.edit_case(case=case, version=version, by=request.user, at=at, **given)
                return case_url(case)

            answer = submit(request, form, work, verb="case.edited", target=case, case=case, done=_("Saved."))
            if answer is not None:
                return answer
    else:
        form = EditCaseForm(instance=case)
    return render(
        request,
        "cases/form.html",
        {
            "form": form, "case": case, "title": title, "label": _("Save"), "back_url": case_url(case),
            "crumbs": crumbs(case, title),
        },
    )  # fmt: skip


@require_POST
@login_required
def add_note(request, pk):
    case = load_case(request.user, pk)
    form = NoteForm(request.POST)
    if form.is_valid():

        def work(at):
            notes.add_note(
                case=case, text=form.cleaned_data["text"], audience=form.cleaned_data["audience"],
                by=request.user, at=at,
            )  # fmt: skip
            return case_url(case) + "#notes"

        answer = submit(request, form, work, done=_("Remark saved."))
        if answer is not None:
            return answer
    title = _("Remark")
    return render(
        request, "cases/form.html",
        {"form": form, "case": case, "title": title, "label": _("Save"), "back_url": case_url(case),
         "crumbs": crumbs(case, title)},
    )  # fmt: skip
