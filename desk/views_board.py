"""The steering pages: dashboard, risk, and the things behind a figure whose room has no list of its own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import registry
from core.tally import tally
from desk import board, rules
from desk.forms import PERIODS, BoardForm, said

PAGE = 50


def _asked(request):
    """(form, what is asked for) of the address; 403 for who does not steer."""
    if not rules.can_steer(request.user):
        raise PermissionDenied
    form = BoardForm(request.GET, user=request.user, now=timezone.now())
    return form, form.asked()


def _frame(form, asked):
    """What the filter bar shows."""
    period = dict(asked.period)["period"]

    def link(**more):
        return asked.narrowed(**more, sort=asked.sort)

    days = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    return {
        "form": form, "asked": asked, "period": period, "period_words": said(asked), "one_region": len(form.regions) < 2,
        "periods": [
            (code, label, link(period=code, **(days if code == "custom" else {"day": asked.since.isoformat()})))
            for code, label in PERIODS.items()
        ],
        "beside": [(link(period=period, day=day), words) for day, words in form.beside(asked)],
    }  # fmt: skip


def _board(request, page, title, sub, **more):
    form, asked = _asked(request)
    tiles, blocks = board.gather(page, request.user, asked)
    own = {"title": title, "sub": sub, "crumbs": [(title, "")], "tiles": tiles, "blocks": blocks}
    return render(request, "desk/board.html", {**own, **_frame(form, asked), **more})


@require_safe
@login_required
def dashboard(request):
    """统筹看板: what the leading group's office steers by, each figure with its list."""
    return _board(request, "dashboard", _("Dashboard"), _("Cases and matters you may see, as of now"))


@require_safe
@login_required
def risk(request):
    """风险: bodies that come up often, and categories that rise."""
    sorts = [("", _("Most cases")), ("amount", _("Largest amount")), ("repeat", _("Again after a decision"))]
    return _board(request, "risk", _("Risk"), _("Bodies that come up often, and violations that rise"), sorts=sorts)


@require_safe
@login_required
def board_list(request, code):
    """The things a figure counted, 50 at a time; an address that means nothing is a 404."""
    _form, asked = _asked(request)
    offer, of = registry.board_lists.get(code), request.GET.get("of", "")
    key = int(of) if of.isascii() and of.isdigit() and len(of) < 19 else None
    found = offer.find(request.user, asked, request.GET.get("what", ""), key) if offer else None
    if found is None or (of and key is None):
        raise Http404
    title, rows = found
    after = request.GET.get("after", "")
    skip = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    things = list(rows[skip : skip + PAGE + 1])
    total = tally([rows])[0]
    here = asked.same(what=request.GET.get("what", ""), of=key)
    back = f"{reverse('desk:dashboard')}?{asked.same()}"
    context = {
        "title": title, "crumbs": [(_("Dashboard"), back), (title, "")], "period_words": said(asked), "total": total,
        "department": asked.departments.get(key or asked.department, ""), "columns": offer.columns,
        "rows": offer.rows(request.user, things[:PAGE]), "back": back,
        "page": {
            "has_previous": skip > 0, "has_next": len(things) > PAGE, "first_query": here,
            "previous_query": f"{here}&after={max(0, skip - PAGE)}", "next_query": f"{here}&after={skip + PAGE}",
        },
    }  # fmt: skip
    return render(request, "desk/board_list.html", context)
