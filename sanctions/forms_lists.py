"""The forms of lists, credit repair and the catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import SubjectKind
from core.dictionaries import DictionaryForm
from core.forms import DateField, HouseForm
from departments.enums import Function
from departments.seeds import SIX
from sanctions.enums import Effect, ListKind
from sanctions.forms import UNITS, TermFields, area, words
from sanctions.models import Sanction
from workspace.steps import StepForm


class DeterminationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Sanction) -> str:
        return f"{obj.authority} · {obj.determination_document.number}"


class EntryForm(StepForm, TermFields):
    """A subject proposed for a list. sanctions: the determinations it may rest on."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("sanction", "List"), choices=ListKind.choices, widget=forms.RadioSelect
    )
    reason = words(
        _("Why it is listed"), 3, 300, help_text=_("Is shown to the public, masked for natural persons.")
    )
    basis = forms.CharField(label=pgettext_lazy("sanction", "Legal basis"), max_length=300, widget=area(2))
    sanction = DeterminationField(
        label=_("Determination it rests on"), queryset=Sanction.objects.none(), empty_label="—", required=False,
        help_text=_("For the blacklist and for serious breaches of trust: nobody stands there undetermined."),
    )  # fmt: skip
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    judgment_number = forms.CharField(
        label=_("Number of the judgment"),
        max_length=60,
        required=False,
        help_text=_("For the permanent blacklist."),
    )
    judgment_court = forms.CharField(label=_("Court"), max_length=60, required=False)
    judgment_effective_on = DateField(label=_("Judgment took effect on"), required=False)
    convicting = forms.BooleanField(
        label=_("The judgment convicts of fraud against the fund"), required=False
    )
    field_order = (
        "form_key", "seen", "version", "kind", "sanction", "reason", "basis", "decision_number", "amount", "unit",
    )  # fmt: skip

    def __init__(self, *args, sanctions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sanction"].queryset = sanctions


class RemoveForm(StepForm):
    reason = words(_("Reason"), 3, 300)
    number = forms.CharField(
        label=_("Number of the paper it rests on"), max_length=60, required=False,
        help_text=_("Of the permanent blacklist: of the judgment by which the conviction was reversed."),
    )  # fmt: skip


class RepairForm(StepForm):
    applied_on = DateField(label=_("Applied for on"))
    grounds = words(_("What the subject has mended"), 4, 500)
    commitment = words(_("Commitment"), 3, 500)
    scan = forms.FileField(label=_("Scan of the application with the commitment"))


class RepairDecisionForm(StepForm):
    granted = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "true",
        choices=[("true", _("Grant it: the burden is lifted")), ("false", _("Refuse it"))],
    )  # fmt: skip
    reason = words(_("Reason"), 3, 300)


class MeasureFields(forms.Form):
    function = forms.ChoiceField(
        label=_("Department"), choices=[(each.value, Function(each).label) for each in SIX]
    )
    kinds = forms.MultipleChoiceField(
        label=_("Against"), choices=SubjectKind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say against whom: choose at least one.")},
    )  # fmt: skip
    name = forms.CharField(label=pgettext_lazy("sanction", "Measure"), max_length=60)
    source = forms.CharField(label=_("Named in"), max_length=120, required=False)
    basis = forms.CharField(
        label=pgettext_lazy("sanction", "Legal basis"), max_length=300, widget=area(2),
        help_text=_("No measure without one: a county's own joint sanctions need a law or regulation."),
    )  # fmt: skip
    amount = forms.IntegerField(label=_("Usual term"), min_value=1, max_value=36600, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    proof = forms.CharField(label=_("Proof of execution"), max_length=120)
    own_hearing = forms.BooleanField(label=_("Needs the department's own notice and hearing"), required=False)
    effect = forms.ChoiceField(label=_("What follows"), choices=Effect.choices)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    order = forms.IntegerField(label=_("Position in lists"), min_value=0, max_value=32000)


class AddMeasureForm(HouseForm, MeasureFields):
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and dashes; it cannot be changed later."),
    )
    field_order = ("code",)


class ChangeMeasureForm(DictionaryForm, MeasureFields):
    field_order = ("version",)
