"""What a custodian's workbench asks of them: to make the key they were named for, and a new one before its codes end."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kept import kept
from core.refusals import Refused
from core.registry import TaskRow
from departments.models import User
from rewards import openers, vault
from rewards import rules_reports as rules

FEW = 3  # one-time codes of a kind: time for a new key


def _few(user: User) -> list[int]:
    """The codes left for openings and for bank files where either are few; nothing while the opener is away."""
    try:
        held = openers.ask("codes_left", user_id=user.pk, region_id=user.region.pk)
    except Refused:
        return []
    left = [held["left"], held["file_left"]]
    return left if None not in left and min(left) <= FEW else []


def _wanted(user: User) -> tuple[str, str] | None:
    """What has to be done about one's own key, and why."""
    if not rules.keeps_key(user):
        return None
    if user.pk not in vault.users_with_keys(user.region):
        return _("Make your key to reporters' identities"), _("You were named custodian, and have no key.")
    few = kept(f"codes:{user.pk}:{user.region.pk}", settings.NUMBERS_SECONDS, lambda: _few(user))
    if few:
        return _("Make a new key: its one-time codes end"), _(
            "Left: %(openings)d for openings, %(files)d for bank files."
        ) % {"openings": few[0], "files": few[1]}
    return None


def todo_rows(user: User, limit: int) -> Iterable[TaskRow]:
    wanted = _wanted(user)
    if wanted is not None:
        address = reverse("rewards:own_key")
        yield TaskRow(
            wanted[0], address, source=wanted[1], lamp="y", action_label=_("Make the key"), action_url=address
        )


def count(user: User) -> int:
    return int(_wanted(user) is not None)
