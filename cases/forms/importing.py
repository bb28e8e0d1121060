"""The form by which a list of leads is handed in; a list taken in stays with it (`kept`)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import KeyedForm


class ImportForm(KeyedForm):
    upload = forms.FileField(label=_("Excel list"), required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)
