"""What the search over everything finds among joint meetings and their resolutions."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.finding import Wanted
from core.offers import SearchRow, SearchSource
from core.wording import day
from departments.models import User
from meetings.models import Meeting


def meetings(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Meetings by title or place."""
    found = Meeting.objects.visible_to(user).filter(wanted.on("title", "place"))
    shown = found.annotate(place_found=wanted.rank(name="title")).order_by("place_found", "-year", "-quarter", "-pk")
    return [
        SearchRow(
            meeting.get_absolute_url(), meeting.title, "",
            " · ".join(filter(None, [str(meeting.get_status_display()), day(meeting.starts_at)])),
        )
        for meeting in shown.for_list()[:limit]
    ]  # fmt: skip


SOURCES = (SearchSource("meetings", 80, _("Joint meetings"), meetings),)
