"""部门应办对照: a department by department table of the clocks; every number opens its list in 时限监控."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.dates import local_date
from deadlines import outages, owing
from deadlines.actions.reminders import note_clocks_exported
from deadlines.rules import may_watch
from departments.models import Department
from desk import monitor_excel

SHOWN = 10  # outages named under the table, the latest first
OUT = "out"  # as a value in the address: without what our own outages excuse


def _table(user, period, at, out):
    """(the first day, {(owing, to): cell}, [owing], [to]) with the departments that stand in it, by id and name."""
    since = owing.first_day(period, local_date(at))
    cells = owing.matrix(user, since=since, until=local_date(at), at=at, without_outages=bool(out))
    named = {pk for pair in cells for pk in pair if pk}
    found = Department.objects.filter(pk__in=named).order_by("pk")  # door: sides of clocks the person watches
    names = {each.pk: str(each) for each in found} | {owing.NOBODY: _("nobody in particular")}
    sides = [
        [(pk, name) for pk, name in names.items() if pk in {pair[side] for pair in cells}] for side in (0, 1)
    ]
    return since, cells, *sides


def _period(value):
    return value if value in owing.PERIODS else "30"


def _out(value):
    return OUT if value == OUT else ""


def _shown(cells, owing_pk, to, since, until, out):
    """One cell with the addresses of its lists."""
    cell = cells.get((owing_pk, to))
    if cell is None:
        return None
    sides = {name: pk for name, pk in (("owing", owing_pk), ("to", to)) if pk is not None}
    done = {"state": "done", **sides, "since": since.isoformat(), "until": until.isoformat()}
    whole, left = owing_pk is None or to is None, {"outages": out} if out else {}
    return {
        "cell": cell,
        "whole": whole,
        "open": urlencode(sides),
        "overdue": urlencode({**sides, "lamp": "r", **left}),
        "in_time": urlencode({**done, "lamp": "n"}),
        "late": urlencode({**done, "lamp": "r", **left}),
        "overdue_out": urlencode({**sides, "outages": "only"}),
        "late_out": urlencode({**done, "outages": "only"}),
    }


@require_safe
@login_required
def owes(request):
    """The table of one period."""
    user, at = request.user, timezone.now()
    if not may_watch(user):
        raise PermissionDenied
    period, until = _period(request.GET.get("period")), local_date(at)
    out = _out(request.GET.get("outages"))
    since, cells, left, top = _table(user, period, at, out)
    context = {
        "title": _("Who owes whom"),
        "crumbs": [(_("Deadlines watched"), reverse("desk:monitor")), (_("Who owes whom"), "")],
        "now": at,
        "since": since,
        "until": until,
        "period": period,
        "periods": owing.PERIODS.items(),
        "out": out,
        "whole": _shown(cells, None, None, since, until, out),
        "outages": outages.known(user)[:SHOWN] if out else (),
        "top": [name for _pk, name in top],
        "rows": [
            (name, [_shown(cells, pk, to, since, until, out) for to, _name in [*top, (None, "")]]) for pk, name in left
        ],
        "sums": [_shown(cells, None, to, since, until, out) for to, _name in [*top, (None, "")]] if cells else [],
        "monitor": reverse("desk:monitor"),
    }
    return render(request, "desk/owes.html", context)


@require_POST
@login_required
def owes_export(request):
    """The table as an Excel file, a line for each pair; written into the record."""
    user, at = request.user, timezone.now()
    if not may_watch(user):
        raise PermissionDenied
    period, out = _period(request.POST.get("period")), _out(request.POST.get("outages"))
    since, cells, left, top = _table(user, period, at, out)
    lines = [
        (name, other, cell.open, cell.overdue, cell.in_time, cell.late, cell.median)
        for pk, name in left
        for to, other in top
        if (cell := cells.get((pk, to))) is not None
    ]
    heads = [
        (_("Who owes"), 18), (_("To whom"), 18), (_("Open"), 10), (_("Overdue"), 10), (_("Done in time"), 12),
        (_("Done late"), 12), (_("Median working days"), 16),
    ]  # fmt: skip
    said = _("%(since)s to %(until)s") % {"since": since.isoformat(), "until": local_date(at).isoformat()}
    made = _("Made by %(unit)s %(name)s on %(when)s") % {
        "unit": user.department, "name": user, "when": local_date(at).isoformat(),
    }  # fmt: skip
    if out:
        said += " " + _("What our own outages excuse is counted neither as overdue nor as late.")
    note_clocks_exported(rows=len(lines), query=f"owes={period}" + f"&outages={out}" * bool(out), by=user, at=at)
    answer = HttpResponse(
        monitor_excel.sheet(_("Who owes whom"), f"{said} {made}", heads, lines), content_type=monitor_excel.MEDIA_TYPE
    )
    name = _("Who owes whom") + f"-{local_date(at):%Y%m%d}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer
