"""What the search over everything finds among joint sanctions."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.finding import Wanted
from core.offers import SearchRow, SearchSource
from departments.models import User
from sanctions.models import Sanction

SAID = ("subject__name", "subject__uscc", "subject__pinyin", "decision_number")


def sanctions(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Sanctions by their subject or the number of what they rest on."""
    found = Sanction.objects.visible_to(user).filter(wanted.on(*SAID))
    place = wanted.rank(number="decision_number", name="subject__name")
    shown = found.annotate(place=place).order_by("place", "-pk").for_list()
    return [
        SearchRow(
            sanction.get_absolute_url(), str(sanction.subject), sanction.decision_number,
            f"{sanction.get_status_display()} · {sanction.department}",
        )
        for sanction in shown.defer("facts", "basis", "findings")[:limit]
    ]  # fmt: skip


SOURCES = (SearchSource("sanctions", 60, _("Joint sanctions"), sanctions),)
