"""The kinds of thing of meetings that rows of lower rooms point to."""

from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from meetings.models import AgendaItem, Attendance, Extract, Meeting, Minutes, Proposal, Resolution


def _url(thing):
    return thing.get_absolute_url()


KINDS = (
    Kind("meeting", lambda user: Meeting.objects.visible_to(user), str, _url, label=_("meeting")),
    Kind(
        "agenda_item", lambda user: AgendaItem.objects.visible_to(user).select_related("meeting"), str, _url,
        label=_("agenda item"),
    ),
    Kind(
        "attendance", lambda user: Attendance.objects.visible_to(user).select_related("meeting", "department"), str,
        _url, label=_("attendance"),
    ),
    Kind(
        "minutes", lambda user: Minutes.objects.visible_to(user).select_related("meeting"), str, _url,
        label=_("minutes"),
    ),
    Kind(
        "minutes_extract", lambda user: Extract.objects.visible_to(user).select_related("minutes__meeting"), str, _url,
        label=_("extract of minutes"),
    ),
    Kind("proposal", lambda user: Proposal.objects.visible_to(user), str, _url, label=_("proposal")),
    Kind(
        "resolution", lambda user: Resolution.objects.visible_to(user), str, _url, label=_("resolution"),
    ),
)  # fmt: skip
