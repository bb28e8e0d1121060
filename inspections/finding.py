"""What the search over everything finds among joint inspections."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.finding import Wanted
from core.offers import SearchRow, SearchSource
from core.wording import day
from departments.models import User
from inspections.models import Inspection


def inspections(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Inspections by number or name; to an outside expert those the expert is named on."""
    found = Inspection.objects.visible_to(user).filter(wanted.on("number", "title"))
    shown = found.annotate(place=wanted.rank(number="number", name="title")).order_by("place", "-starts_on", "-pk")
    return [
        SearchRow(
            inspection.get_absolute_url(), inspection.title, inspection.number,
            f"{inspection.get_status_display()} · {inspection.lead} · {day(inspection.starts_on)}",
        )
        for inspection in shown.for_list()[:limit]
    ]  # fmt: skip


SOURCES = (SearchSource("inspections", 50, _("Joint inspections"), inspections),)
