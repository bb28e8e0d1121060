"""The settings page of the custodians, as the list of settings shows it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.registry import SettingsPage
from departments.models import User
from rewards import vault
from rewards.reading_keys import key_states


def custodians_state(user: User) -> tuple[bool, str]:
    """Done when two custodians have made their keys, and every key has codes left of both kinds."""
    made = len(vault.users_with_keys(user.region) - {None})
    rows, _away = key_states(user.region)
    lacking = sum(row.lacks for row in rows)
    if lacking:
        return False, _("%(made)d keys made, %(lacking)d of them without one-time codes: new ones are needed") % {
            "made": made, "lacking": lacking,
        }  # fmt: skip
    return vault.can_seal(user.region), _("%(made)d keys made") % {"made": made}


PAGES = [
    SettingsPage(
        85, gettext_lazy("Custodians of reporters' keys"),
        gettext_lazy("Two persons who together, and only together, open who reported."), "rewards:custodians", "key",
        custodians_state,
    )
]  # fmt: skip
