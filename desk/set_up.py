"""What the system administrator keeps and what a new county still lacks, as the rooms say (`registry.settings_pages`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import registry
from core.together import foresee


def pages(user) -> list[dict]:
    """Every page of settings in order: url, label, about, icon, done, state (words), step."""
    found, ordered = [], sorted(registry.settings_pages, key=lambda each: each.order)
    asked: dict[str, Any] = {}
    for page in ordered:
        asked |= page.asks(user) if page.asks else {}
    foresee((user,), asked)
    for page in ordered:
        done, state = page.state(user)
        found.append(
            {
                "url": reverse(page.url_name), "label": page.label, "about": page.about, "icon": page.icon,
                "done": done, "state": state, "step": page.step,
            }
        )  # fmt: skip
    return found


def left_to_do(user) -> dict | None:
    """The steps of setting the county up for the workbench, and the first one open; None once all are done."""
    steps = [page for page in pages(user) if page["step"]]
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
