"""A person's drafts on the workbench."""

from django.utils.translation import gettext as _

from core.registry import TaskRow
from workspace.models import Draft


def draft_rows(user, limit):
    """The forms somebody has begun, newest first."""
    drafts = Draft.objects.visible_to(user).order_by("-saved_at")[:limit]
    return [
        TaskRow(
            phrase=draft.title or _("Draft"),
            url=draft.url,
            action_label=_("Go on"),
            action_url=draft.url,
            sort=draft.saved_at,
        )
        for draft in drafts
    ]


def draft_count(user):
    return Draft.objects.visible_to(user)
