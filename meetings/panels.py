"""What meetings put on the page of a case: the extracts of minutes that are about it, and what keeps it from the archive."""

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from core.memory import remembered
from departments.models import User
from meetings.enums import ItemStatus, MeetingStatus, Outcome, ResolutionStatus
from meetings.models import AgendaItem, Extract, Resolution


def asks(case: Case, user: User) -> dict[str, Any]:
    """What the panel is made of."""
    found = Extract.objects.visible_to(user).filter(case=case, document__isnull=False)
    return {f"meetings.extracts.{case.pk}": found.select_related("document", "minutes__meeting").order_by("-pk")}


def extracts_of(case: Case, user: User) -> dict[str, Any] | None:
    """The numbered extracts, newest first; None without any."""
    ((key, found),) = asks(case, user).items()
    rows = remembered(user, key, lambda: list(found))
    return {"rows": rows} if rows else None


def still_to_do(case: Case) -> list[tuple[str, str]]:
    """The archive check of this room: topics not dealt with and resolutions not done, each with its address."""
    items = AgendaItem.objects.filter(
        case=case, status__in=(ItemStatus.PROPOSED, ItemStatus.LISTED), outcome=Outcome.OPEN
    ).exclude(meeting__status__in=(MeetingStatus.ISSUED, MeetingStatus.SKIPPED))
    found = [(_("Topic of a meeting: %(title)s") % {"title": each.title}, each) for each in items.select_related("meeting")]
    over = (ResolutionStatus.DONE, ResolutionStatus.WITHDRAWN, ResolutionStatus.DROPPED)
    tasks = Resolution.objects.filter(item__case=case).exclude(status__in=over).order_by("pk")
    found += [(_("Resolution of a meeting: %(text)s") % {"text": each.text}, each) for each in tasks]
    return [(said, each.get_absolute_url()) for said, each in found]
