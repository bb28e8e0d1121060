"""The forms of rewards and their money. They read what was typed; the actions decide."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, KeyedForm, MoneyField
from rewards.enums_money import PaperKind
from rewards.models import Report, Reward


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StepForm(KeyedForm):
    """One step. `seen` is the state the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=300)


class ProposeForm(StepForm):
    effective_on = DateField(
        label=_("Decision effective on"), required=False,
        help_text=_("Needed for a penalty: the day on which the decision took effect."),
    )  # fmt: skip


class ReceivedForm(StepForm):
    received_on = DateField(label=_("Notice received on"))


class PaperForm(StepForm):
    kind = forms.ChoiceField(label=_("Paper"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Further words in the notice"), widget=area(2), max_length=300, required=False
    )

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, PaperKind(kind).label) for kind in kinds]
        if len(kinds) == 1:
            self.initial.setdefault("kind", kinds[0])


class PayForm(KeyedForm):
    code = forms.CharField(
        label=_("Claim code"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The 16 digits the person brings. Nobody's name is asked."),
    )  # fmt: skip
    voucher = forms.CharField(label=_("Voucher number"), max_length=40)
    paid_on = DateField(label=_("Paid on"))
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ReverseForm(KeyedForm):
    voucher = forms.CharField(label=_("Voucher number of the reversal"), max_length=40)
    remark = forms.CharField(label=_("Reason"), widget=area(), max_length=200)


class RecoverForm(StepForm):
    amount = MoneyField(label=_("Amount that came back"))
    voucher = forms.CharField(label=_("Voucher number"), max_length=40)
    paid_on = DateField(label=_("Came back on"))
    remark = forms.CharField(label=_("Reason"), widget=area(), max_length=200)


class GiveBackForm(StepForm):
    amount = MoneyField(label=_("Amount that is given back"))
    code = forms.CharField(
        label=_("Claim code"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_(
            "The one the reward was paid against, or the new one of the report officer; nothing where the bank paid."
        ),
    )  # fmt: skip
    voucher = forms.CharField(label=_("Voucher number"), max_length=40)
    paid_on = DateField(label=_("Paid on"))
    remark = forms.CharField(label=_("Reason"), widget=area(), max_length=200)


class BudgetForm(KeyedForm):
    change = forms.ChoiceField(
        label=_("Change"),
        choices=[("grant", _("grant")), ("cut", _("cut back"))],
        widget=forms.RadioSelect,
        initial="grant",
    )
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    amount = MoneyField(label=_("Amount"))
    document = forms.CharField(label=_("Document"), max_length=80)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class _Rewards(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Reward) -> str:
        return f"{obj.number}　{obj.amount:,.2f}"


class BankFileForm(KeyedForm):
    rewards = _Rewards(label=_("Rewards"), queryset=Reward.objects.none())

    def __init__(self, *args, rewards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rewards"].queryset = rewards


class MakeFileForm(StepForm):
    passphrase = forms.CharField(
        label=_("Passphrase"), max_length=100, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. It opens the file and is kept nowhere: write it down."),
    )  # fmt: skip


class CloseFileForm(StepForm):
    voucher = forms.CharField(
        label=_("Voucher number"),
        max_length=30,
        required=False,
        help_text=_("Each payment gets it with its position."),
    )
    paid_on = DateField(label=_("Paid on"), required=False)
    returned = forms.CharField(
        label=_("Returned by the bank"), max_length=200, required=False,
        help_text=_("Positions, such as 3, 7 or 10-25; at most 200 characters."),
    )  # fmt: skip

    def clean_returned(self):
        signs = self.cleaned_data["returned"].translate(str.maketrans("，、 －—", ",,,--"))
        found = set()
        for part in filter(None, signs.split(",")):
            first, dash, last = part.partition("-")
            if not re.fullmatch("[0-9]{1,4}(-[0-9]{1,4})?", part) or (dash and int(first) > int(last)):
                raise forms.ValidationError(_("Positions, such as 3, 7 or 10-25; at most 200 characters."))
            found.update(range(int(first), int(last or first) + 1))
        return sorted(found)


class PercentField(forms.DecimalField):
    """A share in percent, two places: 5 is five percent. The bounds are the action's."""

    sentence = _(
        "The number of percent alone, above 0 and at most 100, with at most two places: 5 for five percent."
    )

    def __init__(self, **kwargs):
        said = dict.fromkeys(
            ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), self.sentence
        )
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short num"})
        super().__init__(max_digits=5, decimal_places=2, error_messages=said, widget=widget, **kwargs)


class RuleForm(KeyedForm):
    name = forms.CharField(label=pgettext_lazy("dictionary", "Name"), max_length=60)
    basis_title = forms.CharField(label=_("Title of the basis document"), max_length=120)
    basis_number = forms.CharField(label=_("Number of the basis document"), max_length=60)
    percent = PercentField(label=_("Share of the verified amount, percent"))
    honorary_below = MoneyField(
        label=_("Honorary below"),
        required=False,
        help_text=_("Below it a certificate is given; exactly this amount pays."),
    )
    floor = MoneyField(label=_("At least"), required=False)
    cap = MoneyField(label=_("At most"), required=False)
    natural_only = forms.BooleanField(label=_("Natural persons only"), required=False)
    claim_months = forms.IntegerField(
        label=_("Claim window, months"), required=False, min_value=1, max_value=120,
        help_text=_("Nothing: a reward does not lapse."),
    )  # fmt: skip
    effective_from = DateField(
        label=_("In force from"), help_text=_("For reports received from this day on; it may lie back.")
    )


class EligibilityForm(KeyedForm):
    wants = forms.BooleanField(label=_("wants the reward"), required=False, initial=True)
    identifiable = forms.BooleanField(
        label=_("can be identified, by name or token"), required=False, initial=True
    )
    known_before = forms.BooleanField(label=_("the facts were known before"), required=False)
    duty = forms.BooleanField(label=_("had a duty to report by law or office"), required=False)
    staff = forms.BooleanField(
        label=_("staff of medical insurance or of an entrusted third party"), required=False
    )
    weight = forms.IntegerField(
        label=_("agreed part among joint reporters"), min_value=1, max_value=100, initial=1,
        help_text=_("1 for everybody: equal parts."),
    )  # fmt: skip
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class _Report(forms.ModelChoiceField):
    def label_from_instance(self, obj: Report) -> str:
        return obj.number


class RepetitionForm(KeyedForm):
    first = _Report(label=_("Earlier report"), queryset=Report.objects.none())

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].queryset = reports
