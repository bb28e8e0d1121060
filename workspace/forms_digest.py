"""How often a saved view is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from workspace.enums import Rhythm


class DigestForm(HouseForm):
    """How often a view is told; empty: not at all."""

    rhythm = forms.ChoiceField(
        label=_("Tell me"), required=False, choices=[("", _("not at all")), *Rhythm.choices],
        help_text=_("On working days, as a notice and by e-mail where that is set up: numbers only, no names."),
    )  # fmt: skip
