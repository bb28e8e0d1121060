"""The drafts of letters about a letter, opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from referrals import crime_forms
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
    """A decision of police who work here."""

    filed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("File and investigate")), ("no", _("Do not file"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reasons"), widget=area(4), max_length=1500)
    late_reason = None


class MissingEditForm(crime_forms.MissingForm, VersionedForm):
    pass


class CorrectionEditForm(crime_forms.CompleteForm, VersionedForm):
    pass


class ForwardEditForm(crime_forms.ForwardForm, VersionedForm):
    pass


class RequestEditForm(crime_forms.RequestForm, VersionedForm):
    pass


EDIT = {
    LetterKind.COMPLETION: CompletionEditForm,
    LetterKind.SUPPLY: SupplyEditForm,
    LetterKind.SUPERVISION: SuperviseEditForm,
    LetterKind.FILING: FilingEditForm,
    LetterKind.INCOMPLETE: MissingEditForm,
    LetterKind.CORRECTION: CorrectionEditForm,
    LetterKind.FORWARDING: ForwardEditForm,
    LetterKind.RECONSIDER: RequestEditForm,
    LetterKind.RECONSIDERED: FilingEditForm,
    LetterKind.OVERSIGHT: RequestEditForm,
    LetterKind.REVOCATION: RequestEditForm,
}
