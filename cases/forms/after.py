"""The forms of what follows a decision, one a step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import CONTESTING, AfterKind, Outcome
from core.forms import DateField, KeyedForm, MoneyField


class _AfterForm(KeyedForm):
    on = DateField(label=_("Date"))
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ServeForm(_AfterForm):
    body = forms.CharField(label=_("How and to whom it was served"), max_length=100)
    field_order = ("on", "body", "number", "remark")


class InstalmentForm(_AfterForm):
    on = None
    amount = MoneyField(label=_("Amount"))
    due_on = DateField(label=_("Last day"))
    field_order = ("amount", "due_on", "number", "remark")


class PayForm(_AfterForm):
    amount = MoneyField(label=_("Amount paid"), help_text=_("An entry “fine paid” of the money ledger is made with it."))
    field_order = ("on", "amount", "number", "remark")


class UrgeForm(_AfterForm):
    number = forms.CharField(label=_("Number of the urging letter"), max_length=80)


class ApplyForm(_AfterForm):
    body = forms.CharField(label=_("Court"), max_length=100)
    field_order = ("on", "body", "number", "remark")


class ContestForm(_AfterForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in AfterKind if kind in CONTESTING]
    )
    body = forms.CharField(label=_("Reviewing authority or court"), max_length=100)
    field_order = ("kind", "on", "body", "number", "remark")


class SettleForm(_AfterForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    fined = forms.DecimalField(
        label=_("Fine that holds now, yuan"), min_value=0, max_digits=14, decimal_places=2, required=False,
        help_text=_("Only where it was changed; empty: as before."),
    )  # fmt: skip
    verified = forms.DecimalField(
        label=_("Verified amount that holds now, yuan"), min_value=0, max_digits=14, decimal_places=2, required=False,
        help_text=_("Only where it was changed; rewards not yet paid are computed from it."),
    )  # fmt: skip
    field_order = ("outcome", "on", "number", "fined", "verified", "remark")
