"""The forms of stays in other places and requests to the bureaus there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.forms import DateField, HouseForm, KeyedForm, MoneyField, VersionedForm
from referrals.forms import StepForm, _Files, area


class StayForm(KeyedForm):
    patient_name = forms.CharField(label=_("Insured person"), max_length=40, required=False)
    patient_number = forms.CharField(
        label=_("Identity number"), max_length=18, required=False,
        help_text=_("Where known. It is sealed, shown masked, and stands in full in the letter only."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=40, help_text=_("Province and city or county."))
    hospital = forms.CharField(label=_("Hospital"), max_length=100)
    cross_province = forms.BooleanField(label=_("In another province"), required=False, initial=True)
    cost = MoneyField(label=_("Inpatient cost"))
    admitted_on = DateField(label=_("Admitted on"))
    discharged_on = DateField(label=_("Discharged on"), required=False)

    def __init__(self, *args, threshold=None, **kwargs):
        super().__init__(*args, **kwargs)
        if threshold is not None:
            self["cost"].help_text = _(
                "In another province, from %(amount)s yuan on, a request is proposed (%(basis)s)."
            ) % {"amount": f"{threshold.amount:,.2f}", "basis": threshold.basis}


class _AssistFields(HouseForm):
    """What a request says; why it is asked, where the stay is below the threshold or there is none."""

    body_name = forms.CharField(
        label=_("Bureau asked"), max_length=60, help_text=_("Its full name. Names used before are offered.")
    )
    title = forms.CharField(label=_("Subject line"), max_length=100)
    facts = forms.CharField(label=_("Facts"), widget=area(6), max_length=4000)
    request = forms.CharField(label=_("What is asked"), widget=area(4), max_length=2000)
    reason = forms.CharField(
        label=_("Why it is asked below the threshold"), widget=area(2), max_length=300, required=False
    )
    manifest = _Files(label=_("Files that go with it"), queryset=Evidence.objects.none(), required=False)

    def __init__(self, *args, files, proposed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manifest"].queryset = files
        self.fields["body_name"].widget.attrs["list"] = "known-bodies"
        if proposed:
            del self.fields["reason"]

    def values(self) -> dict:
        """What the actions take."""
        names = ("body_name", "title", "facts", "request", "reason")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return found | {"manifest": list(self.cleaned_data["manifest"])}


class AssistForm(_AssistFields, KeyedForm):
    pass


class AssistEditForm(_AssistFields, VersionedForm):
    pass


class AssistDeliveryForm(StepForm):
    delivered_on = DateField(label=_("Delivered on"))
    how = forms.CharField(
        label=_("How"), max_length=40, help_text=_("Such as by hand, registered post, left at the office.")
    )
    upload = forms.FileField(label=_("Proof of delivery"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))


class AssistAnswerForm(StepForm):
    answer_number = forms.CharField(label=_("Number of the answer"), max_length=60)
    answer_on = DateField(label=_("Date of the answer"))
    text = forms.CharField(label=_("What the answer says"), widget=area(5), max_length=4000)
    upload = forms.FileField(label=_("Scan of the answer"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))


class ThresholdForm(KeyedForm):
    amount = MoneyField(label=_("Amount"))
    basis = forms.CharField(label=_("Basis"), max_length=200)
    effective_from = DateField(label=_("In force from"))
