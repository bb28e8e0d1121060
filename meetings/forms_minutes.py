"""The forms of minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import LONGEST_PART, SignKind
from meetings.forms import Lines, area
from workspace.steps import StepForm


class PartForm(StepForm):
    text = Lines(label=_("Text"), widget=area(14), max_length=LONGEST_PART)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(StepForm):
    kind = forms.ChoiceField(
        label=_("Countersigning"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in SignKind],
    )
    words = forms.CharField(label=_("Objection"), widget=area(3), max_length=500, required=False)
    text_version = forms.IntegerField(widget=forms.HiddenInput)


class ApproveForm(StepForm):
    unsigned_reason = forms.CharField(
        label=_("Why not all have countersigned"), widget=area(3), max_length=300, required=False,
        help_text=_("Only where a member has not; it stands in the minutes."),
    )  # fmt: skip
