"""How the mapping of the credit platform stands, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.registry import SettingsPage
from sanctions.actions.publication_exports import mapping_of


def mapping(user: Any) -> tuple[bool, str]:
    """In words; the shipped one is enough to begin with."""
    return True, gettext("%(n)d columns.") % {"n": len(mapping_of(user.region).columns)}


PAGES = [
    SettingsPage(
        75, _("Mapping of the credit platform"), _("Which column of the platform's file takes which of our fields."),
        "sanctions:mapping", "broadcast", mapping, step=False,
    ),
]  # fmt: skip
