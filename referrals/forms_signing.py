"""Who reviews and who signs a kind of paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dictionaries import DictionaryForm
from departments.enums import Role
from referrals.actions.signing_rules import REVIEWERS
from referrals.enums import UNREVIEWED

SIGNERS = (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD)


class SigningForm(DictionaryForm):
    reviewer = forms.ChoiceField(
        label=_("Reviewed by"),
        required=False,
        choices=[
            ("", _("nobody: it goes straight to the person who signs")),
            *((r.value, r.label) for r in REVIEWERS),
        ],
        help_text=_("Or a leader above, never the drafter."),
    )
    signer = forms.ChoiceField(
        label=_("Signed by"),
        choices=[(role.value, role.label) for role in SIGNERS],
        help_text=_("Or a leader above, never the drafter."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind in UNREVIEWED:
            self.fields["reviewer"].choices = self.fields["reviewer"].choices[:1]
