"""The record for the audit administrator: who did what, when, in which post. It is only read."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.dates import end_of, start_of
from journal import rules
from journal.models import Event
from journal.render import timeline
from journal.verify import newest_seal

PAGE = 50
GROUPS = (
    ("flow", _("Handling")),
    ("material", _("Material")),
    ("money", _("Money")),
    ("comment", _("Comments")),
    ("access", _("Access")),
    ("system", _("System")),
)


def _day(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
@login_required
def record(request):
    """Fifty events of the region, newest first, from `before` down; narrowed by group, person and days."""
    if not rules.can_read_record(request.user):
        raise PermissionDenied
    asked = request.GET
    events = Event.objects.visible_to(request.user).order_by("-id")
    chosen = {"group": "", "q": asked.get("q", "").strip(), "since": "", "until": ""}
    if asked.get("group") in dict(GROUPS):
        chosen["group"] = asked["group"]
        events = events.in_group(chosen["group"])
    if chosen["q"]:
        events = events.by_somebody_called(chosen["q"])
    if since := _day(asked.get("since", "")):
        chosen["since"] = since.isoformat()
        events = events.filter(at__gte=start_of(since))
    if until := _day(asked.get("until", "")):
        chosen["until"] = until.isoformat()
        events = events.filter(at__lt=end_of(until))
    before = asked.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    rows = list(events[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = rows[PAGE - 1].pk if len(rows) > PAGE else ""
    return render(
        request,
        "journal/record.html",
        {
            "days": timeline(rows[:PAGE], request.user),
            "groups": GROUPS,
            "chosen": chosen,
            "older": query.urlencode() if len(rows) > PAGE else "",
            "seal": newest_seal(),
        },
    )
