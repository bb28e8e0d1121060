"""What a subject belongs to and what became of it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import BODIES, Change, Relation
from core.forms import DateField, KeyedForm
from workspace.steps import StepForm

CODE_HELP = _("18 characters, as in the list of institutions.")


class RelationForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Relation.choices)
    other_code = forms.CharField(
        label=_("Credit code of the parent institution"), max_length=18, required=False, help_text=CODE_HELP
    )
    name = forms.CharField(label=_("Name of the person"), max_length=100, required=False)
    id_number = forms.CharField(
        label=_("Identity number of the person"), max_length=18, required=False,
        help_text=_("Encrypted at once; the person is found again by it."),
    )  # fmt: skip
    from_on = DateField(label=pgettext_lazy("span", "From"))
    until_on = DateField(label=_("Last day"), required=False, help_text=_("Only where it is over."))
    basis = forms.CharField(label=_("Where this is written"), max_length=200)


class EndRelationForm(StepForm):
    until_on = DateField(label=_("Last day"))


class ChangeForm(StepForm):
    kind = forms.ChoiceField(label=_("What happened"), choices=Change.choices)
    happened_on = DateField(label=_("On"))
    new_name = forms.CharField(label=_("New name"), max_length=100, required=False)
    successor_code = forms.CharField(
        label=_("Credit code of who took it over"), max_length=18, required=False, help_text=CODE_HELP
    )
    basis = forms.CharField(label=_("Where this is written"), max_length=200)

    def __init__(self, *args, subject=None, **kwargs):
        super().__init__(*args, **kwargs)
        if subject is not None:
            body = subject.kind in BODIES
            fit = [code for code in Change.values if code == Change.RENAMED or (code != Change.DIED) == body]
            self.fields["kind"].choices = [(code, Change(code).label) for code in fit]
            if not body:
                del self.fields["successor_code"]


class VoidChangeForm(KeyedForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
