"""What the system administrator types about categories, routes and the county."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dictionaries import DictionaryForm
from core.forms import HouseForm
from departments.actions.categories import LAST_ORDER
from departments.actions.routes import LONGEST_BASIS, Way
from departments.dictionaries import COMPETENT
from departments.enums import Function, ReferralKind


class CategoryFields(forms.Form):
    """What is said of a category."""

    name = forms.CharField(label=pgettext_lazy("dictionary", "Name"), max_length=40)
    functions = forms.MultipleChoiceField(
        label=_("Competent departments"),
        choices=[(function.value, function.label) for function in COMPETENT],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are proposed as receivers of a lead of this category."),
        error_messages={"required": _("Somebody has to be competent: choose at least one.")},
    )
    fraud = forms.BooleanField(
        label=_("suspected fraud"),
        required=False,
        help_text=_(
            "A lead of this category about a designated institution is to be told to the departments (C10)."
        ),
    )
    source = forms.CharField(
        label=pgettext_lazy("dictionary", "Source"),
        max_length=100,
        required=False,
        help_text=_("The document or article it is taken from."),
    )
    order = forms.IntegerField(
        label=_("Position in lists"),
        min_value=0,
        max_value=LAST_ORDER,
        help_text=_("Smaller numbers stand first."),
    )


class AddCategoryForm(HouseForm, CategoryFields):
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        help_text=_("Small letters, digits and dashes, such as split-admission; it cannot be changed later."),
    )
    field_order = ("code",)


class ChangeCategoryForm(DictionaryForm, CategoryFields):
    field_order = ("version",)


class RegionForm(DictionaryForm):
    name = forms.CharField(
        label=_("Full name of the county"), max_length=40, help_text=_("Full name, such as 青禾县")
    )
    short_name = forms.CharField(
        label=_("Character in document marks"), max_length=8, help_text=_("Such as 青 in 青医保")
    )


class RoutesForm(DictionaryForm):
    """To whom one function may send one kind of letter: a line for each other function."""

    def __init__(self, *args, kind, sender, **kwargs):
        self.receivers = [each for each in Function if self._possible(kind, sender, each)]
        for function in self.receivers:
            to = function.label
            self.base_fields = self.base_fields | {
                f"to_{function.value}": forms.BooleanField(
                    label=format_lazy(_("To {to}"), to=to), required=False
                ),
                f"proposed_{function.value}": forms.BooleanField(
                    label=format_lazy(_("Proposed by itself: {to}"), to=to), required=False
                ),
                f"basis_{function.value}": forms.CharField(
                    label=format_lazy(_("Basis: {to}"), to=to), max_length=LONGEST_BASIS, required=False
                ),
            }
        super().__init__(*args, **kwargs)

    @staticmethod
    def _possible(kind, sender, receiver):
        return receiver != sender and (kind != ReferralKind.CRIMINAL or receiver == Function.POLICE)

    def clean(self):
        given = super().clean()
        for function in self.receivers:
            if given.get(f"proposed_{function.value}") and not given.get(f"to_{function.value}"):
                self.add_error(
                    f"proposed_{function.value}", _("Only a department it may be sent to can be proposed.")
                )
        return given

    @property
    def ways(self) -> dict[str, Way]:
        """The open routes as they were typed."""
        given = self.cleaned_data
        return {
            each.value: Way(proposed=given[f"proposed_{each.value}"], basis=given[f"basis_{each.value}"])
            for each in self.receivers
            if given[f"to_{each.value}"]
        }

    def lines(self):
        """(department, open, proposed, basis) of every line, the last three as bound fields."""
        return [
            (
                each.label,
                self[f"to_{each.value}"],
                self[f"proposed_{each.value}"],
                self[f"basis_{each.value}"],
            )
            for each in self.receivers
        ]
