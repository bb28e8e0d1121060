"""The settings page of the custodians, as the list of settings shows it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.registry import SettingsPage
from departments.enums import Function, Role
from departments.models import User
from departments.set_up import posts_held
from rewards import vault
from rewards.reading_keys import key_states


def custodians_state(user: User) -> tuple[bool, str]:
    """Done when two custodians have made their keys, and every key has codes left of both kinds."""
    having = vault.users_with_keys(user.region)
    made = len(having - {None})
    rows, _away = key_states(user.region, having)
    lacking = sum(row.lacks for row in rows)
    if lacking:
        return False, _("%(made)d keys made, %(lacking)d of them without one-time codes: new ones are needed") % {
            "made": made, "lacking": lacking,
        }  # fmt: skip
    return vault.can_seal(user.region), _("%(made)d keys made") % {"made": made}


NEEDED = ((Function.INSURANCE, Role.REPORT_OFFICER), (Function.FINANCE, Role.FINANCE))


def officers_state(user: User) -> tuple[bool, str]:
    """Done when somebody reads the reports of the county, and somebody pays the rewards."""
    held = {(function, role) for _department, function, role in posts_held(user)}
    lacking = [str(role.label) for function, role in NEEDED if (function, role) not in held]
    if lacking:
        return False, _("Not appointed: %(names)s") % {"names": _(", ").join(lacking)}
    return True, _("Reports are read, and rewards paid.")


PAGES = [
    SettingsPage(
        32, gettext_lazy("Report officer and finance clerk"),
        gettext_lazy("Without a report officer the public can report by telephone only; the finance clerk pays rewards."),
        "departments:people", "megaphone", officers_state,
    ),
    SettingsPage(
        85, gettext_lazy("Custodians of reporters' keys"),
        gettext_lazy("Two persons who together, and only together, open who reported."), "rewards:custodians", "key",
        custodians_state,
    )
]  # fmt: skip
