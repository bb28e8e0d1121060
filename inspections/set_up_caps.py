"""How the yearly caps stand, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.enums import SubjectKind
from core.gathering import Gathering, Steps, stepwise
from core.registry import SettingsPage
from inspections.frequency import caps_asked, most_of


def _kind(code: str) -> str:
    return str(SubjectKind(code).label) if code in SubjectKind.values else code


@stepwise
def caps(user: Any, asked: Gathering) -> Steps:
    """In words; the shipped caps are enough to begin with."""
    rows = asked.rows(caps_asked(user.region))
    yield
    found = most_of(rows)
    said = [
        gettext("%(kind)s %(most)d") % {"kind": _kind(kind), "most": most}
        for kind, most in sorted(found.items())
    ]
    return True, gettext("; ").join(said)


def change_words(value: Any) -> str:
    """What changed: each kind with its new and its old cap."""
    said = [
        gettext("%(field)s: %(new)s (was %(old)s)") % {"field": _kind(row[0]), "new": row[2], "old": row[1]}
        for row in (value if isinstance(value, list) else [])
    ]
    return gettext("; ").join(said)


PAGES = [
    SettingsPage(
        66, _("Yearly cap of visits"), _("How often a year an institution, pharmacy or supplier is visited at most."),
        "inspections:caps", "speedometer2", caps, step=False,
    ),
]  # fmt: skip
