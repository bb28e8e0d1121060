"""The meeting as a calendar file (RFC 5545). A changed notice has the same UID and a higher SEQUENCE."""

import datetime as dt

from django.conf import settings
from icalendar import Calendar, Event

from core.dates import SHANGHAI
from meetings.models import Meeting

LENGTH = dt.timedelta(hours=2)
TYPE = "text/calendar; charset=utf-8"


def calendar_file(meeting: Meeting) -> bytes:
    """One event: UTC instants, so that no calendar program needs a time-zone table."""
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{settings.PUBLIC_URL.partition('://')[2].strip('/')}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", (meeting.starts_at + LENGTH).astimezone(dt.UTC))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add(
        "description", f"{meeting.notice.number}　{meeting.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    )
    event.add("url", settings.PUBLIC_URL.rstrip("/") + meeting.get_absolute_url())
    book = Calendar()
    book.add("prodid", "-//joint-desk//meetings//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add_component(event)
    return book.to_ical()
