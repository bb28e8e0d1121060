"""交办协查: the list of tasks from above and beside, one task, its registration and its scans."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Case
from cases.querysets import may_hold_cases
from core.gathering import Gathering
from core.refusals import Refused
from deadlines.models import Deadline
from departments.models import Department
from journal.render import timeline
from referrals import offers_above as offers
from referrals import reading, reading_above
from referrals import rules_above as rules
from referrals.actions.above_intake import (
    register_task,
)
from referrals.enums_above import TaskKind
from referrals.forms_above import (
    TaskForm,
)
from referrals.models import Task, TaskChase, TaskExtension, TaskLetter
from workspace.actions import use_form_key

PAGE = 50
LAMPS = {"r": gettext_lazy("Overdue"), "y": gettext_lazy("Nearly due"), "g": gettext_lazy("In time")}
TITLE = gettext_lazy("Tasks from above and beside")


@require_GET
@login_required
def tasks(request):
    """What bodies outside asked, by lamp, kind, state, department and words; newest first."""
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    asked = request.GET
    kind = asked.get("kind") if asked.get("kind") in TaskKind.values else ""
    lamp = asked.get("lamp") if asked.get("lamp") in LAMPS else ""
    only_open, mine, words = asked.get("open", "1") == "1", asked.get("mine") == "1", asked.get("q", "").strip()[:60]
    rows = Task.objects.visible_to(user).for_list()
    if only_open:
        rows = rows.open()
    if mine:
        rows = rows.filter(handler=user)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(number__icontains=words) | Q(body_name__icontains=words))
    if lamp:
        clocks = Deadline.objects.open().with_lamp(lamp, timezone.now())  # door: only as a filter on visible tasks
        rows = rows.filter(pk__in=clocks.filter(target_kind="task").values("target_id"))
    before = asked.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    shown = reading_above.lamps(found)
    keep = {"kind": kind, "lamp": lamp, "open": "1" if only_open else "0", "mine": "1" if mine else "", "q": words}
    keep = {name: value for name, value in keep.items() if value}
    return render(
        request,
        "referrals/above_list.html",
        {
            "title": TITLE,
            "crumbs": [(TITLE, "")],
            "rows": [(task, *shown.get(task.pk, (None, None))) for task in found],
            "kinds": [(code, label, urlencode({**keep, "kind": code})) for code, label in TaskKind.choices],
            "lamps": [(code, label, urlencode({**keep, "lamp": code})) for code, label in LAMPS.items()],
            "kind": kind, "lamp": lamp, "only_open": only_open, "mine": mine, "words": words,
            "all_kinds": urlencode({name: value for name, value in keep.items() if name != "kind"}),
            "all_lamps": urlencode({name: value for name, value in keep.items() if name != "lamp"}),
            "open_query": urlencode({**keep, "open": "1"}),
            "every_query": urlencode({**keep, "open": "0"}),
            "mine_query": urlencode({**keep, "mine": "" if mine else "1"}),
            "may_register": rules.can_register(user),
            "page": {
                "has_previous": bool(before),
                "has_next": more,
                "first_query": urlencode(keep),
                "previous_query": urlencode(keep),
                "next_query": urlencode({**keep, "before": found[-1].pk}) if more else "",
            },
        },
    )  # fmt: skip


def bodies_for(user):
    """Departments outside the county that stand in the directory: the levels above."""
    return Department.objects.visible_to(user).active().exclude(region=user.region)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """A letter from a body outside is registered."""
    user = request.user
    if not rules.can_register(user):
        raise PermissionDenied
    at = timezone.now()
    initial = {"kind": TaskKind.ASSIGNED, "received_on": at.date()}
    form = TaskForm(request.POST or None, request.FILES or None, bodies=bodies_for(user), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        try:
            with transaction.atomic():
                use_form_key(user=user, key=form.cleaned_data["form_key"], at=at)
                task = register_task(by=user, at=at, **given)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Registered. Its clock runs from the day of receipt."))
            return redirect(task)
    used = Task.objects.visible_to(user).order_by("body_name").values_list("body_name", flat=True).distinct()
    context = {
        "title": _("Register a letter from above or beside"), "form": form, "label": _("Register"),
        "back_url": reverse("referrals:tasks"), "known": list(used[:200]),
    }  # fmt: skip
    return render(request, "referrals/above_form.html", context)


@require_GET
@login_required
def task(request, pk):
    """One task: what is asked, its cases and letters, the one next step, its clock and its history."""
    user = request.user
    found = Task.objects.visible_to(user).for_list().select_related(
        "registered_by", "assigned_by", "accepted_by", "reported_by", "closed_by", "withdrawn_by"
    )
    thing = get_object_or_404(found, pk=pk)
    gathering = Gathering()
    links = gathering.rows(thing.links.select_related("case", "case__owner", "task"))
    seen = gathering.rows(Case.objects.visible_to(user).filter(task_links__task=thing).values_list("pk", flat=True))
    letters = TaskLetter.objects.visible_to(user).filter(task=thing).select_related("document", "drafted_by")
    gathering.rows(letters)
    gathering.hang(thing, "letters", TaskLetter.objects.all())  # door: for the rules, of the task one sees
    extensions = gathering.hang(thing, "extensions", TaskExtension.objects.select_related("asked_by"))  # door: of this task
    files = gathering.rows(thing.files.select_related("by"))
    gathering.hang(thing, "chases", TaskChase.objects.all())  # door: of this task
    clocks = reading.clocks_asked(gathering, thing)
    of_letters = Q(target_kind=TaskLetter.kind_code, target_id__in=letters.order_by().values("pk"))
    of_task = Q(target_kind=thing.kind_code, target_id=thing.pk)
    events = gathering.rows(reading_above.events_of(user, of_task, of_letters))
    gathering.ask()
    seen = set(seen)
    return render(
        request,
        "referrals/above.html",
        {
            "task": thing,
            "offers": offers.of_task(user, thing),
            "links": [(link, rules.can_state(user, link)) for link in links if link.case_id in seen],
            "hidden": sum(link.case_id not in seen for link in links),
            "letters": letters,
            "extensions": extensions,
            "files": files,
            "chases": len(thing.chases.all()),
            "steps": reading_above.track(thing),
            "clocks": reading.clocks_shown(clocks),
            "days": timeline(events, user),
        },
    )
