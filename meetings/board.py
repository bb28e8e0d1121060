"""The lamp of the quarter's joint meeting on the dashboard (C24: 原则上每季度召开一次)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.boards import Asked, Cell, Tile
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.quarters import quarter_of
from meetings.querysets import in_office
from meetings.reading import lamps


def figures(user: Any, asked: Asked) -> Iterator[Tile]:
    """Of the quarter of today: its meeting, where the reader was asked to it; for the office also that there is none."""
    year, quarter = quarter_of(asked.today)
    seen = Meeting.objects.visible_to(user).filter(kind=MeetingKind.QUARTERLY, year=year, quarter=quarter)
    meeting = seen.first()
    note = _("quarter %(quarter)d of %(year)d") % {"quarter": quarter, "year": year}
    if meeting is None:
        if in_office(user):
            cell = Cell(_("not opened yet"), reverse("meetings:list"), lamp="y")
            yield Tile(20, _("Joint meeting"), cell, "text", note)
        return
    lamp = lamps([meeting]).get(meeting.pk)
    words, colour = (lamp.words, lamp.color) if lamp else (meeting.get_status_display(), "n")
    yield Tile(20, _("Joint meeting"), Cell(words, meeting.get_absolute_url(), lamp=colour), "text", note)
