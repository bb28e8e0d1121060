"""The form of merging a case into another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import MergeGround
from core.forms import KeyedForm


class MergeForm(KeyedForm):
    number = forms.CharField(
        label=_("Number of the main case"), max_length=40,
        help_text=_("A case your department leads that is not decided yet. This one goes on in it."),
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Why together"), choices=MergeGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
