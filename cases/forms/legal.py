"""The opinion of a legal reviewer, and what a department lays down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import ReviewResult
from core.forms import KeyedForm


class GiveForm(KeyedForm):
    result = forms.ChoiceField(label=_("Result"), choices=ReviewResult.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(label=_("Opinion"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))


class PolicyForm(KeyedForm):
    every_penalty = forms.BooleanField(
        label=_("Every penalty of this department goes through the legal review"), required=False,
        help_text=_("Otherwise those that art. 58 of the law on administrative penalties names."),
    )  # fmt: skip
