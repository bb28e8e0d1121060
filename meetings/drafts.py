"""The long forms of this room that keep what somebody has begun."""

from django.utils.translation import gettext_lazy as _

from core.registry import DraftForm
from meetings.models import AgendaItem, MinutesPart, Proposal, Resolution


def _of(label, model) -> DraftForm:
    return DraftForm(label, lambda user: model.objects.visible_to(user), case=lambda thing: None)


FORMS = {
    "meetings:new_proposal": DraftForm(_("Draft a proposal")),
    "meetings:edit_proposal": _of(_("Draft a proposal"), Proposal),
    "meetings:opinion": _of(_("Opinion on a proposal"), Proposal),
    "meetings:edit_part": _of(_("Edit the minutes"), MinutesPart),
    "meetings:decide": _of(_("Decide an item of the agenda"), AgendaItem),
    "meetings:report_done": _of(_("Report what was done"), Resolution),
}
