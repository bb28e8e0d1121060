"""Forms of merging a case and of archiving it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Keeping, MergeGround
from core.forms import KeyedForm


class MergeForm(KeyedForm):
    number = forms.CharField(
        label=_("Number of the main case"), max_length=40,
        help_text=_("A case your department leads that is not decided yet. This one goes on in it."),
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Why together"), choices=MergeGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ArchiveForm(KeyedForm):
    number = forms.CharField(label=_("Archive number"), max_length=60)
    box = forms.CharField(label=_("Box"), max_length=40, required=False)
    keeping = forms.ChoiceField(label=_("Retention period"), choices=Keeping.choices)
    explained = forms.CharField(
        label=_("Why something is missing"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where a paper has no sealed copy, or a file no number of pages."),
    )  # fmt: skip
