"""The voucher by which money came in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, MoneyField
from workspace.steps import StepForm


class ConfirmForm(StepForm):
    voucher = forms.CharField(label=pgettext_lazy("voucher", "Voucher number"), max_length=40)
    amount = MoneyField(label=_("Amount that came in"))
    paid_on = DateField(label=pgettext_lazy("voucher", "Came in on"))
    scan = forms.FileField(
        label=_("Scan of the voucher"), help_text=_("PDF, JPEG or PNG, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip
    difference = forms.CharField(
        label=_("Why the amount differs"), max_length=200, required=False,
        help_text=_("Only where nothing more is to come, or more came than was entered. A part is confirmed without it."),
    )  # fmt: skip


class TakeBackForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
