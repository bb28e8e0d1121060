"""The search over everything: rooms find (`core.registry.search_sources`), this page puts their rows together.

A page at `/search/?q=`, and with `&part=1` only the list that drops down under the box while somebody types.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import finding, registry
from core.offers import SearchRow

FEW = 5  # rows of a group under the box
MANY = 20  # rows of a group on the page


@dataclass(frozen=True)
class Group:
    """What one room found; `more`: there is more than is shown; `address`: of the room's own list of it, or ""."""

    code: str
    label: Any
    rows: list[SearchRow]
    more: bool
    address: str


def groups(user: Any, wanted: finding.Wanted, limit: int) -> list[Group]:
    """Every room that found something, in the rooms' order. What the reader may not see is not counted either."""
    found = []
    for source in sorted(registry.search_sources, key=lambda each: each.order):
        rows = list(source.find(user, wanted, limit + 1))
        if rows:
            more = len(rows) > limit
            address = source.address(user, wanted.text) if more else ""
            found.append(Group(source.code, source.label, rows[:limit], more, address))
    return found


@require_safe
@login_required
def search(request):
    """Everything the reader may see that has what was typed in its number or name."""
    part = request.GET.get("part") == "1"
    typed = request.GET.get("q", "")
    context: dict[str, Any] = {"groups": [], "sentence": "", "title": _("Search"), "crumbs": [(_("Search"), "")]}
    try:
        wanted = finding.read(typed)
    except ValueError:
        wanted = None
        context["sentence"] = _("Look for at most %(most)d characters.") % {"most": finding.LONGEST}
    else:
        if wanted is None:
            context["sentence"] = _("Enter a part of a number, a name, or its pinyin initials.")
    if wanted is not None:
        context["groups"] = groups(request.user, wanted, FEW if part else MANY)
        if not context["groups"]:
            context["sentence"] = _("Nothing you may see has “%(text)s” in its number or name.") % {"text": wanted.text}
    context["q"] = wanted.text if wanted else typed[: finding.LONGEST].strip()
    context["q_query"] = urlencode({"q": context["q"]})
    response = render(request, "desk/search_part.html" if part else "desk/search.html", context)
    response["Cache-Control"] = "no-store"
    return response
