"""The long forms of this room that keep what somebody has begun."""

from django.utils.translation import gettext_lazy as _

from cases.drafts import of_case
from core.registry import DraftForm
from sanctions.models import Sanction


def _of(label) -> DraftForm:
    return DraftForm(label, lambda user: Sanction.objects.visible_to(user))


FORMS = {
    "sanctions:propose": of_case(_("Propose a joint sanction")),
    "sanctions:edit": _of(_("Propose a joint sanction")),
    "sanctions:draft_notice": _of(_("Write the notice")),
}
