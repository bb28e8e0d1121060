"""时限监控: every clock the person watches, in one list; chased and supervised from there."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import registry
from core.dates import local_date
from core.refusals import Refused
from deadlines import pressing, watching
from deadlines.actions.reminders import note_clocks_exported
from deadlines.rules import may_watch, presses, supervises
from departments.models import Department
from desk import monitor_excel
from desk.forms_monitor import DONE_LAMPS, LAMPS, ChaseForm, PressForm, WatchForm
from workspace.actions import use_form_key

PAGES = {"at", "step", "ids"}  # what stands in an address and narrows nothing
STEPS = {
    pressing.CHASE: (
        gettext_lazy("Chase the ticked ones"),
        gettext_lazy("Who owes is told at once; the reminder is counted. At most one a working day."),
        gettext_lazy("Chase"),
    ),
    pressing.SUPERVISE: (
        gettext_lazy("Supervise the ticked ones"),
        gettext_lazy(
            "A letter of supervision is drafted for each that is late; it goes out when somebody else of the office has"
            " signed it. A letter about a resolution goes out at once."
        ),
        gettext_lazy("Draft the letters"),
    ),
}


def departments_of(user, query) -> dict[int, str]:
    """{id: short name} of the departments a list of clocks may name, in their order: the region's, and those the address
    names, for a letter may go beyond it."""
    asked = _ids([query.get("owing", ""), query.get("to", "")])
    found = Department.objects.filter(Q(region=user.region) | Q(pk__in=asked))  # door: names only, the clocks have theirs
    return {each.pk: str(each) for each in found.order_by("pk")}


def query_of(request, **changes) -> str:
    """This page's query string with some values replaced (None takes one out); always from the first page."""
    query = request.GET.copy()
    for name in PAGES:
        query.pop(name, None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()


@require_safe
@login_required
def monitor(request):
    """One page of the clocks under the filters of the address."""
    user, at = request.user, timezone.now()
    if not may_watch(user):
        raise PermissionDenied
    departments = departments_of(user, request.GET)
    form = WatchForm(request.GET, departments=departments)
    watch = form.watch()
    counted = watching.tally(user, watch, at)
    listed = watching.page(user, watch, at, watching.Cursor.read(request.GET.get("at", "")))
    done = watch.state == "done"
    names = ({watch.clock: watch.clock} if watch.clock else {}) | counted.names  # chosen, though nothing is left of it
    clocks = sorted(names.items(), key=lambda pair: pair[1])
    context = {
        "title": _("Deadlines watched"),
        "crumbs": [(_("Deadlines watched"), "")],
        "now": at,
        "form": form,
        "watch": watch,
        "done": done,
        "rows": [(row, watching.clock_url(user, row.deadline)) for row in watching.shown(user, listed.rows, at)],
        "states": [
            {"label": label, "on": code == watch.state, "query": query_of(request, state=code, lamp=None)}
            for code, label in watching.STATES.items()
        ],
        "chips": _chips(request, form, watch),
        "tabs": _tabs(request, watch, counted, departments),
        "lamps": [
            {"code": code, "label": label, "count": counted.lamps[code], "query": query_of(request, lamp=code)}
            for code, label in (DONE_LAMPS if done else LAMPS).items()
        ],
        "no_lamp_query": query_of(request, lamp=None),
        "clocks": [(code, name, counted.clocks[code]) for code, name in clocks],
        "ages": watching.AGES,
        "departments": departments.items(),
        "query": query_of(request),
        "presses": presses(user) and not done,
        "supervises": supervises(user),
        "letters": {code for code, each in registry.clock_presses.items() if each.supervise is not None},
        "narrowed": bool(query_of(request)),
        "page": {
            "has_previous": listed.previous is not None,
            "has_next": listed.next is not None,
            "previous_query": query_of(request, at=str(listed.previous)),
            "next_query": query_of(request, at=str(listed.next)),
            "first_query": query_of(request),
            "total_label": _("%(n)s clocks in all") % {"n": f"{counted.total:,}"},
            "pickable": presses(user) and not done,
        },
    }
    return render(request, "desk/monitor.html", context)


def _chips(request, form, watch) -> list[dict]:
    """The filters that stand in no tab and no segment, each with the address without it."""
    chips = []
    for name in ("to", "age", "since", "until", "outages"):
        value = getattr(watch, name)
        if value is not None:
            said = dict(getattr(form.fields[name], "choices", [])).get(value, value)
            chips.append({"text": f"{form.fields[name].label}：{said}", "query": query_of(request, **{name: None})})
    return chips


def _tabs(request, watch, counted, departments) -> list[dict]:
    """Every department that owes something here, and the chosen one."""
    tabs = [{"label": _("All departments"), "count": counted.departments.total(), "on": watch.owing is None, "pk": None}]
    tabs += [
        {"label": name, "count": counted.departments[pk], "on": watch.owing == pk, "pk": pk}
        for pk, name in departments.items()
        if counted.departments[pk] or watch.owing == pk
    ]
    return [{**tab, "query": query_of(request, owing=tab["pk"])} for tab in tabs]


@require_POST
@login_required
def export(request):
    """The clocks of the present filter as an Excel file; written into the record."""
    user, at = request.user, timezone.now()
    if not may_watch(user):
        raise PermissionDenied
    query = QueryDict(request.POST.get("query", "")[:2000])
    watch = WatchForm(query, departments=departments_of(user, query)).watch()
    listed = watching.page(user, watch, at, size=monitor_excel.MOST)
    rows = watching.shown(user, listed.rows, at)
    note_clocks_exported(rows=len(rows), query=query.urlencode(), by=user, at=at)
    answer = HttpResponse(
        monitor_excel.clocks(rows, user=user, at=at, more=listed.next is not None),
        content_type=monitor_excel.MEDIA_TYPE,
    )
    name = _("Deadlines watched") + f"-{local_date(at):%Y%m%d}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer


def _ids(values) -> list[int]:
    found = [int(each) for each in values if each.isascii() and each.isdecimal() and len(each) < 19]
    return list(dict.fromkeys(found))[: pressing.MOST]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def press(request):
    """催办 or 督办 of what was ticked: asks once more, naming each; then says what became of each."""
    user, at = request.user, timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    step = given.get("step", "")
    if not presses(user) or (step == pressing.SUPERVISE and not supervises(user)):
        raise PermissionDenied
    step = step if step in STEPS else pressing.CHASE
    ids = _ids(given.getlist("ids"))
    title, effect, label = STEPS[step]
    form_class = PressForm if step == pressing.SUPERVISE else ChaseForm
    form = form_class(request.POST if request.method == "POST" else None)
    context = {
        "title": title,
        "effect": effect,
        "label": label,
        "form": form,
        "step": step,
        "ids": ids,
        "back_url": reverse("desk:monitor"),
        "crumbs": [(_("Deadlines watched"), reverse("desk:monitor")), (title, "")],
    }
    if request.method == "POST" and ids and form.is_valid():
        try:
            with transaction.atomic():
                use_form_key(user=user, key=form.cleaned_data["form_key"], at=at)
            if step == pressing.SUPERVISE:
                demand, reply_on = form.cleaned_data["demand"], form.cleaned_data["reply_on"]
                lines = pressing.supervise_many(ids, demand=demand, reply_on=reply_on, by=user, at=at)
            else:
                lines = pressing.chase_many(ids, by=user, at=at)
        except Refused as refusal:  # sent twice: what became of each was said the first time
            form.refused(refusal)
        else:
            # every clock was dealt with by itself: one that was refused took no other with it
            context |= {"lines": lines, "done": sum(line.done for line in lines)}
            return render(request, "desk/monitor_done.html", context)
    context["rows"] = watching.shown(user, watching.rows_of([each.pk for each in pressing.chosen(ids, user)]), at)
    return render(request, "desk/monitor_press.html", context)
