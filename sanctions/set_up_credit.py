"""How the mapping of the credit platform stands, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import SettingsPage
from sanctions.models import PublicationMapping


@stepwise
def mapping(user: Any, asked: Gathering) -> Steps:
    """In words; the shipped one is enough to begin with."""
    rows = asked.rows(PublicationMapping.objects.of(user.region)[:1])
    yield
    return True, gettext("%(n)d columns.") % {"n": len(rows[0].columns)}


PAGES = [
    SettingsPage(
        75, _("Mapping of the credit platform"), _("Which column of the platform's file takes which of our fields."),
        "sanctions:mapping", "broadcast", mapping, step=False,
    ),
]  # fmt: skip
