"""What the system administrator keeps and what a new county still lacks, as the rooms say (`registry.settings_pages`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import registry
from core.gathering import begun, in_step
from core.together import foresee


def pages(user, *, steps: bool = False) -> list[dict]:
    """Every page of settings in order: url, label, about, icon, done, state (words); steps: of setting up only."""
    found, ordered = [], sorted(registry.settings_pages, key=lambda each: each.order)
    ordered = [page for page in ordered if page.step or not steps]
    asked: dict[str, Any] = {}
    for page in ordered:
        asked |= page.asks(user) if page.asks else {}
    foresee((user,), asked)
    states = in_step(begun(page.state, user) for page in ordered)
    for page, (done, state) in zip(ordered, states, strict=True):
        found.append(
            {
                "url": reverse(page.url_name), "label": page.label, "about": page.about, "icon": page.icon,
                "done": done, "state": state,
            }
        )  # fmt: skip
    return found


def left_to_do(user) -> dict | None:
    """The steps of setting the county up for the workbench, and the first one open; None once all are done."""
    steps = pages(user, steps=True)
    first = next((page for page in steps if not page["done"]), None)
    if first is None:
        return None
    return {
        "steps": steps,
        "done": sum(page["done"] for page in steps),
        "next": {
            "text": first["label"], "why": first["state"], "url": first["url"], "label": _("Go there"), "lamp": "y",
        },
    }  # fmt: skip
