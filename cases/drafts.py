"""The long forms of this room that keep what somebody has begun."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.registry import DraftForm


def _cases(user):
    return Case.objects.readable_by(user)


def of_case(label, **more) -> DraftForm:
    """A form of a case that is read whole."""
    return DraftForm(label, _cases, case=lambda case: case.pk, **more)


FORMS = {
    "cases:register": DraftForm(_("Register lead"), never=frozenset({"new_id_number", "subject_q", "drop"})),
    "cases:edit": of_case(_("Change what is known of the case")),
}
