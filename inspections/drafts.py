"""The long forms of this room that keep what somebody has begun."""

from django.utils.translation import gettext_lazy as _

from core.registry import DraftForm
from inspections.models import Finding, Inspection, Visit


def _of(label, model) -> DraftForm:
    return DraftForm(label, lambda user: model.objects.visible_to(user), case=lambda thing: None)


FORMS = {
    "inspections:new": DraftForm(_("Plan an inspection")),
    "inspections:edit": _of(_("Plan an inspection"), Inspection),
    "inspections:report": _of(_("Summary"), Inspection),
    "inspections:rewrite": _of(_("Summary"), Inspection),
    "inspections:write": _of(_("on-site record"), Visit),
    "inspections:find": _of(_("finding of an inspection"), Visit),
    "inspections:edit_finding": _of(_("finding of an inspection"), Finding),
    "inspections:new_checklist": DraftForm(_("Checklists")),
}
