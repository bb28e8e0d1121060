"""The case page: a header, and one of its tabs (ADR 0070). Only the panels of the tab shown are loaded."""

import dataclasses
from collections import Counter

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases import rules, rules_end
from cases.models import Evidence, Strand
from cases.stages import stages_of
from cases.tabs import TABS, counts_of, first_tab, panels_on, tabs_of
from cases.views import archiving, end
from cases.views.loading import keep_strands, load_case
from core import memory, registry
from core.together import foresee
from journal.models import Event
from journal.render import timeline

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
    """The case page; whoever holds only a summary gets metadata and status, from a template of its own.

    `?tab=` names the tab; without it (or with one that does not exist) the person's own first one is shown.
    """
    user = request.user
    case = load_case(user, pk, whole=False)
    memory.begin(case)
    parts = Strand.objects.select_related("department", "handler").filter(case=case)  # door: loaded through its own
    crumb = [(_("Case registry"), reverse("cases:list")), (case.number, "")]
    if not case.whole:
        foresee((user, case), {**_foreseen(case, user, "summary"), "cases.strands": parts})
        keep_strands(case, parts)
        return render(
            request,
            "cases/summary.html",
            {
                "case": case, "strands": case.strands.all(), "crumbs": crumb,
                "stages": stages_of(case, case.strands.all()),  # a summary says their states only
                "panels": _panels(registry.summary_panels, case, user),
            },
        )  # fmt: skip
    shown = _tab_shown(request, case)
    asked = {**_foreseen(case, user, shown), "cases.strands": parts}
    if shown == "timeline":
        asked["cases.events"] = events = _events(request, case)
    numbers = foresee((user, case), asked, counts_of(case, user))
    keep_strands(case, parts)
    panels = _panels(panels_on(shown), case, user)
    return render(
        request,
        "cases/detail.html",
        {
            "case": case,
            "crumbs": crumb,
            "stages": stages_of(case, case.strands.all()),
            "tabs": tabs_of(shown, numbers),
            "tab": shown,
            "tab_label": TABS[shown],
            "step": _next_step(case, user) if shown == "overview" else None,
            "main": [each for each in panels if each[0].place == "main"],
            "rail": [each for each in panels if each[0].place == "rail"],
            "acts": _acts(user, case),
            **(_timeline(request, case, list(events)) if shown == "timeline" else {}),
        },
    )


def _tab_shown(request, case) -> str:
    wanted = request.GET.get("tab", "")
    if wanted in TABS:
        return wanted
    if "group" in request.GET or "before" in request.GET:  # an address kept from before there were tabs
        return "timeline"
    return first_tab(case, request.user)


def _foreseen(case, user, tab):
    """What the rooms will ask for this tab, by the key they remember it under."""
    return {
        key: queryset
        for each in registry.foreseen
        if not each.tabs or tab in each.tabs
        for key, queryset in each.asks(case, user).items()
    }


def _next_step(case, user):
    """The most urgent thing this person can do."""
    steps = [step for offer in registry.next_steps if (step := offer(case, user))]
    return min(steps, key=lambda step: step.get("order", 50), default=None)


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
    named = (*end.acts_of(user, case), *archiving.acts_of(user, case))
    more = [(reverse(name, args=[case.pk]), label) for name, label in named]
    if case.status == "closed":
        if not case.merged and rules_end.can_reopen(user, case):
            found.append((reverse("cases:reopen", args=[case.pk]), _("Reopen")))
        return found + more
    if own:
        found.append((reverse("cases:edit", args=[case.pk]), _("Edit")))
    if own and case.status == "registered":
        found.append((reverse("cases:begin", args=[case.pk]), _("Begin work")))
    if own and case.status == "working":
        found.append((reverse("cases:decide", args=[case.pk]), _("All decided")))
    if heads:
        found.append((reverse("cases:close", args=[case.pk]), _("Close the case")))
    return found + more


def _events(request, case):
    """The last events, or those before one of them."""
    events = Event.objects.visible_to(request.user).of_case(case).order_by("-id")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < LONGEST_ID:
        events = events.filter(pk__lt=int(before))
    return events[: MOST_EVENTS + 1]


def _timeline(request, case, found):
    """The case's events by day, with the files they are about, narrowed to one group on demand."""
    before = request.GET.get("before", "")
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
