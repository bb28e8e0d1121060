"""What people type or upload about papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm


class SealForm(HouseForm):
    scan = forms.FileField(
        label=_("Scan of the sealed copy"),
        help_text=_("PDF, JPEG or PNG, at most 20 MB. It can be added once."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class VoidForm(HouseForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class CodeForm(HouseForm):
    code = forms.CharField(
        label=_("Verification code"),
        max_length=40,
        help_text=_("The twelve signs beside the square code at the foot of the paper."),
    )


class CheckForm(HouseForm):
    file = forms.FileField(label=_("File to check"), help_text=_("It is compared and not kept."))
