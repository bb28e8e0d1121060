"""Forms of the statistics report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.steps import StepForm


class ReturnForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectForm(StepForm):
    reason = forms.CharField(
        label=_("What is corrected, and why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is printed on the report."),
    )  # fmt: skip
