"""Pages that watch over all rooms. No model, no action: rows and figures come through the registry."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import wording
from core.forms import new_form_key
from core.gathering import begun, in_step
from core.registry import kinds, seals, workbench_actions
from departments.enums import Function
from departments.rules import can_keep_dictionaries
from desk import figures, set_up, tasks
from desk.greeting import greeting
from desk.inbox import page_of
from journal.actions import read_all, read_one
from journal.models import Notification


@require_safe
@login_required
def workbench(request):
    """My tasks with one action each, and beside them what the county does."""
    tabs = _tabs(request.user)
    code = request.GET.get("tab") or _first(tabs)
    if code not in tasks.BY_CODE:
        raise Http404
    today = wording.today()
    found, record, rail = in_step(
        (
            begun(tasks.rows_of, dict.fromkeys((code, "todo")), request.user, tasks.FIRST),
            begun(figures.record, request.user, today),
            begun(figures.rail, request.user, today),
        )
    )
    rows, todo = found[code], found["todo"]
    return render(
        request,
        "desk/workbench.html",
        {
            "greeting": greeting(request.user.name, timezone.now()),
            "late": sum(row.lamp == "r" for row in todo),
            "soon": sum(row.lamp == "y" for row in todo),
            "tab": tasks.BY_CODE[code],
            "tabs": tabs,
            "rows": rows,
            "form_key": new_form_key(),
            "more": reverse(f"desk:{code}") if len(rows) == tasks.FIRST else "",
            "actions": _actions(request.user),
            "set_up": set_up.left_to_do(request.user) if can_keep_dictionaries(request.user) else None,
            "record": record,
            "whole_county": request.user.department.function == Function.OFFICE,
            **rail,
        },
    )


def _actions(user) -> list[dict]:
    """What a person may begin from here (登记线索); the last one is the page's primary button."""
    return [
        {"url": reverse(each.url_name), "label": each.label, "icon": each.icon}
        for each in sorted(workbench_actions, key=lambda each: each.order)
        if each.allowed(user)
    ]


def _tabs(user) -> list[dict]:
    return [{"tab": tab, "count": tasks.number(tab.code, user)} for tab in tasks.tabs()]


def _first(tabs: list[dict]) -> str:
    """The tab that opens by itself: the first in which something waits."""
    waiting = (each["tab"].code for each in tabs if each["tab"].by_due and each["count"])
    return next(waiting, "todo")


@require_safe
@login_required
def tab_page(request, code):
    """One tab at full length."""
    tab = tasks.BY_CODE[code]
    shown = _shown(request)
    rows = tasks.rows(code, request.user, shown + 1)
    more = len(rows) > shown
    return render(
        request,
        "desk/tab.html",
        {
            "tab": tab,
            "rows": rows[:shown],
            "more": f"?show={shown + tasks.MOST}" if more and shown < tasks.FURTHEST else "",
            "cut": more,
            "form_key": new_form_key(),
            "crumbs": [(tab.label, "")],
        },
    )


def _shown(request) -> int:
    """How many rows are asked for: in steps of 200, at least one and at most ten of them."""
    asked = request.GET.get("show", "")
    n = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 6 else 0
    return min(max(n - n % tasks.MOST, tasks.MOST), tasks.FURTHEST)


@require_safe
@login_required
def diary(request):
    """The coming last days of one's department at full length."""
    entries = figures.diary(request.user, tasks.MOST)
    title = _("Diary")
    return render(
        request,
        "desk/diary.html",
        {"title": title, "entries": entries, "most": tasks.MOST, "crumbs": [(title, "")]},
    )


@require_safe
@login_required
def notifications(request):
    """What I was told, newest first, unread ones marked."""
    only_unread = request.GET.get("only") == "unread"
    page = page_of(
        Notification.objects.visible_to(request.user),
        reader=request.user,
        only_unread=only_unread,
        before=request.GET.get("before", ""),
    )
    return render(
        request,
        "desk/notifications.html",
        {"page": page, "only_unread": only_unread, "crumbs": [(_("Notifications"), "")]},
    )


@require_POST
@login_required
def open_notification(request, pk):
    """Mark one as read and go to what it is about."""
    notification = Notification.objects.visible_to(request.user).filter(pk=pk).first()
    if notification is None:
        raise Http404
    read_one(notification=notification, by=request.user, at=timezone.now())
    kind = kinds.get(notification.target_kind)
    if kind is None:
        return redirect("desk:notifications")
    target = kind.visible(request.user).filter(pk=notification.target_id).first()
    return redirect("desk:notifications" if target is None else kind.url(target))


@require_POST
@login_required
def read_everything(request):
    """Mark everything as read."""
    read_all(by=request.user, at=timezone.now())
    return redirect("desk:notifications")


@require_safe
@login_required
def settings_page(request):
    """Everything the system administrator keeps for the county, and how it stands."""
    if not can_keep_dictionaries(request.user):
        raise PermissionDenied
    title = _("Settings")
    context = {"title": title, "pages": set_up.pages(request.user), "crumbs": [(title, "")]}
    return render(request, "desk/settings.html", context)


@require_safe
@login_required
def help_page(request):
    """How the pages are used, and the keyboard."""
    title = _("Help and keyboard shortcuts")
    sample = next(iter(seals.values())).character if seals else ""
    return render(request, "desk/help.html", {"title": title, "crumbs": [(title, "")], "seal_sample": sample})
