"""The drafts of letters about a letter, opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from referrals.enums import LetterKind
from referrals.forms import SendForm, area
from referrals.forms_receiving import CompletionForm, SuperviseForm, SupplyForm


class CompletionEditForm(CompletionForm, VersionedForm):
    pass


class SupplyEditForm(SupplyForm, VersionedForm):
    pass


class SuperviseEditForm(SuperviseForm, VersionedForm):
    pass


class FilingEditForm(SendForm, VersionedForm):
    """The notice of police who work here."""

    filed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("File and investigate")), ("no", _("Do not file"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reasons"), widget=area(4), max_length=1500)
    late_reason = None


EDIT = {
    LetterKind.COMPLETION: CompletionEditForm,
    LetterKind.SUPPLY: SupplyEditForm,
    LetterKind.SUPERVISION: SuperviseEditForm,
    LetterKind.FILING: FilingEditForm,
}
