"""How the measure catalogue stands, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.registry import SettingsPage
from core.tally import tally
from sanctions.models import Measure


def catalogue(user: Any) -> tuple[bool, str]:
    """In words; the seeded catalogue is enough to begin with, a lawyer has to look at its bases (T5)."""
    found = Measure.objects.visible_to(user)
    used, known = tally((found.in_use(), found))
    return True, gettext("%(used)d of %(all)d measures are in use.") % {"used": used, "all": known}


def field_words(value: Any) -> str:
    """Which fields of a measure were changed, as people call them."""
    names = value if isinstance(value, list) else []
    known = {field.name: field.verbose_name for field in Measure._meta.fields}
    return gettext(", ").join(str(known.get(name, name)) for name in names)


PAGES = [
    SettingsPage(
        70, _("Sanction measures"), _("Which department may take which measure against whom, on which legal basis."),
        "sanctions:measures", "shield-exclamation", catalogue, step=False,
    ),
]  # fmt: skip
