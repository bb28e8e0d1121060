"""What other rooms may know of a person's own things."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import registry
from core.registry import Kind, NavEntry
from workspace.choices import PAGES
from workspace.models import Delegation, LongJob, SavedView


def view_url(view: SavedView) -> str:
    return f"{reverse(PAGES[view.page])}?{view.query}"


KINDS = (
    Kind(
        "delegation",
        lambda user: Delegation.objects.visible_to(user).select_related("away", "delegate"),
        str,
        lambda delegation: reverse("workspace:delegations"),
        label=_("delegation"),
    ),
    Kind(
        code="long_job",
        label=_("long job"),
        visible=lambda user: LongJob.objects.visible_to(user).for_list(),
        title=str,
        url=lambda job: reverse("workspace:jobs"),
    ),
    Kind(
        code="saved_view",
        label=_("saved view"),
        visible=lambda user: SavedView.objects.visible_to(user),
        title=lambda view: view.name,
        url=view_url,
    ),
)
JOBS_ENTRY = NavEntry(
    "mine", 70, _("Long jobs"), "workspace:jobs", "hourglass", lambda user: not user.is_administrator
)


def work_label(code: Any) -> str:
    """A kind of long work in words; its code where its room is gone."""
    work = registry.long_works.get(code)
    return str(work.label) if work else str(code)
