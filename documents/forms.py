"""What people type or upload about papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from documents import verification


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
    """A file to compare, or its SHA-256 where the browser counted it (static/js/check.js): then the file stays there."""

    file = forms.FileField(
        label=_("File to check"),
        required=False,
        help_text=_("Your browser compares its fingerprint and keeps the file; without JavaScript it is sent and not kept."),
    )
    digest = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if self.errors or (given.get("digest") and file is None):
            return given
        if file is None:
            self.add_error("file", _("Choose the file to compare."))
        elif file.size > verification.LARGEST:
            self.add_error("file", _("The file is larger than 64 MB: it is none of ours."))
        return given
