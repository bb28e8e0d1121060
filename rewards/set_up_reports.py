"""The settings page of the custodians, as the list of settings shows it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.registry import SettingsPage
from departments.models import User
from rewards import vault


def custodians_state(user: User) -> tuple[bool, str]:
    """Done when two custodians have made their keys."""
    made = len(vault.users_with_keys(user.region) - {None})
    return vault.can_seal(user.region), _("%(made)d keys made") % {"made": made}


PAGES = [
    SettingsPage(
        85, gettext_lazy("Custodians of reporters' keys"),
        gettext_lazy("Two persons who together, and only together, open who reported."), "rewards:custodians", "key",
        custodians_state,
    )
]  # fmt: skip
